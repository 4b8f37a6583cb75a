/** What the lowering of a builtin sees of code generation. Code generation implements it; rows of builtins call it. */

import type { CoreCall, CoreConfig, CoreExpression, CoreMap, CoreVariable } from "../core/core.ts";
import type { ProbeTarget } from "../core/target.ts";
import type { EventAction, GlobalSpec, LossKind } from "../manifest/manifest.ts";
import type { AddressSpace, StructTable, Type } from "../types/type.ts";
import type { FunctionBuilder } from "./builder.ts";
import type { HelperName } from "./helpers.ts";
import type { IrOperand, StackObject } from "./ir.ts";

/** Memory that the program reads and writes directly: stack, scratch, map values, events, constants. */
export interface Memory {
  readonly pointer: IrOperand;
  /** What the address is known to be a multiple of. */
  readonly align: number;
  /** Only to be read by user space, up to the NUL of strings: the rest need not be zeroed. */
  readonly transient?: boolean;
}

/** Where the bytes of a value are. */
export type Location =
  | ({ readonly kind: "direct" } & Memory)
  /** Memory of the kernel or of a process, read by helpers. `address` is an i64. */
  | { readonly kind: "remote"; readonly address: IrOperand; readonly space: AddressSpace }
  /** The program's context, `offset` bytes from its start. */
  | { readonly kind: "context"; readonly offset: number };

/** One value of an event: written straight into the ring buffer where that is possible. */
export interface EventValue {
  readonly type: Type;
  /** Evaluated before the event's memory is taken when it does more than compute. */
  readonly value: CoreExpression | ((memory: Memory) => void);
}

/** A packet for a capture file. */
export interface PacketCapture {
  readonly file: string;
  /** Bytes at its start that do not go into the file. */
  readonly offset: number;
  /** A `struct sk_buff *` as the verifier knows it. */
  readonly packet: IrOperand;
  /** Bytes wanted, an i64. */
  readonly length: IrOperand;
}

/** Addresses of the maps by which user stacks are unwound. */
export interface UnwindTables {
  readonly processes: IrOperand;
  readonly files: IrOperand;
  readonly rows: IrOperand;
  readonly rules: IrOperand;
  /** Undefined where programs cannot look at mappings themselves. */
  readonly mapping: MappingLayout | undefined;
  /** A function for the kernel to call with a mapping of a process. @returns its address */
  readonly mappingCallback: (name: string, body: MappingBody) => IrOperand;
}

/** Offsets in the kernel's structs: of a mapping, its file, and the file's inode. */
export interface MappingLayout {
  readonly start: number;
  readonly end: number;
  readonly page: number;
  readonly file: number;
  readonly inode: number;
  readonly number: number;
  readonly size: number;
}

export interface KeyPointer {
  readonly pointer: IrOperand;
  /** Objects behind the pointer. */
  readonly keeps: readonly StackObject[];
}

/** A loop that the kernel runs for us. */
export interface Repetition {
  /** Of the body's function; loops with the same name share it, so everything the body depends on is part of it. */
  readonly name: string;
  readonly title: string;
  readonly rounds: number;
  /** What the body sees of the function around it. */
  readonly frame: Memory & { readonly object: StackObject };
  readonly body: RepetitionBody;
}

/** Returns 0 to go on, 1 to end the loop. `index` is an i64 about which the verifier knows nothing. */
export type RepetitionBody = (build: FunctionBuilder, index: IrOperand, frame: IrOperand) => void;

/** `area` is the kernel's struct of the mapping. Returns 0. */
export type MappingBody = (build: FunctionBuilder, area: IrOperand, frame: IrOperand) => void;

/** The program around the call. */
export interface ProbeView {
  readonly probeType: string;
  readonly name: string;
  /** Fires when the function returns. */
  readonly returns: boolean;
  readonly architecture: "x86_64" | "arm64";
  readonly targets: readonly ProbeTarget[];
  /** Of whose memory the probe's arguments tell. */
  readonly space: AddressSpace;
}

