/**
 * `exit()` holds for all CPUs at once: the program that calls it leaves a word that the others look at first, so that
 * nothing runs any more while the run is being taken down, and an exit whose event found no room is heard all the same.
 */

import type { CoreStatement } from "../core/core.ts";
import { constant, globalAddress, type IrOperand } from "../ir/ir.ts";
import { canExit, EXIT_ASKED, EXIT_GLOBAL } from "./program/exits.ts";
import type { Scope } from "./program/scope.ts";

/** Probes that the tool runs by hand: after all others, or one by one to be judged; and iterators, which are read to their end. */
const unstoppable: ReadonlySet<string> = new Set(["end", "test", "bench", "iter"]);

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
