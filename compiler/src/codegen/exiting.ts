/**
 * `exit()` holds for all CPUs at once: the program that calls it leaves a word that the others look at first, so that
 * nothing runs any more while the run is being taken down, and an exit whose event found no room is heard all the same.
 */

import type { CoreProgram } from "../core/core.ts";
import { walk } from "../core/walk.ts";
import { constant, globalAddress, type IrGlobal, type IrOperand } from "../ir/ir.ts";
import type { Scope } from "./scope.ts";

/** The section map with one u64: 0 while the script runs, else `EXIT_ASKED` and the exit code in the lowest byte. */
export const EXIT_SECTION = ".data.exit";
const EXIT_GLOBAL = "exit";
const EXIT_ASKED = 0x100n;

export const exitGlobal: IrGlobal = {
  name: EXIT_GLOBAL,
  section: EXIT_SECTION,
  size: 8,
  align: 8,
  initial: undefined,
  constant: false,
  patched: false,
  place: undefined,
};

/** Probes that the tool runs by hand: after all others, or one by one to be judged. */
const unstoppable: ReadonlySet<string> = new Set(["end", "test", "bench"]);

/** Whether some probe that others must heed can ask for the end. */
export function asksForExit(core: CoreProgram): boolean {
  if (core.probes.some(({ probeType }) => probeType === "test" || probeType === "bench")) return false;
  const bodies = [...core.probes, ...core.subprograms].map(({ body }) => body);
  let found = false;
  for (const body of bodies) {
    walk(body, (node) => {
      if (node.kind === "call" && node.name === "exit") found = true;
      return !found;
    });
  }
  return found;
}

export function markExit({ build, program }: Scope, code: IrOperand): void {
  if (!program.asksForExit) return;
  const word = build.binary("or", build.resize(code, "i64", false), constant("i64", EXIT_ASKED));
  build.store(globalAddress(EXIT_GLOBAL), word, 8, true);
}

export function returnWhenExiting({ build, program }: Scope, probeType: string, answer: bigint): void {
  if (!program.asksForExit || unstoppable.has(probeType)) return;
  const word = build.load("i64", globalAddress(EXIT_GLOBAL), 8, true);
  build.when(build.isNotZero(word), () => {
    build.return(constant("i64", answer));
  });
}
