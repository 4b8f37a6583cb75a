/** Reads numbers as DWARF writes them. Beyond the end everything is zero, and `ended` tells. */

export class ByteReader {
  at: number;
  readonly end: number;
  /** Whether more was asked for than there was. */
  ended = false;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer, at: number, end: number) {
    this.bytes = bytes;
    this.at = at;
    this.end = Math.min(end, bytes.length);
  }

  get more(): boolean {
    return !this.ended && this.at < this.end;
  }

  u8(): number {
    const at = this.take(1);
    return at < 0 ? 0 : this.bytes.readUInt8(at);
  }

  u16(): number {
    const at = this.take(2);
    return at < 0 ? 0 : this.bytes.readUInt16LE(at);
  }

  u32(): number {
    const at = this.take(4);
    return at < 0 ? 0 : this.bytes.readUInt32LE(at);
  }

  /** Beyond 2^53 not exact. */
  u64(): number {
    return this.u32() + this.u32() * 2 ** 32;
  }

  i8(): number {
    return (this.u8() << 24) >> 24;
  }

  i16(): number {
    return (this.u16() << 16) >> 16;
  }

  i32(): number {
    return this.u32() | 0;
  }

  i64(): number {
    return this.u32() + this.i32() * 2 ** 32;
  }

  unsigned(): number {
    return this.variable().value;
  }

  signed(): number {
    const { value, bits, last } = this.variable();
    return (last & 0x40) === 0 ? value : value - 2 ** bits;
  }

  /** A part of `length` bytes, which is skipped here. */
  part(length: number): ByteReader {
    const at = this.take(length);
    return at < 0
      ? new ByteReader(this.bytes, this.end, this.end)
      : new ByteReader(this.bytes, at, at + length);
  }

  /** The same place, to be read once more. */
  copy(): ByteReader {
    return new ByteReader(this.bytes, this.at, this.end);
  }

  /** Characters up to a NUL. */
  text(): string {
    const start = this.at;
    while (this.more && this.u8() !== 0);
    return this.bytes.toString("latin1", start, Math.max(start, this.at - 1));
  }

  /** LEB128: seven bits a byte, lowest first. Longer than 64 bits is damage. */
  private variable(): { readonly value: number; readonly bits: number; readonly last: number } {
    let value = 0;
    let bits = 0;
    let byte = 0x80;
    while ((byte & 0x80) !== 0 && !this.ended) {
      byte = this.u8();
      value += (byte & 0x7f) * 2 ** bits;
      bits += 7;
      if (bits > 70) this.ended = true;
    }
    return { value, bits, last: byte };
  }

  /** @returns -1 when there is not as much */
  private take(size: number): number {
    const { at } = this;
    if (size < 0 || at + size > this.end) {
      this.ended = true;
      return -1;
    }
    this.at = at + size;
    return at;
  }
}
