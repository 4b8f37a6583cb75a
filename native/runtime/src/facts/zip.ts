/** Programs inside ZIP archives, such as Android's: stored without compression, so that they can be mapped where they lie. */

import type { ByteSource } from "./elf.ts";

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** A comment may follow the end record. */
const MAX_COMMENT = 65535;
const STORED = 0;

/** An archive and a file in it, of `ARCHIVE!/FILE`; undefined when the name has no such form. */
export function splitArchivePath(
  path: string,
): { readonly archive: string; readonly inner: string } | undefined {
  const at = path.indexOf("!/");
  return at === -1 ? undefined : { archive: path.slice(0, at), inner: path.slice(at + 2) };
}

export interface StoredFile {
  /** Of the first byte, in the archive. */
  readonly offset: number;
  readonly size: number;
}

/** @returns why not, as text, for a file that is missing, compressed, or in something that is no archive */
export function findStored(source: ByteSource, name: string): StoredFile | string {
  try {
    return findEntry(source, name);
  } catch (error) {
    if (error instanceof RangeError) return "the archive is damaged";
    throw error;
  }
}

function findEntry(source: ByteSource, name: string): StoredFile | string {
  const tailStart = Math.max(0, source.size - END_BYTES - MAX_COMMENT);
  const tail = source.read(tailStart, source.size - tailStart);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(END_SIGNATURE);
  const end = tail.lastIndexOf(mark);
  if (end === -1) return "it is no ZIP archive";
  const directory = source.read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  for (let at = 0; at + ENTRY_BYTES <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) break;
    const nameLength = directory.readUInt16LE(at + 28);
    const entryName = directory.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    if (entryName === name) return storedAt(source, directory, at);
    at += ENTRY_BYTES + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return `it holds no ${name}`;
}

function storedAt(source: ByteSource, directory: Buffer, at: number): StoredFile | string {
  if (directory.readUInt16LE(at + 10) !== STORED)
    return "the file is compressed in it, so it is never run from there";
  const start = directory.readUInt32LE(at + 42);
  const local = source.read(start, LOCAL_BYTES);
  if (local.readUInt32LE(0) !== LOCAL_SIGNATURE) return "the archive is damaged";
  const offset = start + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  return { offset, size: directory.readUInt32LE(at + 24) };
}

/** The part of a source that holds one file. */
export function partOf(source: ByteSource, { offset, size }: StoredFile): ByteSource {
  return {
    size,
    read: (at, length) => source.read(offset + at, Math.max(0, Math.min(length, size - at))),
  };
}
