/** The format strings of printf and its like, cut into text and conversions. Checking reads it, and so does printing. */

/** A conversion specifier; `r`, `rx`, `rh` print buffers and `gr` the names of allocation flags. */
export type FormatSpecifier = "d" | "i" | "u" | "o" | "x" | "X" | "c" | "p" | "s" | "r" | "rx" | "rh" | "gr";

export type FormatLength = "" | "hh" | "h" | "l" | "ll" | "j" | "z" | "t" | "L";

/** Bits of an integer that a length modifier keeps; without one it is cut to 32. */
export const bitsOfLength = {
  "": 32,
  hh: 8,
  h: 16,
  l: 64,
  ll: 64,
  j: 64,
  z: 64,
  t: 64,
  L: 64,
} as const satisfies Readonly<Record<FormatLength, number>>;

export interface FormatConversion {
  readonly kind: "conversion";
  /** As written, e.g. `%-8s`. */
  readonly text: string;
  /** Offset of `text` in the format. */
  readonly start: number;
  readonly leftAlign: boolean;
  readonly plusSign: boolean;
  readonly alternate: boolean;
  readonly zeroPad: boolean;
  /** Least width in characters; 0 when none is given. */
  readonly width: number;
  readonly length: FormatLength;
  readonly specifier: FormatSpecifier;
}

/** Recognised and refused: floating point and `%n`. */
export interface UnsupportedConversion {
  readonly kind: "unsupported";
  readonly text: string;
  readonly start: number;
}

export interface FormatText {
  readonly kind: "text";
  readonly text: string;
}

export type FormatPiece = FormatText | FormatConversion | UnsupportedConversion;

/** Flags in this order only; `*` takes no argument and does nothing. */
const CONVERSION =
  /%(?:(?<percent>%)|(?<minus>-?)(?<plus>\+?) ?(?<alternate>#?)(?<zero>0?)(?<width>\d*|\*)(?:\.(?:\d+|\*))?(?<length>(?:hh|h|ll|l|j|z|t|L)*)(?:(?<specifier>rx|rh|r|gr|[diuoxXcps])|(?<unsupported>[fFeEgGaAn])))/g;

/** @returns the pieces in order; neighbouring text is one piece, `%%` is text */
export function parseFormat(format: string): readonly FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let text = "";
  let end = 0;
  const flush = (): void => {
    if (text !== "") pieces.push({ kind: "text", text });
    text = "";
  };
  for (const match of format.matchAll(CONVERSION)) {
    text += format.slice(end, match.index);
    end = match.index + match[0].length;
    const groups = match.groups ?? {};
    if (groups["percent"] !== undefined) {
      text += "%";
      continue;
    }
    flush();
    const start = match.index;
    if (groups["unsupported"] !== undefined) pieces.push({ kind: "unsupported", text: match[0], start });
    else pieces.push(conversion(match[0], start, groups));
  }
  text += format.slice(end);
  flush();
  return pieces;
}

function conversion(
  text: string,
  start: number,
  groups: Readonly<Record<string, string | undefined>>,
): FormatConversion {
  const width = Number(groups["width"]);
  return {
    kind: "conversion",
    text,
    start,
    leftAlign: groups["minus"] === "-",
    plusSign: groups["plus"] === "+",
    alternate: groups["alternate"] === "#",
    zeroPad: groups["zero"] === "0",
    width: Number.isNaN(width) ? 0 : width,
    // The pattern admits exactly these words; of several the first counts.
    length: (/^(?:hh|ll|.|$)/.exec(groups["length"] ?? "")?.[0] ?? "") as FormatLength,
    specifier: (groups["specifier"] ?? "d") as FormatSpecifier,
  };
}
