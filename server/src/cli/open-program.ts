/** What the verbs that compile do first: read the program, open the kernel's facts, check. */

import { err, ok, renderDiagnostic, type Result } from "@probewright/compiler";
import { checkProgram, type CheckedProgram } from "../host/build.ts";
import { openKernel } from "../host/kernels.ts";
import { readCompileSettings, readProgram } from "./compile-options.ts";
import { valueOf, type ParsedOptions } from "./options.ts";
import { reportDiagnostics } from "./report.ts";
import { WRONG_USE, type CommandIo } from "./verb.ts";
import { folderOf } from "./verbs/list.ts";

/** @returns a program without errors, or the exit status after having said what is wrong */
export async function openProgram(
  verb: string,
  options: ParsedOptions,
  io: CommandIo,
): Promise<Result<CheckedProgram, number>> {
  const refuse = (message: string, status: number): Result<CheckedProgram, number> => {
    io.err(`probewright ${verb}: ${message}\n`);
    return err(status);
  };
  const source = readProgram(options);
  if (!source.ok) return refuse(source.error, WRONG_USE);
  const settings = readCompileSettings(options);
  if (!settings.ok) return refuse(settings.error, WRONG_USE);
  const kernel = openKernel(valueOf(options, "kernel") ?? "live", {
    includeDirectories: settings.value.includeDirectories,
    traceableFunctions: settings.value.traceableFunctions,
    environment: io.env,
    scriptFolder: folderOf(source.value.name),
    pid: settings.value.pid,
    debugDirectories: [],
  });
  if (!kernel.ok) return refuse(kernel.error, 1);
  const checked = await checkProgram(
    source.value,
    { ...settings.value, command: undefined },
    kernel.value,
    io.env,
  );
  const anyError = reportDiagnostics(checked, checked.analysis.diagnostics, true, (diagnostic, locator) => {
    io.err(renderDiagnostic(diagnostic, locator, { color: io.color }));
  });
  return anyError ? err(1) : ok(checked);
}
