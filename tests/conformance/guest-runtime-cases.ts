/** The conformance cases that need kprobes or fentry, which the kernel of a test machine may lack: guests run them. */

import { existsSync, readFileSync } from "node:fs";

import type { RuntimeCase } from "../guest/runtime-case.ts";

const CASES = new URL("../../../shared/conformance/runtime.jsonl", import.meta.url);

export const runtimeCasesSkip = existsSync(CASES) ? false : "needs ../shared/conformance";

/** Those that trace no test program of somebody else's. */
export function guestRuntimeCases(): readonly RuntimeCase[] {
  if (runtimeCasesSkip !== false) return [];
  return readFileSync(CASES, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RuntimeCase) // as the folder documents them
    .filter(({ tags }) => ["kprobes", "kprobe_list", "fentry"].some((need) => tags.needs[need] === true))
    .filter(({ tags }) => tags.uses_pkill_or_pidof !== true && tags.arch_specific !== true)
    .filter(({ needs_testprog: programs = [], needs_testlib: libraries = [] }) =>
      [...programs, ...libraries].every((name) => name === ""),
    );
}

export function runtimeName({ id }: RuntimeCase): string {
  return `runtime: ${id}`;
}
