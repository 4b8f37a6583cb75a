/**
 * The core tree: a whole program, resolved, typed, desugared, with conversions explicit and constants folded.
 * Analysis builds it; the stack plan and code generation read nothing else. Every node has its type and its place.
 *
 * Invariants (analysis guarantees, code generation relies on them):
 * - operands of arithmetic and comparison have the same type, through explicit `cast` nodes where needed;
 * - a value assigned, stored, passed or returned has exactly the type of its target;
 * - a string, tuple or record that must grow to its target's size is wrapped in a `cast`;
 * - `constant` is set on every expression whose value is known; such a node has no side effect;
 * - maps, variables and sites are referred to by object, their types final.
 */

import type { Place } from "../diagnostics/diagnostic.ts";
import type { CModule } from "../kernel/facts.ts";
import type {
  AddressSpace,
  AggregationType,
  IntegerType,
  PointerType,
  StructField,
  StructTable,
  Type,
} from "../types/type.ts";
import type { ProbeTarget } from "./target.ts";

export interface CoreProgram {
  /** In declaration order; a probe of the source with several targets of one context is one entry. */
  readonly probes: readonly CoreProbe[];
  readonly subprograms: readonly CoreSubprogram[];
  /** Compiled C files, whose functions may be called as `subprograms` are. */
  readonly modules: readonly CModule[];
  /** In order of first appearance. */
  readonly maps: readonly CoreMap[];
  readonly config: CoreConfig;
  readonly structs: StructTable;
  readonly namedParameters: readonly NamedParameter[];
}

/** The settings that change code or output, resolved from the config block and the environment. One field per config key. */
export interface CoreConfig {
  readonly maxStringLength: number;
  readonly maxMapKeys: number;
  readonly maxCatBytes: number;
  readonly maxProbes: number;
  readonly maxPrograms: number;
  readonly stackMode: "bpftrace" | "perf" | "raw" | "build_id";
  /** Undefined: the stack plan decides. Set: larger objects to scratch, smaller stay, always. */
  readonly onStackLimit: number | undefined;
  /** Pages of the ring buffer in total; 0 is automatic. */
  readonly ringBufferPages: number;
  readonly printMapsOnExit: boolean;
  readonly stringTruncationTrailer: string;
  readonly missingProbes: "error" | "warn" | "ignore";
  readonly license: string;
  readonly cppDemangle: boolean;
  readonly lazySymbolication: boolean;
  readonly showDebugInfo: boolean;
  readonly cacheUserSymbols: "per-pid" | "per-program" | "none" | undefined;
  readonly logSize: number;
}

export interface NamedParameter {
  readonly name: string;
  readonly type: Type;
  readonly default: Constant;
  readonly description: string | undefined;
}

/** One BPF program. */
export interface CoreProbe {
  /** Full name as the `probe` builtin gives it; of the first target when there are several. */
  readonly name: string;
  /** Name of the row in the probe table, e.g. `tracepoint`. */
  readonly probeType: string;
  readonly targets: readonly ProbeTarget[];
  /** Of whose memory the probe's arguments tell. */
  readonly space: AddressSpace;
  readonly body: readonly CoreStatement[];
  readonly variables: readonly CoreVariable[];
  readonly place: Place;
  /** Places of the attach points that led to the targets. */
  readonly attachPoints: readonly Place[];
  /** Value returned where no `return` says otherwise: 1 for tracepoints, else 0. */
  readonly defaultReturn: bigint;
}

export interface CoreSubprogram {
  readonly name: string;
  readonly parameters: readonly CoreVariable[];
  readonly returns: Type;
  readonly body: readonly CoreStatement[];
  /** Locals, without the parameters. */
  readonly variables: readonly CoreVariable[];
  readonly place: Place;
}

/** A `$variable` of one probe or subprogram. Compared by identity. */
export interface CoreVariable {
  /** Without the sigil; not unique, sibling blocks may reuse a name. */
  readonly name: string;
  readonly type: Type;
  readonly place: Place;
  /** The assignment or declaration that decided the type. */
  readonly decidedBy: Place;
}

/** A map of the program. Compared by identity. */
export interface CoreMap {
  /** Without the sigil; empty for the anonymous map. */
  readonly name: string;
  /** Undefined for a scalar map. */
  readonly key: Type | undefined;
  readonly value: Type;
  readonly mapType: "hash" | "lruhash" | "percpuhash" | "percpulruhash";
  readonly maxEntries: number;
  readonly place: Place;
  readonly keyDecidedBy: Place | undefined;
  readonly valueDecidedBy: Place | undefined;
  readonly declared: boolean;
}

export type Constant =
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string };

interface CoreNode<Kind extends string> {
  readonly kind: Kind;
  readonly type: Type;
  readonly place: Place;
}

