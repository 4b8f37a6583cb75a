/** Memory of an interpreted program: one row of bytes, addresses counted from its start, 0 never handed out. */

const BYTES = 1 << 20;
const FIRST = 64;

export class TestMemory {
  private readonly bytes = new Uint8Array(BYTES);
  private readonly view = new DataView(this.bytes.buffer);
  private end = FIRST;

  /** Zeroed bytes, at a multiple of eight. */
  take(size: number): bigint {
    const at = this.end;
    this.end = Math.ceil((at + Math.max(size, 1)) / 8) * 8;
    if (this.end > BYTES) throw new Error("the program under test takes more memory than it is given");
    return BigInt(at);
  }

  slice(address: bigint, size: number): Uint8Array {
    const at = this.check(address, size);
    return this.bytes.subarray(at, at + size);
  }

  write(address: bigint, bytes: Uint8Array): void {
    this.bytes.set(bytes, this.check(address, bytes.length));
  }

  load(address: bigint, size: number): bigint {
    return this.slice(address, size).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  }

  store(address: bigint, size: number, value: bigint): void {
    const at = this.check(address, size);
    for (let i = 0; i < size; i += 1) this.view.setUint8(at + i, Number((value >> BigInt(8 * i)) & 255n));
  }

  /** A program that touches what is not its own would be refused by the verifier. */
  private check(address: bigint, size: number): number {
    const at = Number(address);
    if (at < FIRST || at + size > this.end) throw new Error(`access of ${size} bytes at ${address}`);
    return at;
  }
}
