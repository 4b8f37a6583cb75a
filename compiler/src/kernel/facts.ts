/**
 * What the compiler may ask of a machine: synchronous look-ups in tables somebody else has filled.
 * Analysis never waits. What a table does not hold yet is answered `"missing"` after noting the request; the host
 * fills it and analysis runs again. What is known not to exist is `undefined`.
 */

import type { FunctionNames } from "./function-names.ts";
import type { EnumDefinition, StructDefinition, StructTable, Type } from "../types/type.ts";

/** Asked for and not there yet. */
export type Missing = "missing";

/** Something the host can fetch, so that the next analysis finds it. */
export type FactRequest =
  | { readonly kind: "binary"; readonly path: string }
  | { readonly kind: "binary-parameters"; readonly path: string }
  | { readonly kind: "binary-paths"; readonly pattern: string }
  | { readonly kind: "import"; readonly from: string; readonly path: string }
  | { readonly kind: "include"; readonly from: string; readonly path: string; readonly system: boolean }
  | ({ readonly kind: "c-module" } & CModuleRequest)
  | { readonly kind: "kernel-symbols" }
  | { readonly kind: "module-types"; readonly module: string }
  | { readonly kind: "bpf-programs" }
  | { readonly kind: "cgroup"; readonly path: string };

/** A C file to compile. */
export interface CModuleRequest {
  /** The main script. */
  readonly from: string;
  /** As `importFile` found it. */
  readonly path: string;
  /** Headers that the script imports, as found. */
  readonly headers: readonly string[];
}

/** Kernel abilities that scripts and code generation depend on; the names are those of `--no-feature` where it has one. */
export const kernelFeatures = [
  "btf",
  "module_btf",
  "ring_buffer",
  "fentry",
  "iter",
  "kprobe",
  "kprobe_multi",
  "kprobe_session",
  "uprobe_multi",
  "for_each_map_elem",
  "loop",
  "get_func_ip",
  "map_lookup_percpu_elem",
  "ktime_get_tai_ns",
  "dpath",
  "map_sum_elem_count",
] as const;
export type KernelFeature = (typeof kernelFeatures)[number];

/** Of a member, in bytes. */
export interface MemberPlace {
  readonly offset: number;
  readonly size: number;
}

export interface FunctionPrototype {
  readonly name: string;
  /** `vmlinux` for the kernel proper. */
  readonly module: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type; readonly cType: string }[];
  readonly returns: Type;
  readonly returnsCType: string;
}

/** One `events/CATEGORY/EVENT/format` file. Common fields (offset below 8) are included and marked. */
export interface TracepointFormat {
  readonly category: string;
  readonly event: string;
  readonly fields: readonly TracepointField[];
}

export interface TracepointField {
  readonly name: string;
  /** C declaration without the name, e.g. `const char *`, `char[16]`, `__data_loc char[]`. */
  readonly cType: string;
  readonly offset: number;
  readonly size: number;
  readonly signed: boolean;
  readonly common: boolean;
}

export interface BinarySymbol {
  readonly name: string;
  /** Set for C++ names, when the host can demangle: `ns::function(int)`. */
  readonly demangled?: string;
  /** Virtual address in the file. */
  readonly address: bigint;
  readonly size: number;
  readonly kind: "function" | "object";
}

export interface UsdtProbe {
  readonly provider: string;
  readonly name: string;
  /** Virtual addresses as linked; one entry per site. */
  readonly sites: readonly {
    readonly address: bigint;
    readonly semaphore: bigint;
    /** stapsdt argument specifications, e.g. `-4@%edi`. */
    readonly arguments: readonly string[];
  }[];
}

/** One ELF file. */
export interface BinaryFacts {
  /** Absolute, links resolved. */
  readonly path: string;
  /** A program or shared library, as opposed to an object file or a memory dump. */
  readonly executable: boolean;
  readonly positionIndependent: boolean;
  readonly symbols: readonly BinarySymbol[];
  readonly usdt: readonly UsdtProbe[];
  readonly hasDebugInfo: boolean;
  /** Virtual address → file offset of the loadable segment that holds it; undefined when none does. */
  readonly fileOffset: (address: bigint) => bigint | undefined;
  /** Parameters by function name from DWARF. */
  readonly parameters: (functionName: string) => FunctionPrototype | undefined | Missing;
  /** Structs and unions that types of `parameters` name. */
  readonly findStruct: (name: string) => StructDefinition | undefined;
  readonly findEnum: (name: string) => EnumDefinition | undefined;
  /**
   * Whether an instruction starts that many bytes into a function; a probe inside of one would break the program.
   * Undefined when it cannot be told.
   */
  readonly startsInstruction: (symbol: BinarySymbol, offset: bigint) => boolean | undefined;
  /**
   * Virtual addresses at which the code of a source line begins, from the DWARF line table; `file` may leave out leading
   * folders. Without debug information undefined, without such a line empty. Column 0 means any.
   */
  readonly addressesOfLine: (file: string, line: number, column: number) => readonly bigint[] | undefined;
}

/** One file read for an `import` or `#include`. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A function of a C file that is compiled for BPF, by us or before. */
export interface CFunction {
  readonly prototype: FunctionPrototype;
  /** Of its file alone. */
  readonly isStatic: boolean;
  /** Most bytes of stack that it and what it calls take; 0 when not known. */
  readonly stackBytes: number;
}

