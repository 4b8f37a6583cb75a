/**
 * The file of a kernel profile: named sections, each compressed by itself, so that opening one decompresses none, behind a
 * checksum of them all: a changed byte may still decompress, and then names would be missing or wrong without a word.
 */

import { err, ok, type Result } from "../../base/result.ts";
import { type ByteReader, createReader, createWriter } from "./bytes.ts";

export interface ProfileError {
  readonly kind: "not-a-profile" | "other-version" | "damaged" | "unknown-codec";
  readonly message: string;
}

/** How sections are compressed. The host brings it, as platforms differ in what they have. */
export interface ProfileCodec {
  /** Written into the file and compared when it is opened, e.g. `brotli`. */
  readonly name: string;
  readonly compress: (bytes: Uint8Array) => Uint8Array;
  /** @throws anything when the bytes are damaged; at most `length` bytes are expected */
  readonly decompress: (bytes: Uint8Array, length: number) => Uint8Array;
}

/** For a profile that something else compresses as a whole. */
export const plainCodec: ProfileCodec = {
  name: "none",
  compress: (bytes) => bytes,
  decompress: (bytes) => bytes,
};

export interface ProfileSection {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ProfileFile {
  readonly names: readonly string[];
  /** Undefined when there is no such section or it is damaged. Each call decompresses. */
  readonly read: (name: string) => Uint8Array | undefined;
  /** As it stands in the file. */
  readonly packed: (name: string) => Uint8Array | undefined;
}

const MAGIC = "kernel profile of probewright";
/** Raised when older readers would misunderstand the file; new sections alone do not. */
const VERSION = 2;
/** In bytes: the magic text behind its length, the version, the checksum. */
const HEAD_LENGTH = 4 + MAGIC.length + 4 + 4;
/** Sections longer than this are taken for damage, in bytes. */
const MAX_SECTION = 1 << 28;

export function packProfile(sections: readonly ProfileSection[], codec: ProfileCodec): Uint8Array {
  const body = packSections(sections, codec);
  const head = createWriter();
  head.text(MAGIC);
  head.u32(VERSION);
  head.u32(checksum(body));
  return concat(head.bytes(), body);
}

function packSections(sections: readonly ProfileSection[], codec: ProfileCodec): Uint8Array {
  const writer = createWriter();
  writer.text(codec.name);
  writer.u32(sections.length);
  for (const { name, bytes } of sections) {
    writer.text(name);
    writer.u32(bytes.length);
    writer.block(codec.compress(bytes));
  }
  return writer.bytes();
}

/** @param origin what ships with the program has been checked with it, and is opened at every start */
export function unpackProfile(
  bytes: Uint8Array,
  codecs: readonly ProfileCodec[],
  origin: "found" | "shipped" = "found",
): Result<ProfileFile, ProfileError> {
  const reader = createReader(bytes);
  if (reader.text() !== MAGIC) return fail("not-a-profile", "this is no kernel profile");
  const version = reader.u32() ?? 0;
  if (version !== VERSION) {
    const mend = version < VERSION ? "capture it again" : "it needs a newer program";
    return fail(
      "other-version",
      `profile version ${version}; this program reads version ${VERSION}: ${mend}`,
    );
  }
  const sum = reader.u32();
  if (origin === "found" && sum !== checksum(bytes.subarray(HEAD_LENGTH))) {
    return fail("damaged", "the profile is not as it was captured: copy or capture it again");
  }
  const codecName = reader.text() ?? "";
  const codec = [...codecs, plainCodec].find(({ name }) => name === codecName);
  if (codec === undefined) return fail("unknown-codec", `compressed with '${codecName}'`);
  const sections = readSections(reader);
  if (sections === undefined) return fail("damaged", "the profile is cut off");
  return ok({
    names: [...sections.keys()],
    read: (name) => {
      const section = sections.get(name);
      return section === undefined ? undefined : decompress(codec, section.packed, section.length);
    },
    packed: (name) => sections.get(name)?.packed,
  });
}

interface PackedSection {
  /** Before compression, in bytes. */
  readonly length: number;
  readonly packed: Uint8Array;
}

function readSections(reader: ByteReader): ReadonlyMap<string, PackedSection> | undefined {
  const sections = new Map<string, PackedSection>();
  const count = reader.u32() ?? 0;
  for (let i = 0; i < count; i += 1) {
    const name = reader.text();
    const length = reader.u32();
    const packed = reader.block();
    if (name === undefined || length === undefined || packed === undefined || length > MAX_SECTION)
      return undefined;
    sections.set(name, { length, packed });
  }
  return sections;
}

/** The same profile, compressed again: quickly where it is captured, well where it is kept. */
export function repackProfile(
  bytes: Uint8Array,
  codecs: readonly ProfileCodec[],
  codec: ProfileCodec,
): Result<Uint8Array, ProfileError> {
  const file = unpackProfile(bytes, codecs);
  if (!file.ok) return file;
  const sections: ProfileSection[] = [];
  for (const name of file.value.names) {
    const section = file.value.read(name);
    if (section === undefined) return fail("damaged", `the part '${name}' is damaged`);
    sections.push({ name, bytes: section });
  }
  return ok(packProfile(sections, codec));
}

/** FNV-1a in 32 bits: no change of a single byte keeps it. */
function checksum(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

function concat(head: Uint8Array, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

function decompress(codec: ProfileCodec, packed: Uint8Array, length: number): Uint8Array | undefined {
  try {
    const bytes = codec.decompress(packed, length);
    return bytes.length === length ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function fail(kind: ProfileError["kind"], message: string): Result<never, ProfileError> {
  return err({ kind, message });
}