export type CoreExpression =
  | CoreConstant
  | CoreVariableRead
  | CoreMapRead
  | CoreArithmetic
  | CoreComparison
  | CoreLogical
  | CoreNegation
  | CorePointerArithmetic
  | CoreConditional
  | CoreBlock
  | CoreDereference
  | CoreField
  | CoreIndex
  | CoreElement
  | CoreTuple
  | CoreRecord
  | CoreCast
  | CoreIncrement
  | CoreAddressOf
  | CoreCall
  | CoreSubprogramCall
  | CoreMapReference;

export interface CoreConstant extends CoreNode<"constant"> {
  readonly value: Constant;
}

export interface CoreVariableRead extends CoreNode<"variable"> {
  readonly variable: CoreVariable;
}

/** The value under `key`, zero when absent. For an aggregation its reduction over all CPUs, so of integer type. */
export interface CoreMapRead extends CoreNode<"map-read"> {
  readonly map: CoreMap;
  readonly key: CoreExpression | undefined;
}

/** A whole map as argument of a builtin: `print(@m)`, `clear(@m)`, `len(@m)`. Its type is the map's value type. */
export interface CoreMapReference extends CoreNode<"map-reference"> {
  readonly map: CoreMap;
}

/** Both operands and the result are integers of the same type; `signed` chooses the instruction. */
export interface CoreArithmetic extends CoreNode<"arithmetic"> {
  readonly operator: "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" | "<<" | ">>";
  readonly left: CoreExpression;
  readonly right: CoreExpression;
  readonly signed: boolean;
}

/** Result boolean. Operands of one type: integers, pointers, booleans, strings, arrays, tuples, records, buffers, stacks. */
export interface CoreComparison extends CoreNode<"comparison"> {
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
  readonly left: CoreExpression;
  readonly right: CoreExpression;
  readonly signed: boolean;
}

/** Short-circuit. Operands are conditions: boolean, integer or pointer, true when not zero. */
export interface CoreLogical extends CoreNode<"logical"> {
  readonly operator: "&&" | "||";
  readonly left: CoreExpression;
  readonly right: CoreExpression;
}

/** `-x`, `~x` on an integer of the result's type; `!x` on a condition with boolean result. */
export interface CoreNegation extends CoreNode<"negation"> {
  readonly operator: "-" | "~" | "!";
  readonly operand: CoreExpression;
}

/** pointer ± index × `scale` bytes; the result has the pointer's type. */
export interface CorePointerArithmetic extends CoreNode<"pointer-arithmetic"> {
  readonly operator: "+" | "-";
  readonly pointer: CoreExpression;
  readonly index: CoreExpression;
  readonly scale: number;
}

/** `?:` and `if` as a value; both arms have the node's type. */
export interface CoreConditional extends CoreNode<"conditional"> {
  readonly condition: CoreExpression;
  readonly then: CoreExpression;
  readonly otherwise: CoreExpression;
}

/** Statements, then a value; of type none without one. */
export interface CoreBlock extends CoreNode<"block"> {
  readonly statements: readonly CoreStatement[];
  readonly value: CoreExpression | undefined;
}

/** `*pointer`: memory of the pointee type in the pointer's address space. */
export interface CoreDereference extends CoreNode<"dereference"> {
  readonly pointer: CoreExpression & { readonly type: PointerType };
}

/** A field of a struct value; `object` is memory (dereference, field, index, `args`) or a copied struct. */
export interface CoreField extends CoreNode<"field"> {
  readonly object: CoreExpression;
  readonly field: StructField;
}

/** An element of an array or string value. Out of known bounds was an error; otherwise checked at run time. */
export interface CoreIndex extends CoreNode<"index"> {
  readonly object: CoreExpression;
  readonly index: CoreExpression;
}

/** Element `index` of a tuple, or field number `index` of a record. */
export interface CoreElement extends CoreNode<"element"> {
  readonly object: CoreExpression;
  readonly index: number;
}

export interface CoreTuple extends CoreNode<"tuple"> {
  readonly elements: readonly CoreExpression[];
}

/** `values` in the order written, each with its index in the type's fields. */
export interface CoreRecord extends CoreNode<"record"> {
  readonly values: readonly { readonly index: number; readonly value: CoreExpression }[];
}

/** Conversion of `operand` to the node's type: explicit, implicit, or growing a string, tuple or record. */
export interface CoreCast extends CoreNode<"cast"> {
  readonly operand: CoreExpression;
  readonly implicit: boolean;
}

export interface CoreIncrement extends CoreNode<"increment"> {
  readonly operator: "++" | "--";
  readonly prefix: boolean;
  readonly target:
    | { readonly kind: "variable"; readonly variable: CoreVariable }
    | { readonly kind: "map"; readonly map: CoreMap; readonly key: CoreExpression | undefined };
  /** Added or taken away: 1, or the pointee size. */
  readonly step: number;
}

