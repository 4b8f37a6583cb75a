/** Functions of the BPF programs that are loaded: the kernel lists them for root, and the loader asks it. */

import { spawnSync } from "node:child_process";

export interface LoadedFunction {
  /** Of the program. */
  readonly id: number;
  /** Of one of its functions. */
  readonly name: string;
}

/** @param command starts the loader; who may not list programs sees none */
export function bpfProgramsThrough(command: readonly [string, ...string[]]): () => readonly LoadedFunction[] {
  const [program, ...args] = command;
  return () => {
    const { stdout } = spawnSync(program, [...args, "--list-functions"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return [...stdout.matchAll(/^function (\d+) (\S+)$/gm)].map(([, id = "", name = ""]) => ({
      id: Number(id),
      name,
    }));
  };
}
