/** Where a script can ask for its end, and the word that says it did. */

import { oncePer } from "../../base/once.ts";
import type { CoreProgram } from "../../core/core.ts";
import { walk, type CoreNode } from "../../core/walk.ts";
import type { IrGlobal } from "../../ir/ir.ts";

/** The section map with one u64: 0 while the script runs, else `EXIT_ASKED` and the exit code in the lowest byte. */
export const EXIT_SECTION = ".data.exit";
export const EXIT_GLOBAL = "exit";
export const EXIT_ASKED = 0x100n;

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

export interface Exits {
  /** Whether some probe that others must heed can ask for the end. */
  readonly possible: boolean;
  /** Names of the `fn`s that can, themselves or through others. */
  readonly subprograms: ReadonlySet<string>;
}

/** For one probe after the other of a program, too, this is asked. */
export const findExits = oncePer((core: CoreProgram): Exits => {
  const subprograms = new Set<string>();
  if (core.probes.some(({ probeType }) => probeType === "test" || probeType === "bench"))
    return { possible: false, subprograms };
  for (let before = -1; before !== subprograms.size; ) {
    before = subprograms.size;
    for (const { name, body } of core.subprograms) if (canExit(body, subprograms)) subprograms.add(name);
  }
  const possible = subprograms.size > 0 || core.probes.some(({ body }) => canExit(body, subprograms));
  return { possible, subprograms };
});

/** Whether code can ask for the end, given the `fn`s that can. */
export function canExit(nodes: readonly CoreNode[], subprograms: ReadonlySet<string>): boolean {
  let found = false;
  walk(nodes, (node) => {
    found ||=
      (node.kind === "call" && node.name === "exit") ||
      (node.kind === "subprogram-call" && subprograms.has(node.subprogram.name));
    return !found;
  });
  return found;
}
