/** A place in the tokens of a C text, and moving on from it. */

import type { CScope } from "./scope.ts";
import type { SizedType } from "./sized-type.ts";
import type { CToken } from "./tokens.ts";

/** Structs within structs and declarators within declarators. */
const MAX_DEPTH = 100;
/** Problems noted for one text: after so many the text is no C. */
const MAX_PROBLEMS = 50;

/** A place in the tokens of one text. */
export interface Parser {
  readonly tokens: readonly CToken[];
  readonly text: number;
  readonly scope: CScope;
  readonly rules: Rules;
  at: number;
  depth: number;
}

/** The parts of the grammar that contain each other; each is in a file of its own and calls the others through these. */
export interface Rules {
  /**
   * Storage classes, qualifiers and the type that declarators build on.
   * @returns undefined when there is nothing of the kind
   */
  readonly parseSpecifiers: (parser: Parser) => Specifiers | undefined;
  /** @param tags type tags of the specifiers, which count for the first star: `char __user *` */
  readonly parseDeclarator: (parser: Parser, base: SizedType, tags: readonly string[]) => Declared;
  /** The value of an integer constant expression; undefined when it is none or uses unknown names. */
  readonly constantOf: (parser: Parser, tokens: readonly CToken[]) => bigint | undefined;
}

export interface Attributes {
  readonly packed: boolean;
  /** From `aligned(n)`, in bytes; 0 for none. */
  readonly minimumAlign: number;
  /** Type tags such as `user`. */
  readonly tags: readonly string[];
}

export interface Specifiers {
  readonly type: SizedType;
  readonly isTypedef: boolean;
  readonly attributes: Attributes;
}

export interface Declared {
  readonly name: string | undefined;
  readonly type: SizedType;
  readonly packed: boolean;
  /** From attributes behind the declarator, in bytes; 0 for none. */
  readonly minimumAlign: number;
}

export function current(parser: Parser): CToken {
  return parser.tokens[parser.at] ?? { kind: "end", text: "", start: 0 };
}

export function accept(parser: Parser, text: string): boolean {
  if (current(parser).text !== text || current(parser).kind === "end") return false;
  parser.at += 1;
  return true;
}

/** Notes a problem at the current token. */
export function problem(parser: Parser, message: string): void {
  const token = current(parser);
  if (parser.scope.problems.length >= MAX_PROBLEMS) return;
  parser.scope.problems.push({
    text: parser.text,
    start: token.start,
    end: token.start + Math.max(1, token.text.length),
    message,
  });
}

export function expect(parser: Parser, text: string): boolean {
  if (accept(parser, text)) return true;
  const found = current(parser).kind === "end" ? "the end" : `'${current(parser).text}'`;
  problem(parser, `expected '${text}', found ${found}`);
  return false;
}

/** Runs `read` one level deeper; undefined when that is too deep. */
export function deeper<T>(parser: Parser, read: () => T): T | undefined {
  parser.depth += 1;
  try {
    return parser.depth > MAX_DEPTH ? undefined : read();
  } finally {
    parser.depth -= 1;
  }
}

/** Passes over everything up to a token outside all brackets; stops at the end. */
export function skipTo(parser: Parser, stops: readonly string[]): void {
  for (let depth = 0; current(parser).kind !== "end"; parser.at += 1) {
    const { text, kind } = current(parser);
    if (depth === 0 && kind === "punctuation" && stops.includes(text)) return;
    if (kind === "punctuation" && "([{".includes(text)) depth += 1;
    if (kind === "punctuation" && ")]}".includes(text)) depth = Math.max(0, depth - 1);
  }
}

/** Passes over a bracketed group that starts at the current token, and gives what is inside. */
export function skipGroup(parser: Parser): readonly CToken[] {
  const start = parser.at + 1;
  for (let depth = 0; current(parser).kind !== "end"; parser.at += 1) {
    const { text, kind } = current(parser);
    if (kind !== "punctuation") continue;
    if ("([{".includes(text)) depth += 1;
    if (")]}".includes(text) && (depth -= 1) === 0) {
      parser.at += 1;
      return parser.tokens.slice(start, parser.at - 1);
    }
  }
  return parser.tokens.slice(start, parser.at);
}

/** A parser for tokens taken out of the middle, such as what is inside parentheses. */
export function within(parser: Parser, tokens: readonly CToken[]): Parser {
  return { ...parser, tokens: [...tokens, { kind: "end", text: "", start: 0 }], at: 0 };
}

/** Notes a problem at an earlier token. */
export function problemAt(parser: Parser, place: number, message: string): void {
  problem({ ...parser, at: place }, message);
}
