/** Diagnostics on the command line. */

import { renderDiagnostic, type Diagnostic } from "@probewright/compiler";
import type { CheckedProgram } from "../host/build.ts";
import type { CommandIo } from "./verb.ts";

/** Errors first, then warnings, each with its source line. @returns whether there was an error */
export function reportDiagnostics(
  checked: CheckedProgram,
  diagnostics: readonly Diagnostic[],
  warnings: boolean,
  io: CommandIo,
): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const rest = warnings ? diagnostics.filter(({ severity }) => severity === "warning") : [];
  for (const diagnostic of [...errors, ...rest])
    io.err(renderDiagnostic(diagnostic, checked.locator, { color: io.color }));
  return errors.length > 0;
}
