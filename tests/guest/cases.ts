/** The cases that guests run. */

import type { ProbeCase } from "../probes/case.ts";
import { probeCases } from "../probes/cases.ts";
import { exampleCases } from "../probes/examples.ts";
import { scriptCases } from "../probes/scripts.ts";

/** Of the example tools those that need more of a kernel than any has; the others run on the kernel of this machine. */
export function guestCases(types: readonly string[]): readonly ProbeCase[] {
  const tools = exampleCases().filter(({ needs }) => needs !== undefined);
  return [...probeCases, ...tools, ...scriptCases()].filter(({ probe }) => types.includes(probe));
}
