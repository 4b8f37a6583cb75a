/** Text with positions in the units that client and server agreed on: UTF-16 is inside, UTF-8 and UTF-32 are converted. */

import { PositionEncodingKind, type Position, type Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";

/** What is preferred when a client offers several: what needs no conversion. */
const preferred = [PositionEncodingKind.UTF16, PositionEncodingKind.UTF8, PositionEncodingKind.UTF32];

export function chooseEncoding(offered: readonly PositionEncodingKind[] | undefined): PositionEncodingKind {
  return preferred.find((each) => offered?.includes(each) === true) ?? PositionEncodingKind.UTF16;
}

/** A document whose `positionAt`, `offsetAt` and ranges count in `encoding`; offsets are UTF-16 all the same. */
export function createText(
  uri: string,
  version: number,
  content: string,
  encoding: PositionEncodingKind,
): TextDocument {
  return encode(TextDocument.create(uri, "bpftrace", version, content), encoding);
}

/** The document after replacing `[start, end)`, which are offsets. */
export function replaceText(
  text: TextDocument,
  { start, end, text: by }: { readonly start: number; readonly end: number; readonly text: string },
  version: number,
  encoding: PositionEncodingKind,
): TextDocument {
  const plain = text instanceof EncodedText ? text.plain : text;
  const range = { start: plain.positionAt(start), end: plain.positionAt(end) };
  const updated = TextDocument.update(plain, [{ range, text: by }], version);
  return text instanceof EncodedText ? encode(updated, encoding) : updated;
}

function encode(plain: TextDocument, encoding: PositionEncodingKind): TextDocument {
  return encoding === PositionEncodingKind.UTF16 ? plain : new EncodedText(plain, encoding);
}

class EncodedText implements TextDocument {
  readonly plain: TextDocument;
  private readonly lengthOf: (codePoint: number) => number;

  constructor(plain: TextDocument, encoding: PositionEncodingKind) {
    this.plain = plain;
    this.lengthOf = encoding === PositionEncodingKind.UTF8 ? utf8Length : () => 1;
  }

  get uri(): string {
    return this.plain.uri;
  }

  get languageId(): string {
    return this.plain.languageId;
  }

  get version(): number {
    return this.plain.version;
  }

  get lineCount(): number {
    return this.plain.lineCount;
  }

  getText(range?: Range): string {
    if (range === undefined) return this.plain.getText();
    return this.plain.getText().slice(this.offsetAt(range.start), this.offsetAt(range.end));
  }

  positionAt(offset: number): Position {
    const { line, character } = this.plain.positionAt(offset);
    const before = this.line(line).slice(0, character);
    let units = 0;
    for (const symbol of before) units += this.lengthOf(symbol.codePointAt(0) ?? 0);
    return { line, character: units };
  }

  offsetAt({ line, character }: Position): number {
    const start = this.plain.offsetAt({ line, character: 0 });
    let units = 0;
    let offset = start;
    for (const symbol of this.line(line)) {
      if (units >= character) break;
      units += this.lengthOf(symbol.codePointAt(0) ?? 0);
      offset += symbol.length;
    }
    return offset;
  }

  getLineRange(line: number): Range {
    const { start, end } = this.plain.getLineRange(line);
    return {
      start: this.positionAt(this.plain.offsetAt(start)),
      end: this.positionAt(this.plain.offsetAt(end)),
    };
  }

  getEOLCharacters(line: number): string {
    return this.plain.getEOLCharacters(line);
  }

  private line(line: number): string {
    const start = this.plain.offsetAt({ line, character: 0 });
    const end = this.plain.offsetAt({ line: line + 1, character: 0 });
    return this.plain
      .getText()
      .slice(start, end)
      .replace(/\r?\n$/, "");
  }
}

const UTF8_LIMITS = [0x80, 0x800, 0x10000] as const;

function utf8Length(codePoint: number): number {
  return 1 + UTF8_LIMITS.filter((limit) => codePoint >= limit).length;
}