/** Offsets in struct task_struct of the kernel that the program is for. */
export interface TaskLayout {
  readonly comm: number;
  readonly pid: number;
  readonly tgid: number;
}

export interface Emitter {
  readonly build: FunctionBuilder;
  readonly structs: StructTable;
  readonly config: CoreConfig;
  readonly architecture: "x86_64" | "arm64";
  /** Where words of the kernel's task are; undefined where programs cannot read it directly. */
  readonly task: TaskLayout | undefined;
  /** Undefined in a `fn`. */
  readonly probe: ProbeView | undefined;

  /** Value of an expression of scalar type: integers as wide as their type, pointers i64, booleans i1. */
  readonly scalar: (expression: CoreExpression) => IrOperand;
  readonly condition: (expression: CoreExpression) => IrOperand;
  /** Writes the value, all bytes of its type, padding zeroed. */
  readonly into: (expression: CoreExpression, memory: Memory) => void;
  /** The value in directly readable memory: where it is anyway, or a temporary. Only to be read, and soon. */
  readonly memory: (expression: CoreExpression) => Memory;
  /** Where the bytes are, without reading them. */
  readonly location: (expression: CoreExpression) => Location;
  /** Address of a kernel object as the verifier knows it, for helpers that take nothing else. */
  readonly trusted: (expression: CoreExpression) => IrOperand;
  /** Address of the bytes as a number, and the space to read them from. */
  readonly addressOf: (expression: CoreExpression) => {
    readonly address: IrOperand;
    readonly space: AddressSpace;
  };

  /** Sets a variable to what lies in memory of the variable's type. */
  readonly setVariable: (variable: CoreVariable, value: Memory) => void;

  readonly sizeOf: (type: Type) => number;
  /** Fresh memory whose lifetime ends with its last use. */
  readonly temporary: (
    label: string,
    size: number,
    align: number,
  ) => Memory & { readonly object: StackObject };
  /** Pointer to the program's context. */
  readonly context: () => IrOperand;
  /** Bytes that never change. */
  readonly constantBytes: (bytes: Uint8Array) => IrOperand;
  /** A number that the runtime sets before loading; the verifier knows it. */
  readonly patched: (value: GlobalSpec["value"]) => IrOperand;
  /** Address of the value of a named parameter. */
  readonly namedParameter: (name: string) => IrOperand;
  /** Number of a text in the manifest's list. */
  readonly textIndex: (list: "timeFormats" | "cgroupFilters", text: string) => number;
  readonly zero: (memory: Memory, bytes: number) => void;
  readonly copy: (to: Memory, from: Memory, bytes: number) => void;
  /** Reads foreign memory; on failure the bytes are zero and the failure is counted. @returns the helper's result */
  readonly read: (
    to: Memory,
    bytes: number | IrOperand,
    address: IrOperand,
    space: AddressSpace,
  ) => IrOperand;
  /**
   * Reads a string into `size` bytes and zeroes the rest. A string that does not fit fills all bytes, without a NUL, and
   * is counted as truncated. With `limit` (an i64) no more than so many bytes are wanted, the last of them the NUL.
   */
  readonly readString: (
    to: Memory,
    size: number,
    address: IrOperand,
    space: AddressSpace,
    limit?: IrOperand,
  ) => void;

  /** The smaller of both (i64, unsigned), in a form that the verifier can follow. */
  readonly atMost: (value: IrOperand, most: number) => IrOperand;
  /** i1: whether the first bytes of two values in memory are the same. */
  readonly equalBytes: (left: CoreExpression, right: CoreExpression, bytes: number) => IrOperand;

  readonly repeat: (loop: Repetition) => void;
  /** A body for a loop inside such a loop. @returns its address */
  readonly repeated: (loop: Pick<Repetition, "name" | "title" | "body">) => IrOperand;

