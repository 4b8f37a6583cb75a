/** From bytes of an event or a map to values, by the types of the manifest. */

import {
  layoutOf,
  partsOf,
  sizeOf,
  type AggregationType,
  type InetType,
  type PlainType,
  type StackType,
  type StructField,
  type StructTable,
  type Type,
} from "@probewright/compiler";
import type { StackFrame, Value } from "./value.ts";

/** What turns addresses and ids into words. Each answers at once, from its cache or from the system. */
export interface Resolvers {
  readonly kernelSymbol: (address: bigint) => StackFrame;
  readonly userSymbol: (address: bigint, pid: number) => StackFrame;
  /**
   * What stands at one address of a stack: functions that were inlined there first, then the one that holds the code.
   * In a caller the address is where it goes on after the call.
   */
  readonly userFrames: (address: bigint, pid: number, isCaller: boolean) => readonly StackFrame[];
  readonly userName: (uid: number) => string;
  /** Text of a time the program captured. `format` is an index into the manifest's strings as the program stored it. */
  readonly time: (format: number, mode: number, nanoseconds: bigint) => string;
  readonly cgroupPath: (filter: bigint, id: bigint) => string;
}

export interface DecodeContext {
  readonly structs: StructTable;
  readonly resolvers: Resolvers;
}

/** @param at offset of the value in `bytes` */
export function decodeValue(bytes: Buffer, at: number, type: Type, context: DecodeContext): Value {
  switch (type.kind) {
    case "boolean":
      return { kind: "boolean", value: bytes[at] !== 0 };
    case "integer": {
      const value = readInteger(bytes, at, type.size, type.signed);
      if (type.enumName === undefined)
        return { kind: "integer", value, signed: type.signed, size: type.size };
      const members = context.structs.findEnum(type.enumName)?.members ?? [];
      return { kind: "enum", value, name: members.find((member) => member.value === value)?.name };
    }
    case "pointer":
      return { kind: "pointer", value: bytes.readBigUInt64LE(at) };
    case "string":
      return decodeString(bytes, at, type.size);
    case "buffer": {
      const length = Math.min(bytes.readUInt32LE(at), type.capacity);
      return { kind: "buffer", bytes: copy(bytes, at + 4, length) };
    }
    case "array": {
      const size = sizeOf(type.element, context.structs);
      const elements = Array.from({ length: type.count }, (_, i) =>
        decodeValue(bytes, at + i * size, type.element, context),
      );
      return { kind: "array", elements };
    }
    case "tuple": {
      const { offsets } = layoutOf(type.elements, context.structs);
      return {
        kind: "tuple",
        elements: type.elements.map((element, i) =>
          decodeValue(bytes, at + (offsets[i] ?? 0), element, context),
        ),
      };
    }
    case "record": {
      const { offsets } = layoutOf(partsOf(type), context.structs);
      const fields = type.fields.map(({ name, type: field }, i) => ({
        name,
        value: decodeValue(bytes, at + (offsets[i] ?? 0), field, context),
      }));
      return { kind: "record", fields };
    }
    case "struct":
      return decodeStruct(bytes, at, type.name, context);
    case "aggregation":
      return decodeAggregation(bytes, at, type);
    default:
      return decodeResolved(bytes, at, type, context);
  }
}

/** What a program reduced over all CPUs: an integer, or the total and count of statistics. */
function decodeAggregation(bytes: Buffer, at: number, { function: name, signed }: AggregationType): Value {
  const value = readInteger(bytes, at, 8, signed);
  if (name !== "stats") return { kind: "integer", value, signed, size: 8 };
  const count = readInteger(bytes, at + 8, 8, false);
  return { kind: "stats", count, average: count === 0n ? 0n : value / count, total: value, signed };
}

/** Types whose text is looked up outside the program. */
function decodeResolved(
  bytes: Buffer,
  at: number,
  type: PlainType | InetType | StackType,
  { resolvers }: DecodeContext,
): Value {
  switch (type.kind) {
    case "kernel-symbol":
      return symbolText(resolvers.kernelSymbol(bytes.readBigUInt64LE(at)));
    case "user-symbol":
      return symbolText(resolvers.userSymbol(bytes.readBigUInt64LE(at), bytes.readUInt32LE(at + 8)));
    case "username":
      return { kind: "text", text: resolvers.userName(Number(bytes.readBigUInt64LE(at) & 0xffff_ffffn)) };
    case "timestamp":
      return {
        kind: "text",
        text: resolvers.time(
          bytes.readUInt32LE(at),
          bytes.readUInt32LE(at + 4),
          bytes.readBigUInt64LE(at + 8),
        ),
      };
    case "mac-address":
      return { kind: "text", text: [...copy(bytes, at, 6)].map(hexByte).join(":") };
    case "cgroup-path":
      return {
        kind: "text",
        text: resolvers.cgroupPath(bytes.readBigUInt64LE(at), bytes.readBigUInt64LE(at + 8)),
      };
    case "inet":
      return { kind: "text", text: decodeInet(bytes, at) };
    case "stack":
      return decodeStack(bytes, at, type, resolvers);
    default:
      return { kind: "none" };
  }
}

