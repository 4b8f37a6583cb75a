/** The other end of `createBuilder`: compiles what its parent sends, one program after the other. */

import { err, ok, type Result } from "@probewright/compiler";
import { compileIr } from "@probewright/llvm-bindings";

export interface BuildRequest {
  readonly ir: string;
  /** IR of C files that it calls functions of. */
  readonly linked: readonly string[];
  readonly want: "measure" | "assembly";
}

/** LLVM's measure of one function, and its instructions when they are wanted. */
export interface BuiltFunction {
  readonly name: string;
  readonly stackBytes: number;
  readonly instructionCount: number;
  readonly instructions: readonly BuiltInstruction[];
}

export interface BuiltInstruction {
  readonly text: string;
  /** From 1, as debug information counts; undefined for code of no line. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export type BuildAnswer = readonly BuiltFunction[];

/** Serves until the parent is gone. */
export function serveBuilds(): Promise<number> {
  return new Promise((resolve) => {
    process.on("disconnect", () => {
      resolve(0);
    });
    process.on("message", (message) => {
      // Our own parent, which sends nothing else.
      const { id, request } = message as { readonly id: number; readonly request: BuildRequest };
      process.send?.({ id, answer: build(request) });
    });
  });
}

/** Frames above the limit are measured too. */
const options = { stackSizeLimit: Number.POSITIVE_INFINITY };

function build({ ir, linked, want }: BuildRequest): Result<BuildAnswer, string> {
  if (want === "measure") {
    const compiled = compileIr(ir, { ...options, link: linked });
    if (compiled.kind === "error") return err(compiled.message);
    return ok(compiled.functions.map((each) => ({ ...measureOf(each), instructions: [] })));
  }
  const compiled = compileIr(ir, { ...options, link: linked, emit: "assembly" });
  if (compiled.kind === "error") return err(compiled.message);
  return ok(
    compiled.assembly.map(({ function: each, instructions }) => ({
      ...measureOf(each),
      instructions: instructions.map(({ instructionIndex, text, jumpsTo, source }) => ({
        text: `${instructionIndex.toString().padStart(6)}  ${jumpsTo === undefined ? text : text.replace(/[+-]\d+$/, jumpsTo.toString())}`,
        line: source?.line,
        column: source?.column,
      })),
    })),
  );
}

function measureOf({
  name,
  stackBytes,
  instructionCount,
}: Omit<BuiltFunction, "instructions">): Omit<BuiltFunction, "instructions"> {
  return { name, stackBytes, instructionCount };
}
