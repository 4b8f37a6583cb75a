/** Any kernel's facts together with the files of this machine. */

import type { KernelFacts } from "@probewright/compiler";

import { createFactCache, type FactCache } from "./cache.ts";
import { createHostFiles, type HostFilesOptions } from "./host-files.ts";
import type { HostFacts } from "./live.ts";

/**
 * Binaries, imports, headers and control groups are this machine's, whatever kernel a script is checked for. A binary that a
 * profile describes itself comes first.
 */
export function withHostFiles(
  kernel: KernelFacts,
  options: HostFilesOptions & { readonly eager: boolean },
): HostFacts {
  const cache: FactCache = createFactCache({ eager: options.eager });
  const files = createHostFiles(options, cache);
  return {
    ...kernel,
    get gaps() {
      return kernel.gaps;
    },
    ...files,
    binary: (path) => kernel.binary(path) ?? files.binary(path),
    binaryPaths: (pattern) => {
      const own = kernel.binaryPaths(pattern);
      return own !== "missing" && own.length > 0 ? own : files.binaryPaths(pattern);
    },
    missing: cache.missing,
    lacked: cache.lacked,
    fulfil: cache.fulfil,
    forget: cache.forget,
  };
}
