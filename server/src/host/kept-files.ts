/**
 * Files of what was worked out once, by what it was worked out of. Who reads them believes them, so only files count that nobody
 * else can have written.
 */

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

export interface KeptFiles {
  /** What was kept under that name for exactly that key; undefined when there is none, or none that may be believed. */
  readonly find: (name: string, key: Uint8Array) => Uint8Array | undefined;
  /** Comes to nothing where it cannot be written: the next one works it out again. */
  readonly keep: (name: string, key: Uint8Array, value: Uint8Array) => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Names another folder; `off` keeps nothing. */
const FOLDER_VARIABLE = "PROBEWRIGHT_OBJECT_CACHE";

/** Undefined when nothing is to be kept. */
export function openKeptFiles(environment: Environment): KeptFiles | undefined {
  const folder = environment[FOLDER_VARIABLE] ?? defaultFolder(environment);
  if (folder === "off" || folder === "") return undefined;
  return {
    find: (name, key) => valueIn(readTrusted(folder, name), key),
    keep: (name, key, value) => {
      write(folder, name, entryOf(key, value));
    },
  };
}

/** Root shares its own with nobody's home: with sudo that may be another user's. */
function defaultFolder(environment: Environment): string {
  if (process.geteuid?.() === 0) return "/var/cache/probewright/objects";
  const home = environment["HOME"] ?? homedir();
  return join(environment["XDG_CACHE_HOME"] ?? join(home, ".cache"), "probewright/objects");
}

const MAGIC = 0x31_4f_57_50;
const HEADER_BYTES = 12;
/** So many are kept; the oldest go first. */
const MOST_ENTRIES = 200;
const TO_REMOVE = 50;

/** The key stands in the entry as well: a file is believed for what it was made of, not for its name. */
function entryOf(key: Uint8Array, value: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(key.length, 4);
  header.writeUInt32LE(value.length, 8);
  const padding = Buffer.alloc(valueStart(key.length) - HEADER_BYTES - key.length);
  return Buffer.concat([header, key, padding, value]);
}

function valueIn(entry: Buffer | undefined, key: Uint8Array): Uint8Array | undefined {
  if (entry === undefined || entry.length < HEADER_BYTES || entry.readUInt32LE(0) !== MAGIC) return undefined;
  const keyEnd = HEADER_BYTES + entry.readUInt32LE(4);
  const start = valueStart(keyEnd - HEADER_BYTES);
  if (start + entry.readUInt32LE(8) !== entry.length) return undefined;
  return entry.subarray(HEADER_BYTES, keyEnd).equals(key) ? entry.subarray(start) : undefined;
}

/** Where words of eight bytes can be read in place. */
function valueStart(keyBytes: number): number {
  return Math.ceil((HEADER_BYTES + keyBytes) / 8) * 8;
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
