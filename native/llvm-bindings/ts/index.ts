/**
 * LLVM IR text to a verified, optimised BPF object, with what the editor and the stack plan want to know about it: frame size,
 * instruction count and source line of each function.
 *
 * The IR is what LLVM 19 reads, within the subset that src/supported_ir.cc checks: integers up to 64 bits and pointers, no
 * floating point, vectors, exceptions or atomics other than i32 and i64 `atomicrmw` and `cmpxchg`. Its target triple is `bpf`
 * or absent; the data layout is filled in. Debug information becomes `.BTF` and `.BTF.ext`, never DWARF. A parameter of a
 * function with debug information needs a `DILocalVariable(arg: N)` among the subprogram's `retainedNodes`: BTF takes the
 * parameter's name from there, and the kernel refuses a nameless one.
 */

import { listAssembly, renderAssembly, type FunctionAssembly } from "./assembly.ts";
import {
  loadBinary,
  type BinaryFailure,
  type BinarySuccess,
  type BinaryTimings,
  type LlvmBinary,
} from "./binary.ts";
import { readLineRecords } from "./btf-ext.ts";
import { listFunctions, type CompiledFunction } from "./functions.ts";
import { linkObjects, type LinkResult } from "./link/link-objects.ts";
import { readObject, type BpfObject } from "./object.ts";

export { type AssemblyInstruction, type FunctionAssembly } from "./assembly.ts";
export { lineInProgram, programLayout, type PlacedFunction } from "./layout.ts";
export { definedNames, openUses } from "./link/names.ts";
export { readObject, type BpfObject, type ObjectSection, type ReadObject } from "./object.ts";
export { binaryStamp, type SourceFrame } from "./binary.ts";
export { demangle, instructionStarts, symbolize } from "./machine-code.ts";
export { lineOfInstruction, type CompiledFunction, type InstructionLine } from "./functions.ts";

export interface CompileOptions {
  /** BPF instruction set. v3 is what kernels from 5.1 on take; v4 wants 6.6. Default: v3. */
  readonly cpu?: "v1" | "v2" | "v3" | "v4";
  /** `false` leaves the IR as it is, but for what the BPF target itself requires. Default: true. */
  readonly optimize?: boolean;
  /**
   * Largest frame of a function, in bytes; a larger one is an error that tells its size. `Infinity` measures without judging;
   * the kernel refuses what is above 512. Default: 512.
   */
  readonly stackSizeLimit?: number;
  /**
   * What a C compiler made for BPF, whose functions the module calls: IR as text, or objects, one character a byte. Programs and
   * license of them are left out, and so is what is not called of IR.
   */
  readonly link?: readonly string[];
}

/** Milliseconds of each stage. */
export type CompileTimings = BinaryTimings;

export interface ObjectResult {
  readonly kind: "ok";
  /** An ELF relocatable object that libbpf loads. */
  readonly object: Uint8Array;
  /** By section, then by place in it. Functions that were inlined away are not there. */
  readonly functions: readonly CompiledFunction[];
  readonly timings: CompileTimings;
}

export interface AssemblyResult extends ObjectResult {
  /** The instructions of `functions`, in the same order. */
  readonly assembly: readonly FunctionAssembly[];
  /** `assembly` as text, with source places as comments. */
  readonly text: string;
}

/** An object alone, for who only loads it: reading it takes as long as a stage of LLVM. */
export type BytesResult = Pick<ObjectResult, "kind" | "object" | "timings">;

export interface IrResult {
  readonly kind: "ok";
  /** The module as it goes into code generation. */
  readonly ir: string;
  readonly timings: CompileTimings;
}

export interface CompileFailure {
  readonly kind: "error";
  /**
   * `load`: the native part is absent, see `available`. `verify` covers IR that is no LLVM IR and IR that the BPF target cannot
   * take. `emit` covers frames above the limit. `link`: an object does not fit the module.
   */
  readonly stage: "load" | "link" | BinaryFailure["stage"];
  readonly message: string;
  /** Whether `line` and `column` count in the IR or, by way of its debug information, in the source. */
  readonly place?: "ir" | "source";
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** The function it happened in. */
  readonly function?: string;
  /** Bytes of the frame that is above the limit. */
  readonly stackBytes?: number;
}

export type CompileResult = ObjectResult | AssemblyResult | BytesResult | IrResult | CompileFailure;

/**
 * Compiles one module. Blocks for 2 to 100 ms. Errors are values; an option out of range throws a TypeError. IR that makes LLVM
 * give up costs the memory of that compilation, which is not returned.
 *
 * @param options `emit` says what to make: an object, unless told otherwise
 */
