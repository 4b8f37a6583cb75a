/** A growing run of bytes that is written again and again without making garbage. */

const FIRST_BYTES = 64 * 1024;

export class ByteSink {
  bytes: Buffer = Buffer.allocUnsafe(FIRST_BYTES);
  length = 0;

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.length + count));
    this.bytes.copy(wider, 0, 0, this.length);
    this.bytes = wider;
  }

  put(bytes: Uint8Array): void {
    const { length } = bytes;
    this.reserve(length);
    this.bytes.set(bytes, this.length);
    this.length += length;
  }

  /** What was put, valid until the next `put`; the sink is empty again. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
