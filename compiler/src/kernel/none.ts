/** Facts of no kernel at all: what `--kernel none` checks against, and what other sources fill in. */

import type { KernelFacts } from "./facts.ts";

/** Knows nothing and misses nothing; with `source` "none" unknown targets and types are not errors. */
export function noKernelFacts(): KernelFacts {
  return {
    name: "no kernel",
    source: "none",
    architecture: "x86_64",
    cpuCount: 1,
    gaps: [],
    hasFeature: () => undefined,
    findStruct: () => undefined,
    findEnum: () => undefined,
    findTypedef: () => undefined,
    findEnumConstant: () => undefined,
    findFunctions: () => [],
    findRawTracepoint: () => undefined,
    typeNames: () => [],
    spellType: () => undefined,
    iterators: () => [],
    traceableFunctions: () => undefined,
    traceableFunctionsExact: () => false,
    modules: () => [],
    tracepointCategories: () => [],
    tracepointEvents: () => [],
    tracepointFormat: () => undefined,
    rawTracepoints: () => [],
    kernelSymbol: () => undefined,
    isKernelVariable: () => undefined,
    bpfPrograms: () => [],
    binary: () => undefined,
    binaryPaths: () => [],
    importFile: () => undefined,
    includeFile: () => undefined,
    cModule: () => ({ error: "C files are not compiled here" }),
    cgroupId: () => undefined,
  };
}