export function compileIr(
  ir: string | Uint8Array,
  options?: CompileOptions & { readonly emit?: "object" },
): ObjectResult | CompileFailure;
export function compileIr(
  ir: string | Uint8Array,
  options: CompileOptions & { readonly emit: "assembly" },
): AssemblyResult | CompileFailure;
export function compileIr(
  ir: string | Uint8Array,
  options: CompileOptions & { readonly emit: "bytes" },
): BytesResult | CompileFailure;
export function compileIr(
  ir: string | Uint8Array,
  options: CompileOptions & { readonly emit: "optimized-ir" },
): IrResult | CompileFailure;
export function compileIr(
  ir: string | Uint8Array,
  options: CompileOptions & { readonly emit?: "object" | "assembly" | "bytes" | "optimized-ir" } = {},
): CompileResult {
  const loaded = loadBinary();
  if (!loaded.ok) return { kind: "error", stage: "load", message: loaded.reason };
  const { cpu = "v3", optimize = true, emit = "object", stackSizeLimit = 512, link = [] } = options;
  const texts = link.filter((each) => !isObject(each));
  if (texts.length > 0 && loaded.binary.links !== true) {
    const message = `${loaded.path} is too old to link C files; "npm run setup" builds it anew`;
    return { kind: "error", stage: "load", message };
  }
  const limit = Math.min(stackSizeLimit, Number.MAX_SAFE_INTEGER);
  const wanted = emit === "optimized-ir" ? "optimized-ir" : "object";
  const result = loaded.binary.compile(ir, cpu, optimize, wanted, limit, texts);
  if ("stage" in result) return { kind: "error", ...result };
  if (emit === "optimized-ir") return { kind: "ok", ir: result.ir, timings: result.timings };
  return objectResult(result, emit, link, loaded.binary);
}

function objectResult(
  { object: compiled, frames, timings }: BinarySuccess,
  emit: "object" | "assembly" | "bytes",
  link: readonly string[],
  binary: LlvmBinary,
): CompileResult {
  const linked = withObjects(compiled, link);
  if (linked.kind === "error") return { kind: "error", stage: "link", message: linked.message };
  const bytes = linked.object;
  if (emit === "bytes") return { kind: "ok", object: bytes, timings };
  const { object, functions } = describeObject(
    bytes,
    new Map(frames.map((frame) => [frame.function, frame.bytes])),
  );
  if (emit === "object") return { kind: "ok", object: bytes, functions, timings };
  return { kind: "ok", object: bytes, functions, timings, ...assemblyOf(object, functions, binary) };
}

/** ELF files start so, and no IR does. */
function isObject(linked: string): boolean {
  return linked.startsWith("\x7fELF");
}

/** Whatever was linked may have left a name that nothing defines. */
function withObjects(compiled: Uint8Array, link: readonly string[]): LinkResult {
  if (link.length === 0) return { kind: "ok", object: compiled };
  return linkObjects(
    compiled,
    link.filter(isObject).map((each) => Uint8Array.from(each, (character) => character.charCodeAt(0))),
  );
}

/** Whether objects can be made here, and if not, why and what to do. */
export function available(): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
  const loaded = loadBinary();
  return loaded.ok ? { ok: true } : loaded;
}

/** The LLVM release in use, as `19.1.7`; `none` when the native part is absent. */
export function version(): string {
  const loaded = loadBinary();
  return loaded.ok ? loaded.binary.version : "none";
}

/**
 * What an object of ours says of its functions, frames apart; no native part takes part.
 * The bytes are LLVM's: not being able to read them is our mistake, not an outcome.
 */
export function describeObject(
  bytes: Uint8Array,
  frames: ReadonlyMap<string, number> = new Map(),
): { readonly object: BpfObject; readonly functions: readonly CompiledFunction[] } {
  const read = readObject(bytes);
  if (read.kind === "error") throw new Error(read.message);
  const lines = readLineRecords(read.object);
  if (lines.kind === "error") throw new Error(lines.message);
  return { object: read.object, functions: listFunctions(read.object, lines.records, frames) };
}

function assemblyOf(
  object: BpfObject,
  functions: readonly CompiledFunction[],
  binary: LlvmBinary,
): Pick<AssemblyResult, "assembly" | "text"> {
  const assembly = listAssembly(object, functions, binary.disassemble);
  return { assembly, text: renderAssembly(assembly) };
}
