/** A compiled script in one file: the object and what the runtime must know about it, to be run without a compiler. */

import { createHash } from "node:crypto";

import { decodeManifest, encodeManifest, err, ok, type Manifest, type Result } from "@probewright/compiler";

export interface ProgramPackage {
  /** Name of the script, for messages. */
  readonly script: string;
  readonly object: Uint8Array;
  readonly manifest: Manifest;
}

const KIND = Buffer.from("probewright program ");
/** Version 2: four parts, each with its length as little-endian u32: script name, manifest, object, and a hash of these. */
const MAGIC = Buffer.concat([KIND, Buffer.from("2\n")]);
const PARTS = 4;

export function packProgram({ script, object, manifest }: ProgramPackage): Buffer {
  const parts = [Buffer.from(script), Buffer.from(encodeManifest(manifest)), Buffer.from(object)];
  return Buffer.concat([MAGIC, ...[...parts, hashOf(parts)].flatMap((part) => [lengthOf(part), part])]);
}

/** A damaged program may load all the same and print what is wrong. */
function hashOf(parts: readonly Buffer[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(lengthOf(part)).update(part);
  return hash.digest();
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(part.length);
  return length;
}

/** Whether the file is a compiled program, of this version or another. */
export function isProgramPackage(bytes: Uint8Array): boolean {
  return begins(bytes, KIND);
}

function begins(bytes: Uint8Array, magic: Buffer): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(0, magic.length).equals(magic);
}

/** @returns a sentence when the file is cut off, damaged or of another version */
export function unpackProgram(bytes: Buffer): Result<ProgramPackage, string> {
  if (!begins(bytes, MAGIC))
    return err(
      "this compiled program was made by another version of probewright: compile the script again with emit --object",
    );
  const parts: Buffer[] = [];
  let at = MAGIC.length;
  while (parts.length < PARTS) {
    if (at + 4 > bytes.length) return err("this compiled program is cut off");
    const length = bytes.readUInt32LE(at);
    const end = at + 4 + length;
    if (end > bytes.length) return err("this compiled program is cut off");
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  const nothing = Buffer.alloc(0);
  const [script = nothing, encoded = nothing, object = nothing, hash = nothing] = parts;
  if (at !== bytes.length || !hash.equals(hashOf([script, encoded, object])))
    return err("this compiled program is damaged: it is not as it was written");
  const manifest = decodeManifest(encoded.toString("utf8"));
  if (!manifest.ok) return err(`this compiled program cannot be read: ${manifest.error}`);
  return ok({ script: script.toString("utf8"), object: Uint8Array.from(object), manifest: manifest.value });
}
