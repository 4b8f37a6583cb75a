/** Little-endian fields at offsets of a byte array, where a field that does not fit is `undefined` and never an exception. */

export interface ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export function byteReader(bytes: Uint8Array): ByteReader {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

export function u8(reader: ByteReader, offset: number): number | undefined {
  return fits(reader, offset, 1) ? reader.view.getUint8(offset) : undefined;
}

export function u16(reader: ByteReader, offset: number): number | undefined {
  return fits(reader, offset, 2) ? reader.view.getUint16(offset, true) : undefined;
}

export function u32(reader: ByteReader, offset: number): number | undefined {
  return fits(reader, offset, 4) ? reader.view.getUint32(offset, true) : undefined;
}

/** A 64-bit field as a number; `undefined` also above 2^53, which no offset or size of a real file reaches. */
export function u64(reader: ByteReader, offset: number): number | undefined {
  if (!fits(reader, offset, 8)) return undefined;
  const value = Number(reader.view.getBigUint64(offset, true));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The `size` bytes at `offset`, sharing memory with the reader's; `undefined` when they reach beyond its end. */
export function slice(reader: ByteReader, offset: number, size: number): Uint8Array | undefined {
  return fits(reader, offset, size) ? reader.bytes.subarray(offset, offset + size) : undefined;
}

/** The UTF-8 text from `offset` to the next zero byte. */
export function zeroEnded(reader: ByteReader, offset: number): string | undefined {
  if (!fits(reader, offset, 1)) return undefined;
  const end = reader.bytes.indexOf(0, offset);
  return end < 0 ? undefined : new TextDecoder().decode(reader.bytes.subarray(offset, end));
}

function fits(reader: ByteReader, offset: number, size: number): boolean {
  return offset >= 0 && size >= 0 && offset + size <= reader.bytes.byteLength;
}
