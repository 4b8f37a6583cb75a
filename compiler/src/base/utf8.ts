/**
 * Text as the kernel sees it: UTF-8 bytes, held in a string of one character (0–255) a byte.
 * The platform's encoders are not used, because the compiler runs where there may be none.
 */

const REPLACEMENT = 0xfffd;

/** The UTF-8 bytes of a text. Half of a surrogate pair alone becomes U+FFFD. */
export function toUtf8(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let bytes = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? REPLACEMENT;
    bytes += encode(code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code);
  }
  return bytes;
}

/** The text of UTF-8 bytes; each byte that belongs to no valid sequence becomes U+FFFD. */
export function fromUtf8(bytes: string): string {
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    text += length === 0 ? "\ufffd" : String.fromCodePoint(decode(bytes, at, length));
    at += Math.max(1, length);
  }
  return text;
}

/** The bytes of such a string. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** How many bytes UTF-8 takes for a code point: 1 to 4. */
export function utf8Length(codePoint: number): 1 | 2 | 3 | 4 {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

function encode(code: number): string {
  const length = utf8Length(code);
  if (length === 1) return String.fromCharCode(code);
  const lead = (0xf00 >> length) & 0xff;
  let bytes = String.fromCharCode(lead | (code >> (6 * (length - 1))));
  for (let shift = 6 * (length - 2); shift >= 0; shift -= 6) {
    bytes += String.fromCharCode(0x80 | ((code >> shift) & 0x3f));
  }
  return bytes;
}

function decode(bytes: string, at: number, length: number): number {
  if (length === 1) return bytes.charCodeAt(at);
  let code = bytes.charCodeAt(at) & (0x7f >> length);
  for (let i = 1; i < length; i += 1) code = (code << 6) | (bytes.charCodeAt(at + i) & 0x3f);
  return code;
}

/** The length of the valid sequence at `at`; 0 when there is none. Rejects overlong forms and surrogates. */
function sequenceLength(bytes: string, at: number): number {
  const lead = bytes.charCodeAt(at);
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : (lead & 0xf0) === 0xe0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let i = 1; i < length; i += 1) {
    if ((bytes.charCodeAt(at + i) & 0xc0) !== 0x80) return 0;
  }
  if (length < 3) return length;
  const code = decode(bytes, at, length);
  const shortest = length === 3 ? 0x800 : 0x10000;
  return code < shortest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? 0 : length;
}
