/**
 * Opens BTF, the kernel's own description of its types: one pass over the type section notes where each type starts,
 * everything else is decoded when asked for. Layout after Documentation/bpf/btf.rst of the kernel.
 */

import { err, ok, type Result } from "../../base/result.ts";

/** In the order of their numbers in the format. */
export const btfKinds = [
  "void",
  "integer",
  "pointer",
  "array",
  "struct",
  "union",
  "enum",
  "forward",
  "typedef",
  "volatile",
  "const",
  "restrict",
  "function",
  "function-prototype",
  "variable",
  "data-section",
  "float",
  "declaration-tag",
  "type-tag",
  "enum64",
] as const;
export type BtfKind = (typeof btfKinds)[number];

/** By number of the own type: where in the type section it starts, in words, and of what kind it is. */
export interface BtfIndex {
  readonly starts: Uint32Array;
  readonly kinds: Uint8Array;
}

/** One opened BTF object; a module's object continues the ids and strings of the kernel's. */
export interface Btf extends BtfIndex {
  /** `vmlinux` or the module's name. */
  readonly module: string;
  readonly base: Btf | undefined;
  /** Ids from here to `endId` (exclusive) are this object's own; lower ones are the base's, 0 is void. */
  readonly firstId: number;
  readonly endId: number;
  /** The type section. */
  readonly words: Uint32Array;
  /** The string section; offsets below `firstString` are the base's. */
  readonly strings: Uint8Array;
  readonly firstString: number;
}

/** `offset` is in bytes from the start of the file. */
export interface BtfError {
  readonly kind: "not-btf" | "unsupported" | "truncated" | "bad-type" | "bad-string";
  readonly offset: number;
  readonly message: string;
}

export interface BtfOptions {
  readonly module: string;
  readonly base?: Btf | undefined;
  /** Of exactly these bytes, from when they were opened before. */
  readonly index?: BtfIndex | undefined;
}

const MAGIC = 0xeb9f;
const MAGIC_OTHER_ENDIAN = 0x9feb;
const HEADER_BYTES = 24;
/** A type takes at least three words: name, info, size or type. */
const TYPE_WORDS = 3;

/** Indexes BTF without copying it: `bytes` must not change afterwards. Little-endian only, as x86-64 and arm64 are. */
export function openBtf(bytes: Uint8Array, options: BtfOptions): Result<Btf, BtfError> {
  const sections = readHeader(bytes);
  if (!sections.ok) return sections;
  const { types, strings } = sections.value;
  if (strings.length === 0 ? options.base === undefined : strings[strings.length - 1] !== 0) {
    return fail("bad-string", bytes.length, "the string section does not end with NUL");
  }
  const firstString = options.base === undefined ? 0 : options.base.firstString + options.base.strings.length;
  const words = alignedWords(types);
  const { index, stopped } =
    options.index === undefined
      ? findTypes(words, firstString + strings.length)
      : { index: options.index, stopped: undefined };
  if (stopped !== undefined) return err(stopped);
  const firstId = options.base?.endId ?? 1;
  return ok({
    module: options.module,
    base: options.base,
    firstId,
    endId: firstId + index.starts.length,
    words,
    ...index,
    strings,
    firstString,
  });
}

/** So much of either section is read. The kernel hands its types out by pages of 4096 bytes, and a page takes some microseconds. */
const FIRST_BYTES = 65_536;

/**
 * The first types of a kernel, as far as they and their names are among the first bytes: what has been in the kernel's sources
 * for long is. Ids beyond decode as void.
 *
 * @param read fewer bytes at the end of the file; undefined when it cannot be read
 */
