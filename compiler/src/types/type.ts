/** The types of the language, as values. Sizes are in bytes unless a name says bits. */

/** Which memory a pointer points into; decides the probe-read helper. `none` is unknown and warns when read through. */
export type AddressSpace = "none" | "kernel" | "user";

export type IntegerSize = 1 | 2 | 4 | 8;

export type AggregationFunction =
  | "count"
  | "sum"
  | "min"
  | "max"
  | "avg"
  | "stats"
  | "hist"
  | "lhist"
  | "tseries";

export type StackMode = "bpftrace" | "perf" | "raw" | "build_id";

export interface IntegerType {
  readonly kind: "integer";
  readonly size: IntegerSize;
  readonly signed: boolean;
  /** Set for values of a C or kernel enum: they print by name. The key into `StructTable.findEnum`. */
  readonly enumName?: string;
  /**
   * From non-negative literals only, so that it takes the sign of whatever it meets. Known to analysis alone: types in
   * the core tree never carry it.
   */
  readonly flexible?: true;
}

export interface PointerType {
  readonly kind: "pointer";
  readonly to: Type;
  readonly space: AddressSpace;
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: Type;
  /** 0 for a flexible array member: indexing is then not bounded. */
  readonly count: number;
}

export interface StringType {
  readonly kind: "string";
  /** Includes the terminating NUL. */
  readonly size: number;
}

/** A struct or union, by name: its fields are in the `StructTable`, so that recursive types stay finite. */
export interface StructType {
  readonly kind: "struct";
  /** Key into the `StructTable`, e.g. `struct task_struct`, `union sigval`, or `args tracepoint:sched:sched_switch`. */
  readonly name: string;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly Type[];
}

export interface RecordType {
  readonly kind: "record";
  readonly fields: readonly RecordField[];
}

export interface RecordField {
  readonly name: string;
  readonly type: Type;
}

export interface StackType {
  readonly kind: "stack";
  readonly user: boolean;
  readonly mode: StackMode;
  /** Most frames kept, 1 to 1024. */
  readonly limit: number;
}

/** What `count()`, `hist()` and their like leave in a map; never the type of anything else. */
export interface AggregationType {
  readonly kind: "aggregation";
  readonly function: AggregationFunction;
  readonly signed: boolean;
  /** `hist`: [bits]; `lhist`: [min, max, step]; `tseries`: [interval in ns, count]; else empty. */
  readonly parameters: readonly bigint[];
  /** `tseries` only: how the values of one interval are reduced; "last" without a fourth argument. */
  readonly reduce?: "last" | "avg" | "sum" | "min" | "max";
}

/** Types without parameters. `none` is the value of an `if` without `else`, and of what could not be typed. */
export interface PlainType {
  readonly kind:
    | "none"
    | "void"
    | "boolean"
    | "kernel-symbol"
    | "user-symbol"
    | "username"
    | "timestamp"
    | "timestamp-mode"
    | "mac-address"
    | "cgroup-path";
}

export interface BufferType {
  readonly kind: "buffer";
  /** Bytes of data; a 4-byte length precedes them in memory. */
  readonly capacity: number;
}

/** An IPv4 or IPv6 address: u64 family, then 16 bytes. */
export interface InetType {
  readonly kind: "inet";
}

export type Type =
  | PlainType
  | IntegerType
  | PointerType
  | ArrayType
  | StringType
  | BufferType
  | InetType
  | StructType
  | TupleType
  | RecordType
  | StackType
  | AggregationType;

/** A field of a struct or union; anonymous members are already merged into their parent. */
export interface StructField {
  readonly name: string;
  readonly type: Type;
  /** From the start of the struct; of the storage unit for a bit-field. */
  readonly offset: number;
  /** Present for bit-fields: `shift` counts from the least significant bit of the little-endian storage unit. */
  readonly bitfield?: { readonly shift: number; readonly width: number };
  /** A string whose last byte, a NUL, is not in memory: C may fill `char a[N]` without one. */
  readonly unterminated?: true;
  /** `__data_loc`: the field holds (offset from the record | length << 16) rather than the data. */
  readonly dataLocation?: boolean;
  /** BTF type tags of a pointer field, e.g. `user`, `percpu`, `rcu`. */
  readonly tags?: readonly string[];
  /** The C type as written in the kernel, for hover. */
  readonly cType?: string;
}

export interface StructDefinition {
  /** Same key as in `StructType.name`. */
  readonly name: string;
  readonly size: number;
  readonly align: number;
  /** In order of offset. */
  readonly fields: readonly StructField[];
  readonly origin: "script" | "kernel" | "probe-arguments" | "binary";
}

export interface EnumDefinition {
  readonly name: string;
  readonly size: IntegerSize;
  readonly members: readonly { readonly name: string; readonly value: bigint }[];
}

/** Everything that is known about C types by name. Look-ups are lazy: kernel structs are decoded when asked for. */
export interface StructTable {
  readonly findStruct: (name: string) => StructDefinition | undefined;
  readonly findEnum: (name: string) => EnumDefinition | undefined;
  readonly findTypedef: (name: string) => Type | undefined;
  readonly findEnumConstant: (name: string) => { readonly enum: string; readonly value: bigint } | undefined;
}

export const none: PlainType = { kind: "none" };
export const voidType: PlainType = { kind: "void" };
export const boolean: PlainType = { kind: "boolean" };
export const int8 = integer(1, true);
export const int16 = integer(2, true);
export const int32 = integer(4, true);
export const int64 = integer(8, true);
export const uint8 = integer(1, false);
export const uint16 = integer(2, false);
export const uint32 = integer(4, false);
export const uint64 = integer(8, false);

export function integer(size: IntegerSize, signed: boolean): IntegerType {
  return { kind: "integer", size, signed };
}

export function string(size: number): StringType {
  return { kind: "string", size };
}

export function pointer(to: Type, space: AddressSpace): PointerType {
  return { kind: "pointer", to, space };
}

export function struct(name: string): StructType {
  return { kind: "struct", name };
}
