/**
 * The entries of an .eh_frame section: for each function its addresses, and the instructions that say where its caller is.
 * Format: System V ABI for x86-64, and the Linux Standard Base (Exception Frames).
 */

import { ByteReader } from "./byte-reader.ts";

/** What functions have in common. */
export interface CommonEntry {
  readonly codeAlign: number;
  readonly dataAlign: number;
  readonly returnRegister: number;
  readonly addressEncoding: number;
  readonly hasAugmentationData: boolean;
  /** Of code that the kernel has a signal handler return to. */
  readonly isSignalFrame: boolean;
  readonly instructions: ByteReader;
}

export interface FunctionEntry {
  readonly common: CommonEntry;
  readonly start: number;
  readonly end: number;
  readonly instructions: ByteReader;
}

/** How pointers are written: the low half says as what, the high half from where they count. */
const ABSOLUTE = 0x00;
const FROM_HERE = 0x10;
const OMITTED = 0xff;
const FORMAT = 0x0f;
const ORIGIN = 0x70;
const INDIRECT = 0x80;
const LONG_LENGTH = 0xffffffff;

export interface FrameSection {
  readonly bytes: Buffer;
  /** Where the section is in memory, unless moved. */
  readonly address: number;
}

/** Entries that cannot be read are left out: their functions have no information then. Sorted by address. */
export function readFrameEntries({ bytes, address }: FrameSection): readonly FunctionEntry[] {
  const commons = new Map<number, CommonEntry | undefined>();
  const functions: FunctionEntry[] = [];
  const reader = new ByteReader(bytes, 0, bytes.length);
  while (reader.more) {
    const short = reader.u32();
    if (short === 0) break;
    const length = short === LONG_LENGTH ? reader.u64() : short;
    const { at } = reader;
    const body = reader.part(length);
    const back = body.u32();
    if (body.ended || back === 0) continue;
    const place = at - back;
    if (!commons.has(place)) commons.set(place, readCommonAt(bytes, place));
    const common = commons.get(place);
    const entry = common === undefined ? undefined : readFunction(body, common, address);
    if (entry !== undefined) functions.push(entry);
  }
  return functions.sort((left, right) => left.start - right.start);
}

function readCommonAt(bytes: Buffer, at: number): CommonEntry | undefined {
  if (at < 0) return undefined;
  const reader = new ByteReader(bytes, at, bytes.length);
  const short = reader.u32();
  const body = reader.part(short === LONG_LENGTH ? reader.u64() : short);
  if (body.u32() !== 0) return undefined;
  const version = body.u8();
  const augmentation = body.text();
  if ((version !== 1 && version !== 3) || augmentation.startsWith("eh")) return undefined;
  const codeAlign = body.unsigned();
  const dataAlign = body.signed();
  const returnRegister = version === 1 ? body.u8() : body.unsigned();
  const found = readAugmentation(body, augmentation);
  if (body.ended || found === undefined) return undefined;
  return { codeAlign, dataAlign, returnRegister, ...found, instructions: body };
}

type Augmentation = Pick<CommonEntry, "addressEncoding" | "hasAugmentationData" | "isSignalFrame">;

function readAugmentation(body: ByteReader, augmentation: string): Augmentation | undefined {
  if (augmentation === "") {
    return { addressEncoding: ABSOLUTE, hasAugmentationData: false, isSignalFrame: false };
  }
  if (!augmentation.startsWith("z")) return undefined;
  const data = body.part(body.unsigned());
  let addressEncoding = ABSOLUTE;
  for (const letter of augmentation.slice(1)) {
    if (letter === "R") addressEncoding = data.u8();
    else if (letter === "L") data.u8();
    else if (letter === "P") readPointer(data, data.u8(), 0);
    // Of what another letter means nothing that follows can be told.
    else if (letter !== "S" && letter !== "B") return undefined;
  }
  if (data.ended) return undefined;
  return { addressEncoding, hasAugmentationData: true, isSignalFrame: augmentation.includes("S") };
}

function readFunction(body: ByteReader, common: CommonEntry, address: number): FunctionEntry | undefined {
  const { addressEncoding, hasAugmentationData } = common;
  const start = readPointer(body, addressEncoding, address);
  const size = readPointer(body, addressEncoding & FORMAT, 0);
  if (hasAugmentationData) body.part(body.unsigned());
  if (body.ended || start === undefined || size === undefined || size <= 0) return undefined;
  return { common, start, end: start + size, instructions: body };
}

/** @param address of the section. @returns undefined when the place it counts from is not known */
export function readPointer(reader: ByteReader, encoding: number, address: number): number | undefined {
  if (encoding === OMITTED) return undefined;
  const here = address + reader.at;
  const value = readFormat(reader, encoding & FORMAT);
  if (value === undefined || (encoding & INDIRECT) !== 0) return undefined;
  switch (encoding & ORIGIN) {
    case ABSOLUTE:
      return value;
    case FROM_HERE:
      return value + here;
    default:
      return undefined;
  }
}

function readFormat(reader: ByteReader, format: number): number | undefined {
  switch (format) {
    case 0x0:
    case 0x4:
      return reader.u64();
    case 0x1:
      return reader.unsigned();
    case 0x2:
      return reader.u16();
    case 0x3:
      return reader.u32();
    case 0x9:
      return reader.signed();
    case 0xa:
      return reader.i16();
    case 0xb:
      return reader.i32();
    case 0xc:
      return reader.i64();
    default:
      return undefined;
  }
}
