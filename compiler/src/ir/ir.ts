/**
 * The compiler's small typed IR, as data. Values are in single-assignment form; what changes is a `Local` (a scalar
 * that LLVM keeps in registers) or memory. Everything whose address reaches a helper is a `StackObject`, which has no
 * bytes until the stack plan gives it some. Every instruction has the place of the script that asked for it.
 */

import type { Place } from "../diagnostics/diagnostic.ts";
import type { HelperName } from "./helpers.ts";
import type { IrType } from "./ir-type.ts";

export type { IrType };

export interface IrModule {
  readonly functions: readonly IrFunction[];
  readonly globals: readonly IrGlobal[];
  readonly maps: readonly IrMap[];
  /** Functions of other files that are called. */
  readonly externals: readonly IrExternal[];
  readonly license: string;
}

/** A function that is linked in. */
export interface IrExternal {
  readonly name: string;
  readonly parameters: readonly IrType[];
  readonly returns: IrType | "void";
  /** Of it and what it calls. */
  readonly stackBytes: number;
}

/** Bytes in a data section of the object. libbpf makes one array map of each section. */
export interface IrGlobal {
  readonly name: string;
  readonly section: string;
  readonly size: number;
  readonly align: number;
  /** Zeroes when undefined. */
  readonly initial: Uint8Array | undefined;
  /** Read-only for programs. With `patched`, LLVM may not rely on the initial value: the runtime sets another. */
  readonly constant: boolean;
  readonly patched: boolean;
  readonly place: Place | undefined;
}

/** A BPF map, defined in `.maps`. Sizes in bytes; a ring buffer has neither key nor value. */
export interface IrMap {
  readonly name: string;
  /** `BPF_MAP_TYPE_*` */
  readonly type: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
}

export type IrFunctionKind =
  /** Attached to a probe; its one parameter is the context. */
  | "program"
  /** Called by the kernel for each round of a loop. */
  | "callback"
  /** A `fn` of the script, or a function of ours that is worth sharing. */
  | "subprogram";

export interface IrFunction {
  readonly name: string;
  /** How people call it: the probe's name, `fn` name, `loop of …`. */
  readonly title: string;
  readonly kind: IrFunctionKind;
  readonly section: string | undefined;
  readonly parameters: readonly IrParameter[];
  readonly returns: IrType | "void";
  /** Of a program: what it answers when it cannot do its work. */
  readonly fallback?: bigint;
  /** The first is the entry; nothing jumps to it. */
  readonly blocks: readonly IrBlock[];
  /** More than the number of any instruction. */
  readonly numbers: number;
  readonly place: Place;
}

export interface IrBlock {
  readonly id: number;
  readonly instructions: readonly IrInstruction[];
  readonly terminator: IrTerminator;
}

/** A scalar that can be assigned again. Its address is never taken. */
export interface Local {
  readonly id: number;
  readonly name: string;
  readonly type: IrType;
}

/** Memory of the running program whose address helpers see: on the stack or in scratch memory, as the plan decides. */
export interface StackObject {
  readonly id: number;
  /** What it is, in the user's words: `key of @opens`, `str()`. */
  readonly label: string;
  readonly size: number;
  readonly align: number;
  readonly place: Place;
}

export type IrOperand = IrConstant | IrGlobalAddress | IrFunctionAddress | IrParameter | IrValueInstruction;

/** `value` is taken modulo the type's width; for `ptr` only 0. */
export interface IrConstant {
  readonly kind: "constant";
  readonly type: IrType;
  readonly value: bigint;
}

/** Address of a global or of a map. */
export interface IrGlobalAddress {
  readonly kind: "global-address";
  readonly type: "ptr";
  readonly name: string;
}

export interface IrFunctionAddress {
  readonly kind: "function-address";
  readonly type: "ptr";
  readonly name: string;
}

export interface IrParameter {
  readonly kind: "parameter";
  readonly type: IrType;
  readonly name: string;
}

interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly place: Place;
}

/** `number` is the instruction's own in its function, so that what passes know about instructions fits in arrays. */
interface Instruction<Kind extends string> extends Node<Kind> {
  readonly number: number;
}

interface ValueNode<Kind extends string, T extends IrType = IrType> extends Instruction<Kind> {
  readonly type: T;
}

export type BinaryOperator =
  | "add"
  | "sub"
  | "mul"
  | "udiv"
  | "urem"
  | "and"
  | "or"
  | "xor"
  | "shl"
  | "lshr"
  | "ashr";

export type Predicate = "eq" | "ne" | "ult" | "ule" | "ugt" | "uge" | "slt" | "sle" | "sgt" | "sge";

export interface IrBinary extends ValueNode<"binary"> {
  readonly operator: BinaryOperator;
  readonly left: IrOperand;
  readonly right: IrOperand;
}

export interface IrCompare extends ValueNode<"compare", "i1"> {
  readonly predicate: Predicate;
  readonly left: IrOperand;
  readonly right: IrOperand;
}

export interface IrConvert extends ValueNode<"convert"> {
  readonly operator: "zext" | "sext" | "trunc" | "inttoptr" | "ptrtoint" | "bswap";
  readonly operand: IrOperand;
}

export interface IrSelect extends ValueNode<"select"> {
  readonly condition: IrOperand;
  readonly then: IrOperand;
  readonly otherwise: IrOperand;
}

/**
 * `align` in bytes; what is less than natural is read byte by byte.
 * @see FunctionBuilder.fromContext about `within`
 */
