/** Runs the built `probewright` as a user would, and says what came of it. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { PATIENCE_MS } from "../harness/patience.ts";

const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));

export interface Execution {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves when standard output and error together contain the text. */
  readonly seen: (text: string | RegExp) => Promise<void>;
  readonly done: Promise<Execution>;
}

/** @param options `user` runs as that numeric user and group */
export function start(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly user?: number } = {},
): Running {
  const child = spawn(process.execPath, [executable, ...args], {
    env: { ...process.env, ...options.env },
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  });
  let stdout = "";
  let stderr = "";
  const checks = new Set<() => void>();
  const note = (): void => {
    for (const check of checks) check();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
    note();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
    note();
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  const done = new Promise<Execution>((resolve) => {
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
      note();
    });
  });
  const seen = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const all = stdout + stderr;
        if (typeof text === "string" ? all.includes(text) : text.test(all)) {
          checks.delete(check);
          resolve();
        } else if (child.exitCode !== null || child.signalCode !== null) {
          checks.delete(check);
          reject(new Error(`ended without ${text.toString()}:\n${all}`));
        }
      };
      checks.add(check);
      check();
    });
  return { child, seen, done };
}

/** Sends a signal and waits until it was taken: a second one that came before would be the same. */
export async function sendSignal({ pid, kill }: SignalTarget, signal: "SIGINT" | "SIGTERM"): Promise<void> {
  kill(signal);
  const bit = 1n << BigInt(constants.signals[signal] - 1);
  const isPending = (): boolean => {
    const pending = /^ShdPnd:\s*([0-9a-f]+)/m.exec(statusOf(pid))?.[1] ?? "0";
    return (BigInt(`0x${pending}`) & bit) !== 0n;
  };
  while (isPending()) await sleep(20);
}

interface SignalTarget {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => unknown;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/status`, "utf8");
  } catch {
    return ""; // It has ended.
  }
}

export function execute(
  args: readonly string[],
  options: Parameters<typeof start>[1] = {},
): Promise<Execution> {
  return start(args, options).done;
}
