/** Runs the built `probewright` as a user would, and says what came of it. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath } from "node:url";

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

const LIMIT_MS = 60_000;

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
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
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

export function execute(
  args: readonly string[],
  options: Parameters<typeof start>[1] = {},
): Promise<Execution> {
  return start(args, options).done;
}