export interface IrLoad extends ValueNode<"load"> {
  readonly address: IrOperand;
  readonly align: number;
  readonly volatile: boolean;
  readonly within?: { readonly offset: number; readonly bytes: number };
}

/** `base` plus `by` bytes. */
export interface IrOffset extends ValueNode<"offset", "ptr"> {
  readonly base: IrOperand;
  readonly by: IrOperand;
}

/** The value before. With `resultUsed` false LLVM needs no fetch. Width 32 or 64. */
export interface IrAtomic extends ValueNode<"atomic"> {
  readonly operator: "add" | "and" | "or" | "xor" | "xchg";
  readonly address: IrOperand;
  readonly operand: IrOperand;
}

/** The value before; it was replaced when equal to `expected`. Width 32 or 64. */
export interface IrCompareExchange extends ValueNode<"compare-exchange"> {
  readonly address: IrOperand;
  readonly expected: IrOperand;
  readonly replacement: IrOperand;
}

/** `keeps`: objects that the callee may reach through memory, so they live at least until the call. */
export interface IrHelperCall extends ValueNode<"helper"> {
  readonly helper: HelperName;
  readonly arguments: readonly IrOperand[];
  readonly keeps: readonly StackObject[];
}

export interface IrCall extends Instruction<"call"> {
  readonly function: string;
  readonly type: IrType | "void";
  readonly arguments: readonly IrOperand[];
  readonly keeps: readonly StackObject[];
}

/** Where an object lies. */
export interface IrObjectAddress extends ValueNode<"object-address", "ptr"> {
  readonly object: StackObject;
}

export interface IrLocalRead extends ValueNode<"local-read"> {
  readonly local: Local;
}

/** The operand, which LLVM must take as unknown: for what only the verifier may reason about. */
export interface IrOpaque extends ValueNode<"opaque"> {
  readonly operand: IrOperand;
}

/** A kernel pointer as a plain number, which the verifier lets us calculate with. */
export interface IrScalarOf extends ValueNode<"scalar-of", "i64"> {
  readonly operand: IrOperand;
}

/** Call of a kernel function known by name (kfunc). */
export interface IrKernelCall extends Instruction<"kernel-call"> {
  readonly function: string;
  readonly type: IrType | "void";
  readonly arguments: readonly IrOperand[];
}

export type IrValueInstruction =
  | IrBinary
  | IrCompare
  | IrConvert
  | IrSelect
  | IrLoad
  | IrOffset
  | IrAtomic
  | IrCompareExchange
  | IrHelperCall
  | (IrCall & { readonly type: IrType })
  | (IrKernelCall & { readonly type: IrType })
  | IrObjectAddress
  | IrLocalRead
  | IrOpaque
  | IrScalarOf;

export interface IrStore extends Instruction<"store"> {
  readonly address: IrOperand;
  readonly value: IrOperand;
  readonly align: number;
  readonly volatile: boolean;
}

export interface IrLocalWrite extends Instruction<"local-write"> {
  readonly local: Local;
  readonly value: IrOperand;
}

/** From here on the object holds nothing of before: its lifetime starts anew. */
export interface IrBegin extends Instruction<"begin"> {
  readonly object: StackObject;
}

/** Copies between memories of the program, neither overlapping. */
export interface IrCopy extends Instruction<"copy"> {
  readonly to: IrOperand;
  readonly from: IrOperand;
  readonly bytes: number;
  /** What both addresses are multiples of. */
  readonly align: number;
}

export interface IrZero extends Instruction<"zero"> {
  readonly to: IrOperand;
  readonly bytes: number;
  readonly align: number;
}

export type IrInstruction =
  | IrValueInstruction
  | (IrCall & { readonly type: "void" })
  | (IrKernelCall & { readonly type: "void" })
  | IrStore
  | IrLocalWrite
  | IrBegin
  | IrCopy
  | IrZero;

export interface IrJump extends Node<"jump"> {
  readonly target: number;
}

export interface IrBranch extends Node<"branch"> {
  readonly condition: IrOperand;
  readonly then: number;
  readonly otherwise: number;
}

export interface IrReturn extends Node<"return"> {
  readonly value: IrOperand | undefined;
}

export type IrTerminator = IrJump | IrBranch | IrReturn;

/** Width of an integer type. */
export function bitsOf(type: IrType): number {
  return type === "ptr" ? 64 : Number(type.slice(1));
}

/** Bytes that a value takes in memory. */
export function bytesOf(type: IrType): number {
  return Math.max(1, bitsOf(type) / 8);
}

/** The integer type of `bytes` bytes. */
export function integerType(bytes: number): IrType {
  switch (bytes) {
    case 1:
      return "i8";
    case 2:
      return "i16";
    case 4:
      return "i32";
    default:
      return "i64";
  }
}

export function constant(type: IrType, value: bigint | number): IrConstant {
  return { kind: "constant", type, value: BigInt(value) };
}

export const nullPointer: IrConstant = { kind: "constant", type: "ptr", value: 0n };

export function globalAddress(name: string): IrGlobalAddress {
  return { kind: "global-address", type: "ptr", name };
}

export function functionAddress(name: string): IrFunctionAddress {
  return { kind: "function-address", type: "ptr", name };
}

/** Blocks that control may reach next. */
export function successorsOf(terminator: IrTerminator): readonly number[] {
  switch (terminator.kind) {
    case "jump":
      return [terminator.target];
    case "branch":
      return [terminator.then, terminator.otherwise];
    case "return":
      return [];
  }
}
