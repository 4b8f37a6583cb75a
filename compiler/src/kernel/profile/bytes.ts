/** Numbers and texts in bytes: what a profile's own format is made of. Little-endian. */

import { fromUtf8, toUtf8 } from "../../base/utf8.ts";

/** Grows as it is written to. */
export interface ByteWriter {
  readonly u8: (value: number) => void;
  readonly u32: (value: number) => void;
  /** A length, then the bytes. */
  readonly block: (bytes: Uint8Array) => void;
  /** A length in bytes, then UTF-8. */
  readonly text: (text: string) => void;
  readonly bytes: () => Uint8Array;
}

export function createWriter(): ByteWriter {
  let held = new Uint8Array(1024);
  let length = 0;
  const reserve = (count: number): number => {
    if (length + count > held.length) {
      const larger = new Uint8Array(Math.max(held.length * 2, length + count));
      larger.set(held);
      held = larger;
    }
    const at = length;
    length += count;
    return at;
  };
  const u32 = (value: number): void => {
    const at = reserve(4);
    new DataView(held.buffer).setUint32(at, value, true);
  };
  const block = (bytes: Uint8Array): void => {
    u32(bytes.length);
    const at = reserve(bytes.length);
    held.set(bytes, at);
  };
  return {
    u8: (value) => {
      const at = reserve(1);
      held[at] = value;
    },
    u32,
    block,
    text: (text) => {
      block(textBytes(text));
    },
    bytes: () => held.slice(0, length),
  };
}

/** Every read gives undefined once something was beyond the end. */
export interface ByteReader {
  readonly u8: () => number | undefined;
  readonly u32: () => number | undefined;
  readonly block: () => Uint8Array | undefined;
  readonly text: () => string | undefined;
  readonly atEnd: () => boolean;
}

export function createReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (count: number): number | undefined => {
    if (at + count > bytes.length) {
      at = bytes.length + 1;
      return undefined;
    }
    at += count;
    return at - count;
  };
  const u32 = (): number | undefined => {
    const start = take(4);
    return start === undefined ? undefined : view.getUint32(start, true);
  };
  const block = (): Uint8Array | undefined => {
    const count = u32();
    const start = count === undefined ? undefined : take(count);
    return start === undefined || count === undefined ? undefined : bytes.subarray(start, start + count);
  };
  return {
    u8: () => {
      const start = take(1);
      return start === undefined ? undefined : bytes[start];
    },
    u32,
    block,
    text: () => {
      const found = block();
      return found === undefined ? undefined : textOf(found);
    },
    atEnd: () => at >= bytes.length,
  };
}

export function textBytes(text: string): Uint8Array {
  const encoded = toUtf8(text);
  const bytes = new Uint8Array(encoded.length);
  for (let i = 0; i < encoded.length; i += 1) bytes[i] = encoded.charCodeAt(i);
  return bytes;
}

/** Characters a call turns into a string: arguments are limited. */
const CHUNK = 8192;

export function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    // `apply` takes any array-like; spreading takes three times as long.
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  }
  return fromUtf8(text);
}