export interface CoreAddressOf extends CoreNode<"address-of"> {
  readonly of:
    | { readonly kind: "variable"; readonly variable: CoreVariable }
    | { readonly kind: "map"; readonly map: CoreMap };
}

/** A builtin used as a value or called. `name` is the key of its row. */
export interface CoreCall extends CoreNode<"call"> {
  readonly name: string;
  readonly arguments: readonly CoreExpression[];
  /** What the row's check learnt at compile time, e.g. the parsed format or the resolved address. */
  readonly detail: CallDetail;
}

/** Compile-time facts of one call. `none` for most. */
export type CallDetail =
  | { readonly kind: "none" }
  /** printf and its like: the literal format, already checked. It is also the first argument; the values follow it. */
  | { readonly kind: "format"; readonly format: string }
  /** `argN` */
  | { readonly kind: "argument"; readonly index: number }
  | { readonly kind: "register"; readonly name: string }
  | { readonly kind: "clock"; readonly mode: "boot" | "monotonic" | "tai" | "sw_tai" }
  | { readonly kind: "pid-namespace"; readonly namespace: "current" | "init" }
  | { readonly kind: "literal-length"; readonly length: number }
  | { readonly kind: "print-map"; readonly top: number; readonly divisor: number }
  | { readonly kind: "named-parameter"; readonly parameter: NamedParameter }
  /**
   * `uaddr`: a symbol's address as in the file. `codeDistance` is how far code lies from its offset in the file, for programs
   * that may be loaded anywhere; undefined for those linked to a place.
   */
  | { readonly kind: "user-symbol"; readonly address: bigint; readonly codeDistance: bigint | undefined }
  /** `percpu_kaddr`: where the variable is for no CPU, and the kernel's table of how far each CPU's own is from there. */
  | { readonly kind: "per-cpu-symbol"; readonly address: bigint; readonly distances: bigint }
  /** A fact the compiler looked up: `kaddr`, `cgroupid`, `pton`. */
  | { readonly kind: "text"; readonly text: string };

/** Of a `fn`, or of a C function: then arguments and result fit registers. */
export interface CoreSubprogramCall extends CoreNode<"subprogram-call"> {
  readonly subprogram: { readonly name: string; readonly parameters: readonly Type[] };
  readonly arguments: readonly CoreExpression[];
}

interface CoreStatementNode<Kind extends string> {
  readonly kind: Kind;
  readonly place: Place;
}

export type CoreStatement =
  | CoreEvaluate
  | CoreAssignVariable
  | CoreAssignMap
  | CoreAggregate
  | CoreIf
  | CoreWhile
  | CoreUnroll
  | CoreForRange
  | CoreForMap
  | CoreJump
  | CoreReturn;

export interface CoreEvaluate extends CoreStatementNode<"evaluate"> {
  readonly expression: CoreExpression;
}

export interface CoreAssignVariable extends CoreStatementNode<"assign-variable"> {
  readonly variable: CoreVariable;
  readonly value: CoreExpression;
}

export interface CoreAssignMap extends CoreStatementNode<"assign-map"> {
  readonly map: CoreMap;
  readonly key: CoreExpression | undefined;
  readonly value: CoreExpression;
}

/** `@m[key] = count()` and its like; `argument` is the measured integer, absent for count. */
export interface CoreAggregate extends CoreStatementNode<"aggregate"> {
  readonly map: CoreMap;
  readonly key: CoreExpression | undefined;
  readonly aggregation: AggregationType;
  readonly argument: CoreExpression | undefined;
}

export interface CoreIf extends CoreStatementNode<"if"> {
  readonly condition: CoreExpression;
  readonly then: readonly CoreStatement[];
  readonly otherwise: readonly CoreStatement[];
}

export interface CoreWhile extends CoreStatementNode<"while"> {
  readonly condition: CoreExpression;
  readonly body: readonly CoreStatement[];
}

export interface CoreUnroll extends CoreStatementNode<"unroll"> {
  readonly count: number;
  readonly body: readonly CoreStatement[];
}

/** start ≤ i < end; the loop variable has the type of both bounds. */
export interface CoreForRange extends CoreStatementNode<"for-range"> {
  readonly variable: CoreVariable & { readonly type: IntegerType };
  readonly start: CoreExpression;
  readonly end: CoreExpression;
  readonly body: readonly CoreStatement[];
}

/** The variable is the tuple (key, value). */
export interface CoreForMap extends CoreStatementNode<"for-map"> {
  readonly variable: CoreVariable;
  readonly map: CoreMap;
  readonly body: readonly CoreStatement[];
}

export interface CoreJump extends CoreStatementNode<"jump"> {
  readonly to: "break" | "continue";
}

/** `return`, and what follows `exit()`. Inside loops too: code generation leaves the callback and then the function. */
export interface CoreReturn extends CoreStatementNode<"return"> {
  readonly value: CoreExpression | undefined;
}
