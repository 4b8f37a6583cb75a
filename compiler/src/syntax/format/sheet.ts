/**
 * Text in the making, a line at a time. A sheet put into another one is aligned with where it starts, so that the lines
 * of an argument list stand below its first argument.
 */

type Segment = { readonly text: string } | { readonly comment: string };

/** A value that is built up; whoever puts it into another one gives it away. */
export class Sheet {
  readonly #lines: Segment[][] = [[]];

  /** Lines with something on them; an empty last line does not count. */
  get height(): number {
    return (this.#lines.at(-1)?.length ?? 0) === 0 ? this.#lines.length - 1 : this.#lines.length;
  }

  /** Columns of the longest line. */
  get width(): number {
    return this.#lines.reduce((widest, line) => Math.max(widest, lineText(line).length), 0);
  }

  /** The first character that is no comment's. */
  get firstCharacter(): string {
    const [first] = (this.#lines[0] ?? []).flatMap((segment) =>
      "text" in segment ? segment.text.trim() : [],
    );
    return first?.charAt(0) ?? "";
  }

  text(text: string): this {
    this.#last().push({ text });
    return this;
  }

  /** `// text` when it ends its line, which is not known before the sheet is finished, else a block comment. */
  comment(text: string): this {
    this.#last().push({ comment: text });
    return this;
  }

  newLine(): this {
    this.#lines.push([]);
    return this;
  }

  /** Continues the last line with the lines of `other`; the second and later ones start below its first. */
  append(other: Sheet): this {
    return this.#join(other, lineText(this.#last()).length);
  }

  /** As {@link append}, but the second and later lines start where they do in `other`. */
  appendUnaligned(other: Sheet): this {
    return this.#join(other, 0);
  }

  /** Puts the lines of `other` on lines of their own, further in. Does nothing when it is empty. */
  appendBlock(other: Sheet, indent: number): this {
    if (other.height === 0) return this;
    this.newLine();
    for (const line of other.#lines) {
      this.#last().push({ text: " ".repeat(indent) }, ...line);
      this.newLine();
    }
    return this;
  }

  /** The finished text; every line ends with a newline and without blanks. */
  toString(): string {
    return this.#lines
      .slice(0, this.height)
      .map((line) => `${lineText(line).trimEnd()}\n`)
      .join("");
  }

  #join(other: Sheet, column: number): this {
    if (other.height === 0) return this;
    other.#lines.forEach((line, index) => {
      if (index > 0) this.newLine();
      const last = this.#last();
      if (column > 0 && last.length === 0) last.push({ text: " ".repeat(column) });
      last.push(...line);
    });
    return this;
  }

  #last(): Segment[] {
    const last = this.#lines.at(-1);
    if (last !== undefined) return last;
    const made: Segment[] = [];
    this.#lines.push(made);
    return made;
  }
}

function lineText(line: readonly Segment[]): string {
  let text = "";
  let afterComment = false;
  line.forEach((segment, index) => {
    if ("text" in segment) {
      text += afterComment && /^\S/.test(segment.text) ? ` ${segment.text}` : segment.text;
      afterComment = false;
      return;
    }
    const blank = text.trim() === "" ? "" : " ";
    const words = segment.comment === "" ? "" : ` ${segment.comment}`;
    // Inside a line it must not end early, wherever it came from.
    text += `${blank}${index === line.length - 1 ? `//${words}` : `/*${words.replaceAll("*/", "* /")} */`}`;
    afterComment = true;
  });
  return text;
}
