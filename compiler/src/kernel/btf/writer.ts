/** Writes BTF: for profiles, which keep a part of a kernel's types, and for types that come in another form. */

import type { BtfType } from "./model.ts";
import { type BtfKind, btfKinds } from "./reader.ts";

const HEADER_BYTES = 24;
const MAGIC = 0xeb9f;
const FLAG = 0x80000000;
/** Number of parts that a type's header can say. */
const MAX_PARTS = 0xffff;

/** Offsets of strings, each kept once. */
interface StringSection {
  readonly add: (text: string) => number;
  readonly bytes: () => Uint8Array;
}

function createStrings(): StringSection {
  const offsets = new Map<string, number>([["", 0]]);
  const texts = [""];
  let size = 1;
  return {
    add: (text) => {
      const known = offsets.get(text);
      if (known !== undefined) return known;
      const offset = size;
      offsets.set(text, offset);
      texts.push(text);
      size += text.length + 1;
      return offset;
    },
    bytes: () => {
      const bytes = new Uint8Array(size);
      let at = 0;
      for (const text of texts) {
        for (let i = 0; i < text.length; i += 1) bytes[at + i] = text.charCodeAt(i);
        at += text.length + 1;
      }
      return bytes;
    },
  };
}

/** A whole BTF object without a base; the first type gets id 1. Characters of names beyond 255 lose their high bits. */
export function encodeBtf(types: readonly BtfType[]): Uint8Array {
  const strings = createStrings();
  const words: number[] = [];
  for (const type of types) writeType(type, strings, words);
  const text = strings.bytes();
  const bytes = new Uint8Array(HEADER_BYTES + words.length * 4 + text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, MAGIC, true);
  view.setUint8(2, 1);
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint32(8, 0, true);
  view.setUint32(12, words.length * 4, true);
  view.setUint32(16, words.length * 4, true);
  view.setUint32(20, text.length, true);
  words.forEach((word, i) => {
    view.setUint32(HEADER_BYTES + i * 4, word >>> 0, true);
  });
  bytes.set(text, HEADER_BYTES + words.length * 4);
  return bytes;
}

/** Words of one type: name, kind with flag and number of parts, size or type, then its parts. */
function writeType(type: BtfType, strings: StringSection, words: number[]): void {
  const head = (kind: BtfKind, name: string, parts: number, flag: boolean, sizeOrType: number): void => {
    const info = (btfKinds.indexOf(kind) << 24) | Math.min(parts, MAX_PARTS) | (flag ? FLAG : 0);
    words.push(strings.add(name), info, sizeOrType);
  };
  switch (type.kind) {
    case "void":
      // Id 0 alone is void; a void among the types is a declaration without a name.
      head("forward", "", 0, false, 0);
      break;
    case "integer":
      head(type.kind, type.name, 0, false, type.size);
      words.push(
        (((type.signed ? 1 : 0) | (type.boolean ? 4 : 0)) << 24) |
          (type.bitOffset << 16) |
          (type.bits & 0xff),
      );
      break;
    case "array":
      head(type.kind, "", 0, false, 0);
      words.push(type.type, type.indexType, type.count);
      break;
    case "struct":
    case "union":
      writeMembers(type, strings, words, head);
      break;
    case "enum":
    case "enum64":
      head(type.kind, type.name, type.enumerators.length, type.signed, type.size);
      for (const { name, value } of type.enumerators.slice(0, MAX_PARTS)) {
        words.push(strings.add(name), Number(BigInt.asUintN(32, value)));
        if (type.kind === "enum64") words.push(Number(BigInt.asUintN(32, value >> 32n)));
      }
      break;
    case "forward":
      head(type.kind, type.name, 0, type.union, 0);
      break;
    case "float":
      head(type.kind, type.name, 0, false, type.size);
      break;
    default:
      writeReference(type, strings, words, head);
  }
}

type Head = (kind: BtfKind, name: string, parts: number, flag: boolean, sizeOrType: number) => void;

function writeMembers(
  type: BtfType & { readonly kind: "struct" | "union" },
  strings: StringSection,
  words: number[],
  head: Head,
): void {
  const withWidths = type.members.some((member) => member.bitWidth > 0);
  head(type.kind, type.name, type.members.length, withWidths, type.size);
  for (const member of type.members.slice(0, MAX_PARTS)) {
    const offset = withWidths ? (member.bitWidth << 24) | (member.bitOffset & 0xffffff) : member.bitOffset;
    words.push(strings.add(member.name), member.type, offset);
  }
}

type Reference = Exclude<
  BtfType,
  {
    readonly kind:
      | "void"
      | "integer"
      | "array"
      | "struct"
      | "union"
      | "enum"
      | "enum64"
      | "forward"
      | "float";
  }
>;

function writeReference(type: Reference, strings: StringSection, words: number[], head: Head): void {
  switch (type.kind) {
    case "pointer":
      head(type.kind, "", 0, false, type.type);
      break;
    case "typedef":
    case "volatile":
    case "const":
    case "restrict":
    case "type-tag":
      head(type.kind, type.name, 0, false, type.type);
      break;
    case "function":
      head(type.kind, type.name, type.linkage, false, type.type);
      break;
    case "function-prototype":
      head(type.kind, "", type.parameters.length, false, type.returns);
      for (const parameter of type.parameters.slice(0, MAX_PARTS)) {
        words.push(strings.add(parameter.name), parameter.type);
      }
      break;
    case "variable":
      head(type.kind, type.name, 0, false, type.type);
      words.push(type.linkage);
      break;
    case "data-section":
      head(type.kind, type.name, type.variables.length, false, type.size);
      for (const variable of type.variables.slice(0, MAX_PARTS)) {
        words.push(variable.type, variable.offset, variable.size);
      }
      break;
    case "declaration-tag":
      head(type.kind, type.name, 0, false, type.type);
      words.push(type.component);
      break;
  }
}
