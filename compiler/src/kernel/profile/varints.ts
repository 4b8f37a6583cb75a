/** Numbers of 32 bits, small ones in few bytes: seven bits a byte, the lowest first. */

export interface VarintWriter {
  readonly unsigned: (value: number) => void;
  /** Of either sign; the sign goes to the lowest bit. */
  readonly signed: (value: number) => void;
  readonly bytes: () => Uint8Array;
}

export function createVarintWriter(): VarintWriter {
  let held = new Uint8Array(256);
  let length = 0;
  const unsigned = (value: number): void => {
    if (length + 5 > held.length) {
      const larger = new Uint8Array(held.length * 2);
      larger.set(held);
      held = larger;
    }
    let rest = value >>> 0;
    while (rest >= 0x80) {
      held[length] = (rest & 0x7f) | 0x80;
      length += 1;
      rest >>>= 7;
    }
    held[length] = rest;
    length += 1;
  };
  return {
    unsigned,
    signed: (value) => {
      unsigned((value << 1) ^ (value >> 31));
    },
    bytes: () => held.slice(0, length),
  };
}

/** Numbers read ahead of their use: decoding a stream in one go is several times as fast as number by number. */
export interface Numbers {
  readonly values: Uint32Array;
  at: number;
}

/** All numbers of a stream; what is cut off at its end counts as one. */
export function readNumbers(bytes: Uint8Array): Numbers {
  const values = new Uint32Array(bytes.length);
  let count = 0;
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte < 0x80) {
      values[count] = value;
      count += 1;
      value = 0;
      shift = 0;
    }
  }
  return { values: values.subarray(0, shift === 0 ? count : count + 1), at: 0 };
}

/** The next number; 0 beyond the end, where `at` goes on counting so that `isOverrun` knows. */
export function nextNumber(numbers: Numbers): number {
  const value = numbers.values[numbers.at];
  numbers.at += 1;
  return value ?? 0;
}

export function nextSigned(numbers: Numbers): number {
  const value = nextNumber(numbers);
  return (value >>> 1) ^ -(value & 1);
}

export function isOverrun({ values, at }: Numbers): boolean {
  return at > values.length;
}
