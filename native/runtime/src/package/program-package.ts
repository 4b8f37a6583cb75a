/** A compiled script in one file: the object and what the runtime must know about it, to be run without a compiler. */

import { decodeManifest, encodeManifest, err, ok, type Manifest, type Result } from "@probewright/compiler";

export interface ProgramPackage {
  /** Name of the script, for messages. */
  readonly script: string;
  readonly object: Uint8Array;
  readonly manifest: Manifest;
}

/** Version 1: the magic, then three parts, each with its length as little-endian u32: script name, manifest, object. */
const MAGIC = Buffer.from("probewright program 1\n");

export function packProgram({ script, object, manifest }: ProgramPackage): Buffer {
  const parts = [Buffer.from(script), Buffer.from(encodeManifest(manifest)), Buffer.from(object)];
  return Buffer.concat([MAGIC, ...parts.flatMap((part) => [lengthOf(part), part])]);
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(part.length);
  return length;
}

export function isProgramPackage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(0, MAGIC.length).equals(MAGIC);
}

/** @returns a sentence when the file is cut off or of another version */
export function unpackProgram(bytes: Buffer): Result<ProgramPackage, string> {
  if (!isProgramPackage(bytes)) return err("this is no compiled program of probewright");
  const parts: Buffer[] = [];
  let at = MAGIC.length;
  while (parts.length < 3) {
    if (at + 4 > bytes.length) return err("this compiled program is cut off");
    const length = bytes.readUInt32LE(at);
    const end = at + 4 + length;
    if (end > bytes.length) return err("this compiled program is cut off");
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  const [script = Buffer.alloc(0), encoded = Buffer.alloc(0), object = Buffer.alloc(0)] = parts;
  const manifest = decodeManifest(encoded.toString("utf8"));
  if (!manifest.ok) return err(`this compiled program cannot be read: ${manifest.error}`);
  return ok({ script: script.toString("utf8"), object: Uint8Array.from(object), manifest: manifest.value });
}
