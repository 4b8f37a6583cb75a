/**
 * The mistakes of form a script can have: one key each, with the facts its message needs. The catalog in
 * `diagnostics/catalog/syntax.ts` has a row for every key.
 */

import { type Span, span } from "../base/span.ts";
import type { SyntaxProblem } from "./node.ts";

type NoFacts = Readonly<Record<string, never>>;

export interface ProblemFacts {
  /** `after` is the text the missing thing should follow; may be empty at the start of the file. */
  readonly "missing-token": { readonly expected: string; readonly after: string };
  /** `found` is the text that stands where an expression should; empty at the end of the file. */
  readonly "expected-expression": { readonly found: string };
  readonly "expected-name": { readonly what: string; readonly found: string };
  readonly "expected-type": { readonly found: string };
  /** Text that fits nowhere. */
  readonly "unexpected-text": { readonly found: string };
  readonly "unclosed-delimiter": { readonly open: string; readonly close: string };
  readonly "stray-semicolon": NoFacts;
  readonly "trailing-comma": { readonly where: string };
  readonly "nesting-too-deep": { readonly limit: string };
  /** `text` is of another language; `advice` says how it is written here. */
  readonly "foreign-syntax": { readonly text: string; readonly advice: string };
  readonly "single-quotes": { readonly text: string };
  /** `name` is followed by what looks like its arguments. */
  readonly "call-without-parentheses": { readonly name: string };
  readonly "blank-in-attach-point": { readonly before: string };
  readonly "unknown-directive": { readonly text: string };
  readonly "incomplete-directive": { readonly directive: "include" | "define" };
  readonly "unterminated-string": NoFacts;
  readonly "invalid-escape": { readonly escape: string };
  readonly "empty-hex-escape": { readonly escape: string };
  readonly "octal-escape-too-large": { readonly escape: string };
  readonly "invalid-integer-suffix": {
    readonly suffix: string;
    readonly lower: string;
    readonly hexadecimal: string;
  };
  readonly "trailing-underscore": { readonly text: string };
  readonly "integer-too-large": { readonly text: string; readonly maximum: string };
  readonly "malformed-integer": { readonly text: string; readonly reason: string };
  readonly "parameter-out-of-range": { readonly text: string };
  readonly "name-after-sigil": { readonly sigil: string };
  readonly "c-code-not-first": { readonly what: string };
  readonly "config-not-first": NoFacts;
  readonly "duplicate-config": NoFacts;
  readonly "import-not-first": NoFacts;
  readonly "not-a-map-declaration": { readonly found: string };
  readonly "map-size-expected": { readonly found: string };
  readonly "builtin-as-parameter": { readonly name: string };
  readonly "assignment-in-expression": NoFacts;
  readonly "malformed-for": { readonly found: string };
  readonly "expected-map-or-range": { readonly found: string };
  readonly "expected-loop-variable": { readonly found: string };
  readonly "range-bound-not-primary": { readonly text: string };
  readonly "condition-missing": { readonly statement: string };
  readonly "condition-not-unary": { readonly statement: string };
  readonly "immutable-target": { readonly what: string };
  readonly "invalid-target": { readonly text: string };
  readonly "invalid-increment": { readonly operator: string; readonly text: string };
  /** The operator was read as part of the `if` or block before it. */
  readonly "glued-to-block": { readonly operator: string };
  readonly "invalid-address-of": { readonly text: string };
  readonly "repeated-field": { readonly name: string };
  /** `text` is where reading stopped. */
  readonly "unreadable-c": { readonly text: string };
  readonly "malformed-attribute": NoFacts;
  readonly "else-without-block": { readonly found: string };
  readonly "invalid-config-value": { readonly text: string };
  readonly "missing-attach-point": NoFacts;
}

export type ProblemKey = keyof ProblemFacts;

/** A problem with the facts its key asks for. */
export function problem<Key extends ProblemKey>(key: Key, facts: ProblemFacts[Key], at: Span): SyntaxProblem {
  return { problem: key, facts, span: at };
}

/** The same problem with its span moved by `offset`. */
export function shiftProblem(found: SyntaxProblem, offset: number): SyntaxProblem {
  return { ...found, span: span(found.span.start + offset, found.span.end + offset) };
}
