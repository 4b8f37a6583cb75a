/** The file of a kernel profile: named sections, each compressed by itself, so that opening one reads none. */

import { err, ok, type Result } from "../../base/result.ts";
import { createReader, createWriter } from "./bytes.ts";

export interface ProfileError {
  readonly kind: "not-a-profile" | "newer-version" | "damaged" | "unknown-codec";
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
const VERSION = 1;
/** Sections longer than this are taken for damage, in bytes. */
const MAX_SECTION = 1 << 28;

export function packProfile(sections: readonly ProfileSection[], codec: ProfileCodec): Uint8Array {
  const writer = createWriter();
  writer.text(MAGIC);
  writer.u32(VERSION);
  writer.text(codec.name);
  writer.u32(sections.length);
  for (const { name, bytes } of sections) {
    writer.text(name);
    writer.u32(bytes.length);
    writer.block(codec.compress(bytes));
  }
  return writer.bytes();
}

export function unpackProfile(
  bytes: Uint8Array,
  codecs: readonly ProfileCodec[],
): Result<ProfileFile, ProfileError> {
  const reader = createReader(bytes);
  if (reader.text() !== MAGIC) return fail("not-a-profile", "this is no kernel profile");
  const version = reader.u32() ?? 0;
  if (version !== VERSION) {
    return fail("newer-version", `profile version ${version}; this program reads version ${VERSION}`);
  }
  const codecName = reader.text() ?? "";
  const codec = [...codecs, plainCodec].find(({ name }) => name === codecName);
  if (codec === undefined) return fail("unknown-codec", `compressed with '${codecName}'`);
  const sections = new Map<string, { readonly length: number; readonly packed: Uint8Array }>();
  const count = reader.u32() ?? 0;
  for (let i = 0; i < count; i += 1) {
    const name = reader.text();
    const length = reader.u32();
    const packed = reader.block();
    if (name === undefined || length === undefined || packed === undefined || length > MAX_SECTION) {
      return fail("damaged", "the profile is cut off");
    }
    sections.set(name, { length, packed });
  }
  return ok({
    names: [...sections.keys()],
    read: (name) => {
      const section = sections.get(name);
      return section === undefined ? undefined : decompress(codec, section.packed, section.length);
    },
    packed: (name) => sections.get(name)?.packed,
  });
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
