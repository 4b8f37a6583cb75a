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
  try {
    const file = openSync(path, "r");
    try {
      return readSync(file, Buffer.alloc(1), 0, 1, null) === 1;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

function failureOf(error: unknown): ReadFailure {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "absent";
  return code === "EACCES" || code === "EPERM" ? "forbidden" : "unreadable";
}