export function readInteger(bytes: Buffer, at: number, size: 1 | 2 | 4 | 8, signed: boolean): bigint {
  switch (size) {
    case 1:
      return BigInt(signed ? bytes.readInt8(at) : bytes.readUInt8(at));
    case 2:
      return BigInt(signed ? bytes.readInt16LE(at) : bytes.readUInt16LE(at));
    case 4:
      return BigInt(signed ? bytes.readInt32LE(at) : bytes.readUInt32LE(at));
    case 8:
      return signed ? bytes.readBigInt64LE(at) : bytes.readBigUInt64LE(at);
  }
}

function decodeString(bytes: Buffer, at: number, size: number): Value {
  const end = bytes.indexOf(0, at);
  const truncated = size > 0 && (end === -1 || end >= at + size);
  return { kind: "string", bytes: copy(bytes, at, truncated ? size : end - at), truncated };
}

function copy(bytes: Buffer, at: number, length: number): Uint8Array {
  return Uint8Array.prototype.slice.call(bytes, at, at + Math.max(0, length));
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, "0").toUpperCase();
}

function symbolText(frame: StackFrame): Value {
  return { kind: "text", text: frame.symbol ?? addressText(frame.address) };
}

/** Zero has no prefix, as in C. */
function addressText(address: bigint): string {
  return address === 0n ? "0" : `0x${address.toString(16)}`;
}

function decodeStruct(bytes: Buffer, at: number, name: string, context: DecodeContext): Value {
  const fields = context.structs.findStruct(name)?.fields ?? [];
  return {
    kind: "record",
    fields: fields.map((field) => {
      if (field.bitfield === undefined) {
        return { name: field.name, value: decodeField(bytes, at + field.offset, field, context) };
      }
      const { shift, width } = field.bitfield;
      const size = sizeOf(field.type, context.structs);
      const unit = readInteger(bytes, at + field.offset, integerSize(size), false) >> BigInt(shift);
      // Without a sign, as where a field is read by itself.
      const signed = field.type.kind === "integer" && field.type.signed;
      const value = BigInt.asUintN(width, unit);
      return { name: field.name, value: { kind: "integer", value, signed, size } };
    }),
  };
}

function decodeField(bytes: Buffer, at: number, field: StructField, context: DecodeContext): Value {
  const { type } = field;
  if (field.unterminated !== true || type.kind !== "string") return decodeValue(bytes, at, type, context);
  const value = decodeString(bytes, at, type.size - 1);
  return value.kind === "string" ? { ...value, truncated: false } : value;
}

function integerSize(size: number): 1 | 2 | 4 | 8 {
  return size === 1 || size === 2 || size === 4 ? size : 8;
}

/** Address families of `inet`. Source: include/linux/socket.h. */
const AF_INET = 2n;
const AF_INET6 = 10n;

function decodeInet(bytes: Buffer, at: number): string {
  const family = bytes.readBigUInt64LE(at);
  // Of another family, or never written: there is no address to show.
  if (family !== AF_INET && family !== AF_INET6) return "";
  if (family === AF_INET) return [...copy(bytes, at + 8, 4)].join(".");
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(at + 8 + 2 * i));
  return formatIpv6(groups, copy(bytes, at + 8, 16));
}

/** The canonical text of RFC 5952, with the dotted form for mapped IPv4 addresses. */
export function formatIpv6(groups: readonly number[], raw: Uint8Array): string {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${[...raw.slice(12)].join(".")}`;
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  if (best.start === -1) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}

function decodeStack(
  bytes: Buffer,
  at: number,
  type: Extract<Type, { kind: "stack" }>,
  resolvers: Resolvers,
): Value {
  const count = Math.min(Number(BigInt.asIntN(64, bytes.readBigUInt64LE(at))), type.limit);
  const pid = type.user ? bytes.readUInt32LE(at + 8) : 0;
  const first = at + (type.user ? 16 : 8);
  const frames: StackFrame[] = [];
  for (let i = 0; i < count; i += 1) {
    if (type.mode === "build_id") {
      frames.push(decodeBuildIdFrame(bytes, first + 32 * i));
      continue;
    }
    const address = bytes.readBigUInt64LE(first + 8 * i);
    // Printed as a number: once, however many functions were inlined there.
    if (type.mode === "raw") frames.push({ address, symbol: undefined, offset: 0n, module: undefined });
    else if (type.user) frames.push(...resolvers.userFrames(address, pid, i > 0));
    else frames.push(resolvers.kernelSymbol(address));
  }
  return { kind: "stack", mode: type.mode, frames };
}

/** `struct bpf_stack_build_id`: i32 status, 20 bytes of build id, u64 offset or address. Source: include/uapi/linux/bpf.h. */
const BUILD_ID_VALID = 1;

function decodeBuildIdFrame(bytes: Buffer, at: number): StackFrame {
  const value = bytes.readBigUInt64LE(at + 24);
  const frame = { address: value, symbol: undefined, offset: value, module: undefined };
  if (bytes.readInt32LE(at) !== BUILD_ID_VALID) return frame;
  return { ...frame, buildId: Buffer.from(copy(bytes, at + 4, 20)).toString("hex") };
}

/** Bytes of one CPU's value in a per-CPU map. */
export function paddedSize(size: number): number {
  return Math.ceil(size / 8) * 8;
}
