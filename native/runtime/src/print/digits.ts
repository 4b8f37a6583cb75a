/** Digits of 64-bit numbers, given as two halves of 32 bits, straight into bytes: no BigInt, no strings, no garbage. */

const ZERO = 0x30;
/** The digits of 0 to 99: two at a time halve the divisions. */
const PAIRS = Buffer.from(Array.from({ length: 100 }, (_, i) => i.toString().padStart(2, "0")).join(""));
const LOWER_HEX = Buffer.from("0123456789abcdef");
const UPPER_HEX = Buffer.from("0123456789ABCDEF");

/** The most that each of these writes: 2^64 - 1 has so many decimal digits. */
export const MOST_DIGITS = 20;

const BILLION = 1_000_000_000;
const DIGITS_OF_BILLION = 9;
const TWO_TO_16 = 65_536;
const TWO_TO_32 = 4_294_967_296;

/** @returns the end of what was written */
export function putDecimal(text: Uint8Array, to: number, high: number, low: number): number {
  if (high === 0) return putWord(text, to, low, digitsOf(low));
  // Long division by a billion, 16 bits at a time: so all numbers stay exact in doubles.
  const first = high % BILLION;
  const upper = first * TWO_TO_16 + (low >>> 16);
  const second = upper % BILLION;
  const lower = second * TWO_TO_16 + (low & 0xffff);
  const rest = lower % BILLION;
  const quotient =
    ((high - first) / BILLION) * TWO_TO_32 +
    ((upper - second) / BILLION) * TWO_TO_16 +
    (lower - rest) / BILLION;
  const middle = quotient % BILLION;
  const top = (quotient - middle) / BILLION;
  let end = to;
  if (top > 0) end = putWord(text, end, top, digitsOf(top));
  end = putWord(text, end, middle, top > 0 ? DIGITS_OF_BILLION : digitsOf(middle));
  return putWord(text, end, rest, DIGITS_OF_BILLION);
}

export function putHex(text: Uint8Array, to: number, high: number, low: number, upperCase: boolean): number {
  const digits = upperCase ? UPPER_HEX : LOWER_HEX;
  if (high === 0) return putHexWord(text, to, low, hexDigitsOf(low), digits);
  return putHexWord(text, putHexWord(text, to, high, hexDigitsOf(high), digits), low, 8, digits);
}

/** So many digits of a number below 2^32. */
function putWord(text: Uint8Array, to: number, value: number, count: number): number {
  let rest = value >>> 0;
  let at = to + count;
  while (at - to >= 2) {
    const next = (rest / 100) >>> 0;
    const pair = (rest - next * 100) << 1;
    at -= 2;
    text[at] = PAIRS[pair] ?? 0;
    text[at + 1] = PAIRS[pair + 1] ?? 0;
    rest = next;
  }
  if (at > to) text[to] = ZERO + rest;
  return to + count;
}

function putHexWord(text: Uint8Array, to: number, value: number, count: number, digits: Buffer): number {
  let rest = value;
  for (let at = to + count - 1; at >= to; at -= 1) {
    text[at] = digits[rest & 0xf] ?? 0;
    rest >>>= 4;
  }
  return to + count;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits += 1;
  return digits;
}

function hexDigitsOf(value: number): number {
  return value === 0 ? 1 : (35 - Math.clz32(value)) >>> 2;
}
