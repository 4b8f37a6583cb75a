/** C text as tokens; directives stay whole, one token a line. */

export interface CToken {
  readonly kind: "name" | "number" | "string" | "character" | "punctuation" | "directive" | "end";
  readonly text: string;
  /** UTF-16 code units from the start of the text. */
  readonly start: number;
}

const BLANK = /(?:\s|\\\n|\/\/(?:[^\n\\]|\\[^])*|\/\*[^]*?(?:\*\/|$))+/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const NUMBER = /\.?\d(?:[eEpP][+-]|[\w.])*/y;
const STRING = /(?:L|u8?|U)?"(?:[^"\\\n]|\\[^])*"?/y;
const CHARACTER = /(?:L|u|U)?'(?:[^'\\\n]|\\[^])*'?/y;
const PUNCTUATION = /\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||##|[-+*/%&|^=]=|[^]/y;
/** Up to the end of the line; a backslash continues it, and so does a comment. */
const DIRECTIVE = /#(?:[^\n\\/]|\\[^]|\/\*[^]*?(?:\*\/|$)|\/(?!\*))*/y;

/** Always ends with one `end` token. Characters C does not know become punctuation of their own. */
export function tokenize(text: string): readonly CToken[] {
  const tokens: CToken[] = [];
  let at = 0;
  let lineStart = true;
  const match = (expression: RegExp): string | undefined => {
    expression.lastIndex = at;
    return expression.exec(text)?.[0];
  };
  for (;;) {
    const blank = match(BLANK);
    if (blank !== undefined) {
      lineStart ||= blank.includes("\n");
      at += blank.length;
    }
    if (at >= text.length) break;
    const token = read(match, lineStart);
    tokens.push({ ...token, start: at });
    at += token.text.length;
    lineStart = false;
  }
  tokens.push({ kind: "end", text: "", start: text.length });
  return tokens;
}

function read(
  match: (expression: RegExp) => string | undefined,
  lineStart: boolean,
): { readonly kind: CToken["kind"]; readonly text: string } {
  const directive = lineStart ? match(DIRECTIVE) : undefined;
  if (directive !== undefined) return { kind: "directive", text: directive };
  // Before names: a prefix such as `L` belongs to the literal.
  const string = match(STRING);
  if (string !== undefined) return { kind: "string", text: string };
  const character = match(CHARACTER);
  if (character !== undefined) return { kind: "character", text: character };
  const name = match(NAME);
  if (name !== undefined) return { kind: "name", text: name };
  const number = match(NUMBER);
  if (number !== undefined) return { kind: "number", text: number };
  return { kind: "punctuation", text: match(PUNCTUATION) ?? "" };
}
