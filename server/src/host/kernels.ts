/** The kernels a script is checked against: the live one, a captured profile, the built-in one, or none. */

import { noKernelFacts, ok, type FactsSession, type Result } from "@probewright/compiler";
import { createLiveFacts, openDefaultProfile, openProfileFile } from "@probewright/runtime";

export interface KernelOptions {
  readonly includeDirectories: readonly string[];
  readonly traceableFunctions: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the script, where imports are looked for first. */
  readonly scriptFolder: string;
}

/** @param choice `live`, `default`, `none`, or the path of a captured profile */
export function openKernel(choice: string, options: KernelOptions): Result<FactsSession, string> {
  switch (choice) {
    case "none":
      return ok(noKernelFacts());
    case "default":
      return openDefaultProfile();
    case "live":
      return ok(createLiveFacts({ eager: true, ...liveOptions(options) }));
    default:
      return openProfileFile(choice);
  }
}

function liveOptions(options: KernelOptions): Omit<Parameters<typeof createLiveFacts>[0], "eager"> {
  return {
    environment: options.environment,
    traceableFunctionsFile: options.traceableFunctions,
    includeDirectories: options.includeDirectories,
  };
}
