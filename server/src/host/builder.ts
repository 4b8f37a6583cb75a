/** The native compiler in a process of its own, started when first needed: when LLVM dies on some code, only that code has no answer. */

import { spawn, type ChildProcess } from "node:child_process";

import { err, type Result } from "@probewright/compiler";

import type { BuildAnswer, BuildRequest } from "./build-worker.ts";

export interface Builder {
  /** @returns why not, in words, for code that LLVM refuses or dies of */
  readonly build: (request: BuildRequest) => Promise<Result<BuildAnswer, string>>;
}

/** A process that nobody asks anything is not kept. */
const IDLE_MS = 30_000;
const DIED = "the native compiler ended while it worked on this program";

/** @param executable program and arguments that start this executable */
export function createBuilder(executable: readonly [string, ...string[]]): Builder {
  const [program, ...leading] = executable;
  const waiting = new Map<number, (answer: Result<BuildAnswer, string>) => void>();
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = 0;

  const lost = (gone: ChildProcess): void => {
    if (child !== gone) return;
    child = undefined;
    for (const answer of waiting.values()) answer(err(DIED));
    waiting.clear();
  };
  const start = (): ChildProcess => {
    const started = spawn(program, [...leading, "build-worker"], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    started.on("message", (message) => {
      // Our own worker, which sends nothing else.
      const { id, answer } = message as { readonly id: number; readonly answer: Result<BuildAnswer, string> };
      waiting.get(id)?.(answer);
      waiting.delete(id);
    });
    started.on("error", () => {
      lost(started);
    });
    started.on("exit", () => {
      lost(started);
    });
    // It ends with its channel, and does not keep us.
    started.unref();
    started.channel?.unref();
    return started;
  };
  return {
    build: (request) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        child?.disconnect();
      }, IDLE_MS);
      timer.unref();
      child ??= start();
      const worker = child;
      last += 1;
      const id = last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        worker.send({ id, request }, (error) => {
          if (error !== null) lost(worker);
        });
      });
    },
  };
}
