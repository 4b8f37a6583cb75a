/**
 * Finds and loads the addon that build.sh makes. Loading is put off to the first use and never throws: everything but object
 * files works without it.
 */

import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** What src/node_binding.cc exports. */
export interface LlvmBinary {
  readonly version: string;
  readonly compile: (
    ir: string | Uint8Array,
    cpu: string,
    optimize: boolean,
    emit: "object" | "optimized-ir",
    stackSizeLimit: number,
    linked: readonly string[],
  ) => BinaryResult;
  /** Whether `compile` links; builds from before there was anything to link do not say so. */
  readonly links?: true;
  readonly disassemble: (code: Uint8Array) => readonly { readonly index: number; readonly text: string }[];
  /** These three are left out by builds from before there were probes to look after; they only make answers better. */
  readonly instructionStarts?: (code: Uint8Array) => readonly number[];
  readonly symbolize?: (path: string, address: bigint) => readonly SourceFrame[];
  readonly demangle?: (name: string) => string;
}

/** One function at an address, innermost first where it was inlined. */
export interface SourceFrame {
  /** Demangled. */
  readonly function: string;
  /** Empty when it is not known. */
  readonly file: string;
  readonly line: number;
}

export type BinaryResult = BinarySuccess | BinaryFailure;

export interface BinarySuccess {
  /** Empty when IR was asked for. */
  readonly object: Uint8Array;
  /** Empty when an object was asked for. */
  readonly ir: string;
  readonly frames: readonly { readonly function: string; readonly bytes: number }[];
  readonly timings: BinaryTimings;
}

/** Milliseconds of each stage. */
export interface BinaryTimings {
  readonly parse: number;
  readonly verify: number;
  readonly optimize: number;
  readonly emit: number;
}

export interface BinaryFailure {
  readonly stage: "parse" | "verify" | "optimize" | "emit";
  readonly message: string;
  readonly place?: "ir" | "source";
  readonly line?: number;
  readonly column?: number;
  readonly function?: string;
  readonly stackBytes?: number;
}

export type LoadBinary =
  | { readonly ok: true; readonly binary: LlvmBinary; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/** The `interface_version` of src/node_binding.cc that this file fits. */
const INTERFACE_VERSION = 1;

/** Names the addon's file, for installations that keep it elsewhere. */
const PATH_VARIABLE = "PROBEWRIGHT_LLVM_BINDINGS";

/** In a checkout, from `ts/` and `dist/` alike; then beside a bundle. */
const places = ["../build/Release/llvm_bindings.node", "./llvm_bindings.node"];

/** Loads the addon; a second call costs a look into Node's module cache. */
export function loadBinary(): LoadBinary {
  const path = candidates().find((candidate) => existsSync(candidate));
  if (path === undefined) {
    return {
      ok: false,
      reason: `the LLVM binding is not built (looked for ${candidates().join(", ")}); "npm run setup" builds it`,
    };
  }
  try {
    const loaded: unknown = createRequire(path)(path);
    if (isBinary(loaded)) return { ok: true, binary: loaded, path };
    return { ok: false, reason: `${path} is of another version; "npm run setup" builds it anew` };
  } catch (error) {
    return {
      ok: false,
      reason: `${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/**
 * Tells one build of the addon from another without loading it; undefined when there is none. What one build made of some IR,
 * it makes of it again.
 */
export function binaryStamp(): string | undefined {
  const path = candidates().find((candidate) => existsSync(candidate));
  if (path === undefined) return undefined;
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size.toString()} ${mtimeMs.toString()}`;
}

function candidates(): readonly string[] {
  const chosen = process.env[PATH_VARIABLE];
  if (chosen !== undefined && chosen !== "") return [chosen];
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
}

/** The version number stands for the whole shape: both sides are built from this folder. */
function isBinary(loaded: unknown): loaded is LlvmBinary {
  return (
    typeof loaded === "object" &&
    loaded !== null &&
    "interfaceVersion" in loaded &&
    loaded.interfaceVersion === INTERFACE_VERSION
  );
}
