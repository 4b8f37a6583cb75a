/** Reading files of the kernel and of programs: absent and forbidden are answers, not exceptions. */

import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";

import { err, ok, type Result } from "@probewright/compiler";

export type ReadFailure = "absent" | "forbidden" | "unreadable";

/** The whole file; files of the kernel say no size, so none is asked for. */
export function readBytes(path: string): Result<Buffer, ReadFailure> {
  try {
    return ok(readFileSync(path));
  } catch (error) {
    return err(failureOf(error));
  }
}

/**
 * Has `use` read parts of a file. Files of the kernel may give less than is asked for at a time, so each part is read until it is
 * there or the file ends.
 *
 * @returns undefined when the file cannot be opened
 */
export function withParts<T>(
  path: string,
  use: (read: (offset: number, length: number) => Buffer | undefined) => T,
): T | undefined {
  let file: number | undefined;
  try {
    const opened = (file = openSync(path, "r"));
    return use((offset, length) => readPart(opened, offset, length));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readPart(file: number, offset: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  let filled = 0;
  for (let count = 1; count > 0 && filled < length; filled += count)
    count = readSync(file, part, filled, length - filled, offset + filled);
  return part.subarray(0, filled);
}

export function readText(path: string): Result<string, ReadFailure> {
  const bytes = readBytes(path);
  return bytes.ok ? ok(bytes.value.toString("latin1")) : bytes;
}

/** Names of the folders in a folder, sorted by code units. */
export function folderNames(path: string): Result<readonly string[], ReadFailure> {
  try {
    const names = readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    return ok(names.sort());
  } catch (error) {
    return err(failureOf(error));
  }
}

/** Whether a first byte can be read: permissions alone do not say, as a locked-down kernel refuses root too. */
export function canRead(path: string): boolean {
  return firstBytes(path, 1) !== undefined;
}

const ELF_MAGIC = 0x7f454c46;

export function isElf(path: string): boolean {
  return firstBytes(path, 4)?.readUInt32BE(0) === ELF_MAGIC;
}

/** Undefined when the file cannot be read or is shorter. */
function firstBytes(path: string, count: number): Buffer | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(count);
      return readSync(file, bytes, 0, count, null) === count ? bytes : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function failureOf(error: unknown): ReadFailure {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "absent";
  return code === "EACCES" || code === "EPERM" ? "forbidden" : "unreadable";
}
