/**
 * `exit()` holds for all CPUs at once: the program that calls it leaves a word that the others look at first, so that
 * nothing runs any more while the run is being taken down, and an exit whose event found no room is heard all the same.
 */

import type { CoreProgram, CoreStatement } from "../../core/core.ts";
import { walk, type CoreNode } from "../../core/walk.ts";
import { constant, globalAddress, type IrGlobal, type IrOperand } from "../../ir/ir.ts";
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

/** Probes that the tool runs by hand: after all others, or one by one to be judged; and iterators, which are read to their end. */
const unstoppable: ReadonlySet<string> = new Set(["end", "test", "bench", "iter"]);

export interface Exits {
  /** Whether some probe that others must heed can ask for the end. */
  readonly possible: boolean;
  /** Names of the `fn`s that can, themselves or through others. */
  readonly subprograms: ReadonlySet<string>;
}

export function findExits(core: CoreProgram): Exits {
  const subprograms = new Set<string>();
  if (core.probes.some(({ probeType }) => probeType === "test" || probeType === "bench"))
    return { possible: false, subprograms };
  for (let before = -1; before !== subprograms.size; ) {
    before = subprograms.size;
    for (const { name, body } of core.subprograms) if (canExit(body, subprograms)) subprograms.add(name);
  }
  const possible = subprograms.size > 0 || core.probes.some(({ body }) => canExit(body, subprograms));
  return { possible, subprograms };
}

function canExit(nodes: readonly CoreNode[], subprograms: ReadonlySet<string>): boolean {
  let found = false;
  walk(nodes, (node) => {
    found ||=
      (node.kind === "call" && node.name === "exit") ||
      (node.kind === "subprogram-call" && subprograms.has(node.subprogram.name));
    return !found;
  });
  return found;
}

/** Statements that hold no others. */
const simple: ReadonlySet<string> = new Set(["evaluate", "assign-variable", "assign-map", "aggregate"]);

/** After a statement that called it, or a macro or a `fn` which may have asked for the end: nothing more of this program runs. */
export function leaveIfExited(scope: Scope, node: CoreStatement): void {
  const { build, program } = scope;
  if (!program.exits.possible || build.ended || !simple.has(node.kind)) return;
  if (!canExit([node], program.exits.subprograms)) return;
  build.when(build.isNotZero(exitWord(scope)), () => {
    scope.leave(undefined);
  });
}

function exitWord({ build }: Scope): IrOperand {
  return build.load("i64", globalAddress(EXIT_GLOBAL), 8, true);
}

export function markExit({ build, program }: Scope, code: IrOperand): void {
  if (!program.exits.possible) return;
  const word = build.binary("or", build.resize(code, "i64", false), constant("i64", EXIT_ASKED));
  build.store(globalAddress(EXIT_GLOBAL), word, 8, true);
}

export function returnWhenExiting(scope: Scope, probeType: string, answer: bigint): void {
  const { build, program } = scope;
  if (!program.exits.possible || unstoppable.has(probeType)) return;
  build.when(build.isNotZero(exitWord(scope)), () => {
    build.return(constant("i64", answer));
  });
}
