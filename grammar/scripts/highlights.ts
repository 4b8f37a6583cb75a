/** Fills the marked regions of queries/highlights.scm and of the modes for Emacs and Vim with the names of builtins. */

const OPEN = "; <builtins>";
const CLOSE = "; </builtins>";
const WIDTH = 100;

export interface BuiltinLists {
  readonly names: readonly string[];
  /** Those among them that take a format, whose conversions are marked. */
  readonly withFormats: readonly string[];
}

/** @returns `query` with patterns for these names, sorted, between its marks */
export function withBuiltins(query: string, { names, withFormats }: BuiltinLists): string {
  const all = listOf(names);
  const patterns = [
    // First, because in some editors the last capture of a node counts, whatever its name.
    "(call_expression",
    "  function: (identifier) @_function",
    "  arguments: (arguments (string_literal (conversion) @string.special.format))",
    `  (#any-of? @_function\n${listOf(withFormats)}))`,
    "((identifier) @variable.builtin",
    `  (#any-of? @variable.builtin\n${all}))`,
    "(call_expression",
    "  function: (identifier) @function.builtin",
    `  (#any-of? @function.builtin\n${all}))`,
  ];
  return withRegion(query, `${patterns.join("\n")}\n`);
}

/** @returns the Emacs mode with these names, sorted, between its marks */
export function withEmacsBuiltins(mode: string, { names }: BuiltinLists): string {
  return withRegion(mode, `${listOf(names)}\n    ;`);
}

/** @returns the Vim syntax with these names, sorted, between its marks */
export function withVimBuiltins(syntax: string, { names }: BuiltinLists): string {
  const lines = listOf(names).replaceAll(/^ {4}/gm, "  \\ ").replaceAll('"', "");
  return withRegion(syntax, `syntax keyword bpftraceBuiltin\n${lines}\n"`);
}

function withRegion(text: string, region: string): string {
  const start = text.indexOf(OPEN);
  const end = text.indexOf(CLOSE);
  if (start < 0 || end < start) throw new Error(`there is no ${OPEN} … ${CLOSE}`);
  return `${text.slice(0, start)}${OPEN} generated from the table of builtins\n${region}${text.slice(end)}`;
}

/** The names in quotes, in lines. */
function listOf(names: readonly string[]): string {
  const lines: string[] = [];
  let line = "   ";
  for (const name of [...new Set(names)].sort()) {
    const word = ` "${name}"`;
    if (line.length + word.length > WIDTH) {
      lines.push(line);
      line = "   ";
    }
    line += word;
  }
  return [...lines, line].join("\n");
}
