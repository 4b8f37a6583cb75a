/** Diagnostics on the command line. */

import type { Diagnostic, Locator } from "@probewright/compiler";
import type { CheckedProgram } from "../host/build.ts";

/** Errors first, then warnings. @returns whether there was an error */
export function reportDiagnostics(
  checked: CheckedProgram,
  diagnostics: readonly Diagnostic[],
  warnings: boolean,
  show: (diagnostic: Diagnostic, locator: Locator) => void,
): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const rest = warnings ? diagnostics.filter(({ severity }) => severity === "warning") : [];
  for (const diagnostic of [...errors, ...rest]) show(diagnostic, checked.locator);
  return errors.length > 0;
}
