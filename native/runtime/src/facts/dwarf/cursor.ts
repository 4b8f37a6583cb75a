/** Reads numbers of DWARF from bytes. Reading beyond the end throws a RangeError; whoever opens debug information catches it. */

export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

export function cursorAt(bytes: Buffer, at: number): Cursor {
  return { bytes, at };
}

export function u8(cursor: Cursor): number {
  const value = cursor.bytes.readUInt8(cursor.at);
  cursor.at += 1;
  return value;
}

export function i8(cursor: Cursor): number {
  return (u8(cursor) << 24) >> 24;
}

export function u16(cursor: Cursor): number {
  const value = cursor.bytes.readUInt16LE(cursor.at);
  cursor.at += 2;
  return value;
}

export function u32(cursor: Cursor): number {
  const value = cursor.bytes.readUInt32LE(cursor.at);
  cursor.at += 4;
  return value;
}

export function u64(cursor: Cursor): bigint {
  const value = cursor.bytes.readBigUInt64LE(cursor.at);
  cursor.at += 8;
  return value;
}

/** An offset or length: 4 bytes, in the 64-bit format 8. */
export function offset(cursor: Cursor, wide: boolean): number {
  return wide ? Number(u64(cursor)) : u32(cursor);
}

/** An unsigned number of up to 64 bits; beyond 2^53 it loses its low bits, which only addresses and hashes have. */
export function uleb(cursor: Cursor): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 10; i += 1) {
    const byte = u8(cursor);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 128;
  }
  return value;
}

export function sleb(cursor: Cursor): bigint {
  let value = 0n;
  let shift = 0n;
  for (let i = 0; i < 10; i += 1) {
    const byte = u8(cursor);
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte < 0x80) return BigInt.asIntN(64, (byte & 0x40) === 0 ? value : value - (1n << shift));
  }
  return BigInt.asIntN(64, value);
}

export function skipLeb(cursor: Cursor): void {
  while (u8(cursor) >= 0x80);
}

export function cString(cursor: Cursor): string {
  const end = cursor.bytes.indexOf(0, cursor.at);
  const stop = end === -1 ? cursor.bytes.length : end;
  const text = cursor.bytes.toString("latin1", cursor.at, stop);
  cursor.at = stop + 1;
  return text;
}

export function skip(cursor: Cursor, count: number): void {
  if (count < 0 || cursor.at + count > cursor.bytes.length) throw new RangeError("beyond the end");
  cursor.at += count;
}