  readonly map: (map: CoreMap) => MapView;
  readonly event: (action: EventAction, values: readonly EventValue[]) => void;
  /** The tables of `dw_ustack`, which the object then has. */
  readonly unwindTables: () => UnwindTables;
  /** Copies a packet to user space. @returns 0 or a negative error number, an i64 */
  readonly packet: (capture: PacketCapture) => IrOperand;
  /** No program starts any more. `code` is the exit code, an i8. */
  readonly exiting: (code: IrOperand) => void;
  /** An event without values that tells of something wrong in the running program. */
  readonly runtimeError: (error: string) => void;
  /** Counts something lost here, without an event. */
  readonly countLoss: (kind: LossKind, name: string) => void;
  /** When `result` is negative: counts, and sends a helper-error event. */
  readonly checkHelper: (helper: HelperName, result: IrOperand, map?: CoreMap) => void;
}

/** Operations on one map, whatever its storage. */
export interface MapView {
  /** Number in the manifest. */
  readonly index: number;
  /** The BPF map; scalar maps kept in global data have none. */
  readonly address: IrOperand;
  readonly key: (key: CoreExpression | undefined) => KeyPointer;
  /** Pointer to the value under `key`, or null; on this CPU for per-CPU maps. */
  readonly lookup: (key: KeyPointer) => IrOperand;
  /** i1: whether there was something to delete. */
  readonly remove: (key: CoreExpression | undefined) => IrOperand;
  /** i1 */
  readonly has: (key: CoreExpression | undefined) => IrOperand;
  /** i64 */
  readonly count: () => IrOperand;
}

/** How a builtin's call becomes code, by the shape of its result. */
export type Lowering =
  | { readonly kind: "scalar"; readonly emit: (emitter: Emitter, call: CoreCall) => IrOperand }
  | { readonly kind: "memory"; readonly emit: (emitter: Emitter, call: CoreCall, into: Memory) => void }
  | { readonly kind: "effect"; readonly emit: (emitter: Emitter, call: CoreCall) => void }
  /** A builtin whose result is a number in some probes and bytes in others. */
  | {
      readonly kind: "dual";
      readonly scalar: (emitter: Emitter, call: CoreCall) => IrOperand;
      readonly memory: (emitter: Emitter, call: CoreCall, into: Memory) => void;
    }
  /** A value that lies in memory already, e.g. `args`. */
  | { readonly kind: "location"; readonly emit: (emitter: Emitter, call: CoreCall) => Location };

/** Whether the call may be evaluated later or not at all without anybody noticing. Used for arguments of events. */
export type LoweringRow = Lowering & {
  readonly sideEffect?: boolean;
  /** Reads the program's context. */
  readonly context?: boolean;
};

export function scalar(emit: (emitter: Emitter, call: CoreCall) => IrOperand): LoweringRow {
  return { kind: "scalar", emit };
}

export function inMemory(emit: (emitter: Emitter, call: CoreCall, into: Memory) => void): LoweringRow {
  return { kind: "memory", emit };
}

export function effect(
  emit: (emitter: Emitter, call: CoreCall) => void,
): LoweringRow & { readonly kind: "effect" } {
  return { kind: "effect", emit, sideEffect: true };
}

export function located(emit: (emitter: Emitter, call: CoreCall) => Location): LoweringRow {
  return { kind: "location", emit };
}

/** The same lowering for a call that changes something. */
export function changing(row: LoweringRow): LoweringRow {
  return { ...row, sideEffect: true };
}

/** The same lowering for a call that reads the program's context. */
export function ofContext(row: LoweringRow): LoweringRow {
  return { ...row, context: true };
}

export function advance(memory: Memory, bytes: number, build: FunctionBuilder): Memory {
  return { ...memory, pointer: build.offset(memory.pointer, bytes), align: alignmentAt(memory.align, bytes) };
}

/** Alignment known `offset` bytes after an address aligned to `align`. */
export function alignmentAt(align: number, offset: number): number {
  let known = align;
  while (offset % known !== 0) known /= 2;
  return known;
}
