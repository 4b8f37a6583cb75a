/** A function of a C file that a script imports. */

import type { CFunction } from "../../kernel/facts.ts";

export interface ImportedFunction extends CFunction {
  /** The file it is in. */
  readonly path: string;
}