export function openFirstTypes(
  read: (offset: number, length: number) => Uint8Array | undefined,
): Btf | undefined {
  const header = read(0, HEADER_BYTES);
  if (header?.length !== HEADER_BYTES) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint16(0, true) !== MAGIC || view.getUint8(2) !== 1) return undefined;
  const section = (at: number): Uint8Array | undefined =>
    read(
      view.getUint32(4, true) + view.getUint32(at, true),
      Math.min(FIRST_BYTES, view.getUint32(at + 4, true)),
    );
  const types = section(8);
  const names = section(16);
  if (types === undefined || names === undefined) return undefined;
  const strings = names.subarray(0, names.lastIndexOf(0) + 1);
  const words = alignedWords(types.subarray(0, types.length - (types.length % 4)));
  const { index } = findTypes(words, strings.length);
  return {
    module: "vmlinux",
    base: undefined,
    firstId: 1,
    endId: 1 + index.starts.length,
    words,
    ...index,
    strings,
    firstString: 0,
  };
}

function fail(kind: BtfError["kind"], offset: number, message: string): Result<never, BtfError> {
  return err({ kind, offset, message });
}

interface Sections {
  readonly types: Uint8Array;
  readonly strings: Uint8Array;
}

function readHeader(bytes: Uint8Array): Result<Sections, BtfError> {
  if (bytes.length < HEADER_BYTES) return fail("truncated", bytes.length, "shorter than a BTF header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint16(0, true);
  if (magic === MAGIC_OTHER_ENDIAN) return fail("unsupported", 0, "big-endian BTF");
  if (magic !== MAGIC) return fail("not-btf", 0, "no BTF magic number");
  if (view.getUint8(2) !== 1) return fail("unsupported", 2, `BTF version ${view.getUint8(2)}`);
  const headerLength = view.getUint32(4, true);
  const section = (at: number): Uint8Array | undefined => {
    const start = headerLength + view.getUint32(at, true);
    const end = start + view.getUint32(at + 4, true);
    return headerLength >= HEADER_BYTES && end <= bytes.length ? bytes.subarray(start, end) : undefined;
  };
  const types = section(8);
  const strings = section(16);
  if (types === undefined || strings === undefined) {
    return fail("truncated", bytes.length, "a section reaches beyond the end of the file");
  }
  if (types.length % 4 !== 0) {
    return fail("bad-type", headerLength, "the type section is no whole number of words");
  }
  return ok({ types, strings });
}

function alignedWords(section: Uint8Array): Uint32Array {
  const aligned = section.byteOffset % 4 === 0 ? section : section.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

/** Words of a type after its first three: so many, and so many more for each part. */
const trailingWords: Readonly<Record<BtfKind, readonly [fixed: number, forEach: number] | undefined>> = {
  void: undefined,
  integer: [1, 0],
  variable: [1, 0],
  "declaration-tag": [1, 0],
  array: [3, 0],
  struct: [0, 3],
  union: [0, 3],
  "data-section": [0, 3],
  enum64: [0, 3],
  enum: [0, 2],
  "function-prototype": [0, 2],
  pointer: [0, 0],
  forward: [0, 0],
  typedef: [0, 0],
  volatile: [0, 0],
  const: [0, 0],
  restrict: [0, 0],
  function: [0, 0],
  float: [0, 0],
  "type-tag": [0, 0],
};

/** By number of the kind; 0 words in all for one that is unknown. */
const wordsOfKind = new Uint8Array(0x20);
const wordsOfPart = new Uint8Array(0x20);
btfKinds.forEach((kind, number) => {
  const [fixed, forEach] = trailingWords[kind] ?? [];
  if (fixed !== undefined) wordsOfKind[number] = TYPE_WORDS + fixed;
  wordsOfPart[number] = forEach ?? 0;
});

interface FoundTypes {
  /** Of the types before the one at which it stopped. */
  readonly index: BtfIndex;
  /** Undefined when it came to the end. */
  readonly stopped: BtfError | undefined;
}

/** Runs once for each of 150,000 types before anything is known of the kernel, in code that nothing has optimised yet. */
function findTypes(words: Uint32Array, stringEnd: number): FoundTypes {
  const starts = new Uint32Array(Math.ceil(words.length / TYPE_WORDS));
  const kinds = new Uint8Array(starts.length);
  let count = 0;
  let wrong: readonly [BtfError["kind"], string] | undefined;
  let at = 0;
  while (at < words.length) {
    const info = words[at + 1] ?? 0;
    const kind = (info >>> 24) & 0x1f;
    const fixed = wordsOfKind[kind] ?? 0;
    const next = at + fixed + (wordsOfPart[kind] ?? 0) * (info & 0xffff);
    if (fixed === 0) wrong = ["bad-type", "of an unknown kind"];
    else if (next > words.length) wrong = ["truncated", "cut off"];
    else if ((words[at] ?? 0) >= stringEnd) wrong = ["bad-string", "named outside the strings"];
    if (wrong !== undefined) break;
    starts[count] = at;
    kinds[count] = kind;
    count += 1;
    at = next;
  }
  const index = { starts: starts.slice(0, count), kinds: kinds.slice(0, count) };
  if (wrong === undefined) return { index, stopped: undefined };
  const [kind, what] = wrong;
  return { index, stopped: { kind, offset: at * 4, message: `type ${count + 1} is ${what}` } };
}

/** The object that holds a type itself: `btf` or its base. */
export function ownerOf(btf: Btf, id: number): Btf {
  return id < btf.firstId && btf.base !== undefined ? btf.base : btf;
}

/** Index of the first word of a type in its owner's words; undefined for void and for ids that do not exist. */
export function startOf(owner: Btf, id: number): number | undefined {
  return owner.starts[id - owner.firstId];
}

/** The kind of a type; ids that do not exist are void. */
export function kindOf(btf: Btf, id: number): BtfKind {
  const owner = ownerOf(btf, id);
  const start = startOf(owner, id);
  if (start === undefined) return "void";
  return btfKinds[((owner.words[start + 1] ?? 0) >>> 24) & 0x1f] ?? "void";
}

/** Offset of a type's name in the strings; 0 when it has none. */
export function nameOffsetOf(btf: Btf, id: number): number {
  const owner = ownerOf(btf, id);
  const start = startOf(owner, id);
  return start === undefined ? 0 : (owner.words[start] ?? 0);
}

/** What the word behind name and kind says: for typedefs, qualifiers and pointers the type they are about. */
export function referenceOf(btf: Btf, id: number): number {
  const owner = ownerOf(btf, id);
  const start = startOf(owner, id);
  return start === undefined ? 0 : (owner.words[start + 2] ?? 0);
}

/** The name of a type, empty when it has none. */
export function nameOf(btf: Btf, id: number): string {
  return stringAt(btf, nameOffsetOf(btf, id));
}

/** Names are ASCII in practice; other bytes become the characters of the same number. */
export function stringAt(btf: Btf, offset: number): string {
  const holder = holderOf(btf, offset);
  const { strings } = holder;
  const start = offset - holder.firstString;
  const end = strings.indexOf(0, start);
  return latin1(strings, start, end === -1 ? strings.length : end);
}

/** Arguments that one call takes safely. */
const CHUNK = 4096;

/** Made in one piece, because lists of names are sorted and compared, which strings glued together are slow at. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  // `apply` takes any array-like; spreading takes three times as long.
  const codes = bytes.subarray(start, Math.min(end, start + CHUNK)) as unknown as number[];
  if (end - start <= CHUNK) return String.fromCharCode.apply(null, codes);
  return latin1(bytes, start, start + CHUNK) + latin1(bytes, start + CHUNK, end);
}

/** Whether the string at `offset` starts with `prefix`, without decoding it. */
export function stringStartsWith(btf: Btf, offset: number, prefix: string): boolean {
  const holder = holderOf(btf, offset);
  const start = offset - holder.firstString;
  for (let i = 0; i < prefix.length; i += 1) {
    if (holder.strings[start + i] !== prefix.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether the string at `offset` is `text`, without decoding it. */
export function stringEquals(btf: Btf, offset: number, text: string): boolean {
  if (!stringStartsWith(btf, offset, text)) return false;
  const holder = holderOf(btf, offset);
  const end = holder.strings[offset - holder.firstString + text.length];
  return end === undefined || end === 0;
}

/** Whose strings an offset is in. */
export function holderOf(btf: Btf, offset: number): Btf {
  return offset < btf.firstString && btf.base !== undefined ? btf.base : btf;
}
