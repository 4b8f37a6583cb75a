/** Whether the kernel can do something, as far as the program may rely on it. */

import type { KernelFeature } from "../../kernel/facts.ts";
import type { Program } from "./program.ts";

/** False only when it is known to be absent or switched off; what nobody knows is taken for granted. */
export function hasFeature(program: Program, feature: KernelFeature): boolean {
  return !program.options.disabledFeatures.has(feature) && program.facts.hasFeature(feature) !== false;
}
