/** How literals are spelt. */

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ['"', '\\"'],
  ["\n", "\\n"],
  ["\t", "\\t"],
  ["\r", "\\r"],
]);

/** A string literal of these bytes (one character each): what is not printable ASCII becomes `\xNN`. */
export function spellString(bytes: string): string {
  return `"${escapeBytes(bytes)}"`;
}

/** The text between the quotes. */
export function escapeBytes(bytes: string): string {
  return bytes.replace(/[\\"]|[^ -~]/gs, (byte) => SPELLINGS.get(byte) ?? hexEscape(byte));
}

function hexEscape(byte: string): string {
  return `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
