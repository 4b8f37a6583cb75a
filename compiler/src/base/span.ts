/** Where something is in a source text. */

/**
 * A half-open range of UTF-16 code units, `[start, end)`. Inside the syntax tree a span is relative to the start of its
 * top-level item, so that an edit in one item leaves every other item untouched; an `AbsoluteSpan` counts from the
 * start of the file. UTF-16 because JavaScript strings, tree-sitter's bindings and the default LSP encoding count so.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span that counts from the start of its file. */
export interface AbsoluteSpan extends Span {
  readonly absolute: true;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

export function absoluteSpan(start: number, end: number): AbsoluteSpan {
  return { start, end, absolute: true };
}

export function covers(outer: Span, offset: number): boolean {
  return outer.start <= offset && offset <= outer.end;
}
