/** `--emit-elf` and `--emit-llvm`: files of what a program becomes on its way, written before it runs. */

import { writeFileSync } from "node:fs";

import type { BuiltProgram } from "../host/build.ts";
import { optimizedIr } from "./debug-stages.ts";
import { valueOf, type ParsedOptions } from "./options.ts";

/** @returns what could not be written, in a sentence */
export function writeIntermediates(built: BuiltProgram, options: ParsedOptions): string | undefined {
  const elf = valueOf(options, "emit-elf");
  const problem = elf === undefined ? undefined : write(elf, built.object);
  const prefix = valueOf(options, "emit-llvm");
  if (problem !== undefined || prefix === undefined) return problem;
  const optimized = optimizedIr(built);
  if (!optimized.ok) return optimized.error;
  return write(`${prefix}.original.ll`, built.ir) ?? write(`${prefix}.optimized.ll`, optimized.value);
}

function write(file: string, content: string | Uint8Array): string | undefined {
  try {
    writeFileSync(file, content);
    return undefined;
  } catch (error) {
    return `cannot write '${file}': ${error instanceof Error ? error.message : "unknown reason"}`;
  }
}
