/** Little-endian fields written one after the other into bytes that grow. */

export interface ByteWriter {
  readonly size: () => number;
  readonly u8: (value: number) => void;
  readonly u16: (value: number) => void;
  readonly u32: (value: number) => void;
  readonly u64: (value: number) => void;
  readonly bytes: (bytes: Uint8Array) => void;
  /** Zeros up to a multiple of `to`. */
  readonly align: (to: number) => void;
  readonly finish: () => Uint8Array;
}

const FIRST_BYTES = 4096;

export function byteWriter(): ByteWriter {
  let buffer = new Uint8Array(FIRST_BYTES);
  let view = new DataView(buffer.buffer);
  let used = 0;
  const room = (more: number): number => {
    const at = used;
    used += more;
    if (used > buffer.length) {
      const larger = new Uint8Array(Math.max(used, buffer.length * 2));
      larger.set(buffer);
      buffer = larger;
      view = new DataView(buffer.buffer);
    }
    return at;
  };
  return {
    size: () => used,
    u8: (value) => {
      const at = room(1);
      view.setUint8(at, value);
    },
    u16: (value) => {
      const at = room(2);
      view.setUint16(at, value, true);
    },
    u32: (value) => {
      const at = room(4);
      view.setUint32(at, value, true);
    },
    u64: (value) => {
      const at = room(8);
      view.setBigUint64(at, BigInt(value), true);
    },
    bytes: (bytes) => {
      const at = room(bytes.length);
      buffer.set(bytes, at);
    },
    align: (to) => {
      room((to - (used % to)) % to);
    },
    finish: () => buffer.slice(0, used),
  };
}
