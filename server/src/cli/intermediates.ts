/** `--emit-elf` and `--emit-llvm`: files of what a program becomes on its way, written before it runs. */

import { writeFileSync } from "node:fs";

import { compileIr } from "@probewright/llvm-bindings";
import type { BuiltProgram } from "../host/build.ts";
import { valueOf, type ParsedOptions } from "./options.ts";

/** @returns what could not be written, in a sentence */
export function writeIntermediates(built: BuiltProgram, options: ParsedOptions): string | undefined {
  const elf = valueOf(options, "emit-elf");
  const problem = elf === undefined ? undefined : write(elf, built.object);
  const prefix = valueOf(options, "emit-llvm");
  if (problem !== undefined || prefix === undefined) return problem;
  const optimized = compileIr(built.ir, { emit: "optimized-ir", link: built.linked });
  if (optimized.kind === "error") return optimized.message;
  return write(`${prefix}.original.ll`, built.ir) ?? write(`${prefix}.optimized.ll`, optimized.ir);
}

function write(file: string, content: string | Uint8Array): string | undefined {
  try {
    writeFileSync(file, content);
    return undefined;
  } catch (error) {
    return `cannot write '${file}': ${error instanceof Error ? error.message : "unknown reason"}`;
  }
}
