/**
 * Objects that LLVM made before, by the IR they were made of. One build of LLVM makes the same of the same IR, so nothing kept
 * here can be out of date: a script that is run again starts without waiting for LLVM.
 *
 * An object runs with the privilege of whoever loads it, so only files are believed that nobody else can have written.
 */

import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rename,
  rmSync,
  statSync,
  writeFile,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import { binaryStamp } from "@probewright/llvm-bindings";

export interface ObjectCache {
  /** Undefined when there is none, or none that may be believed. */
  readonly find: (ir: string) => Uint8Array | undefined;
  /** Comes to nothing where it cannot be written: the next run waits again. */
  readonly keep: (ir: string, object: Uint8Array) => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Names another folder; `off` keeps nothing. */
const FOLDER_VARIABLE = "PROBEWRIGHT_OBJECT_CACHE";

/** Undefined when objects are not to be kept. */
export function openObjectCache(environment: Environment): ObjectCache | undefined {
  const folder = environment[FOLDER_VARIABLE] ?? defaultFolder(environment);
  const stamp = binaryStamp();
  if (folder === "off" || folder === "" || stamp === undefined) return undefined;
  return {
    find: (ir) => {
      const key = Buffer.from(`${stamp}\n${ir}`);
      return objectIn(readTrusted(folder, nameOf(key)), key);
    },
    keep: (ir, object) => {
      const key = Buffer.from(`${stamp}\n${ir}`);
      if (key.length < MOST_KEY_BYTES) write(folder, nameOf(key), entryOf(key, object));
    },
  };
}

/** Root shares its own with nobody's home: with sudo that may be another user's. */
function defaultFolder(environment: Environment): string {
  if (process.geteuid?.() === 0) return "/var/cache/probewright/objects";
  const home = environment["HOME"] ?? homedir();
  return join(environment["XDG_CACHE_HOME"] ?? join(home, ".cache"), "probewright/objects");
}

/** Scripts of this size take so long elsewhere that they need not fill the disk. */
const MOST_KEY_BYTES = 4 << 20;
const MAGIC = 0x31_4f_57_50;
const HEADER_BYTES = 12;
/** So many are kept; the oldest go first. */
const MOST_ENTRIES = 200;
const TO_REMOVE = 50;

/** The IR stands in the entry as well: an object is believed for what it was made of, not for its name. */
function nameOf(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex");
}

function entryOf(key: Buffer, object: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(key.length, 4);
  header.writeUInt32LE(object.length, 8);
  return Buffer.concat([header, key, object]);
}

function objectIn(entry: Buffer | undefined, key: Buffer): Uint8Array | undefined {
  if (entry === undefined || entry.length < HEADER_BYTES || entry.readUInt32LE(0) !== MAGIC) return undefined;
  const start = HEADER_BYTES + entry.readUInt32LE(4);
  if (start + entry.readUInt32LE(8) !== entry.length) return undefined;
  return key.equals(entry.subarray(HEADER_BYTES, start)) ? entry.subarray(start) : undefined;
}

/** Group and others may not write. */
function isOurs({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return uid === process.geteuid?.() && (mode & 0o022) === 0;
}

function readTrusted(folder: string, name: string): Buffer | undefined {
  let file: number | undefined;
  try {
    const place = lstatSync(folder);
    if (!place.isDirectory() || !isOurs(place)) return undefined;
    file = openSync(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW);
    const found = fstatSync(file);
    return found.isFile() && isOurs(found) ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function write(folder: string, name: string, entry: Buffer): void {
  try {
    makeFolder(folder);
    if (!isOurs(lstatSync(folder))) return;
    makeRoom(folder);
  } catch {
    return;
  }
  // Not waited for. Whoever looks meanwhile sees all of it or nothing.
  const path = join(folder, name);
  const half = `${path}.${process.pid.toString()}`;
  writeFile(half, entry, { mode: 0o600 }, (error) => {
    if (error === null) rename(half, path, () => undefined);
  });
}

/** Its parents as well, but not by `recursive`, which never ends below /proc. */
function makeFolder(folder: string): void {
  for (const path of [dirname(dirname(folder)), dirname(folder), folder]) {
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
  }
}

function makeRoom(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (files.length < MOST_ENTRIES) return;
  const oldest = files
    .map((path) => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.time - b.time);
  for (const { path } of oldest.slice(0, TO_REMOVE)) rmSync(path, { force: true });
}