/** A name that a C file uses and neither it nor the kernel defines. */
export interface OpenName {
  readonly name: string;
  /** Functions of the file that come to use it, by themselves or by what they call. */
  readonly functions: readonly string[];
}

/** Such a file, ready to be linked. */
export interface CModule {
  readonly path: string;
  readonly functions: readonly CFunction[];
  /** Names of its functions and data that other imported files can use. */
  readonly defines: readonly string[];
  readonly needs: readonly OpenName[];
  /** Functions with a section of their own, which would be attached to something. */
  readonly programs: readonly string[];
  readonly types: StructTable;
  /** LLVM IR as text, or an object, one character a byte. */
  readonly code: string;
}

export interface KernelFacts {
  /** What diagnostics call this kernel, e.g. `6.1.0-50-cloud-amd64` or `default profile (6.12)`. */
  readonly name: string;
  /** `none` knows no kernel: unknown targets and types are then not errors. */
  readonly source: "live" | "profile" | "default" | "none";
  readonly architecture: "x86_64" | "arm64";
  /** Possible CPUs; 1 when unknown. */
  readonly cpuCount: number;
  /** In words, what these facts lack and why, e.g. "traceable functions: not readable without privilege". */
  readonly gaps: readonly string[];

  /** False when known absent; undefined when the source cannot tell. */
  readonly hasFeature: (feature: KernelFeature) => boolean | undefined;

  /**
   * `struct x`, `union x` or a bare typedef'd name; `module` limits the search. Enums are named the same way: `enum x` or
   * the typedef. Pointers inside kernel structs point to kernel memory unless a tag says otherwise; who reads them
   * through a user pointer replaces the space.
   */
  readonly findStruct: (name: string, module?: string) => StructDefinition | undefined | Missing;
  /**
   * Where members of a struct of the kernel itself are, for code of ours that reads them. Where it is there, it costs a start
   * much less than opening all types for `findStruct`; undefined when one of them is not found so.
   */
  readonly findMembers?: (struct: string, members: readonly string[]) => readonly MemberPlace[] | undefined;
  readonly findEnum: (name: string) => EnumDefinition | undefined | Missing;
  readonly findTypedef: (name: string) => Type | undefined | Missing;
  readonly findEnumConstant: (name: string) => { readonly enum: string; readonly value: bigint } | undefined;
  /** All prototypes of that name; several when modules define the same function. */
  readonly findFunctions: (name: string, module?: string) => readonly FunctionPrototype[];
  /** What a raw tracepoint hands over, without the leading data pointer. */
  readonly findRawTracepoint: (name: string, module?: string) => FunctionPrototype | undefined;
  /** Names of all known kernel types as `struct x`, `union x`, `enum x`, sorted; for listing and completion. */
  readonly typeNames: () => readonly string[];
  /** The C definition of a type of that list, and the module it is in. */
  readonly spellType: (name: string) => { readonly module: string; readonly text: string } | undefined;
  /** Struct behind `iter:NAME`, i.e. `bpf_iter__NAME`. */
  readonly iterators: () => readonly string[];

  /** Undefined when the list of traceable functions is not known. Sorted by name; names may repeat across modules. */
  readonly traceableFunctions: () => FunctionNames | undefined;
  /** False when that list is only a guess from the functions in BTF: a name it lacks may still be traceable. */
  readonly traceableFunctionsExact: () => boolean;
  readonly modules: () => readonly string[];
  readonly tracepointCategories: () => readonly string[];
  readonly tracepointEvents: (category: string) => readonly string[];
  readonly tracepointFormat: (category: string, event: string) => TracepointFormat | undefined | Missing;
  readonly rawTracepoints: () => readonly { readonly name: string; readonly module: string }[];
  /** Address of a symbol in the running kernel, which may hide it; profiles hold no addresses and answer undefined. */
  readonly kernelSymbol: (name: string) => bigint | "hidden" | undefined | Missing;
  readonly isKernelVariable: (name: string) => Type | undefined;
  readonly bpfPrograms: () => readonly { readonly id: number; readonly name: string }[] | Missing;

  /** By path as written in a script; undefined when there is no such file. */
  readonly binary: (path: string) => BinaryFacts | undefined | Missing | { readonly error: string };
  /** Files matching a path with `*`, or found through PATH and the library cache for a bare name. */
  readonly binaryPaths: (pattern: string) => readonly string[] | Missing;
  /** A script or C file named by `import`, relative to the importing file first. */
  readonly importFile: (
    from: string,
    path: string,
  ) => readonly SourceText[] | undefined | Missing | { readonly error: string };
  /** A header as text, already preprocessed when the host has a C compiler. */
  readonly includeFile: (
    from: string,
    path: string,
    system: boolean,
  ) => SourceText | undefined | Missing | { readonly error: string };
  /** A C file that `importFile` found, compiled for BPF; an object is that already. */
  readonly cModule: (request: CModuleRequest) => CModule | Missing | { readonly error: string };
  readonly cgroupId: (path: string) => bigint | undefined | Missing;
}

/** Facts that remember what was asked and not there. */
export interface FactsSession extends KernelFacts {
  /** Without duplicates, in the order first asked. */
  readonly missing: () => readonly FactRequest[];
}
