/** Fills the marked region of queries/highlights.scm with the names of builtins. */

const OPEN = "; <builtins>";
const CLOSE = "; </builtins>";
const WIDTH = 100;

/** @returns `query` with a pattern for these names, sorted, between its marks */
export function withBuiltins(query: string, names: readonly string[]): string {
  const start = query.indexOf(OPEN);
  const end = query.indexOf(CLOSE);
  if (start < 0 || end < start) throw new Error(`queries/highlights.scm lacks ${OPEN} … ${CLOSE}`);
  return `${query.slice(0, start)}${OPEN} generated from the table of builtins\n${pattern(names)}${query.slice(end)}`;
}

function pattern(names: readonly string[]): string {
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
  const list = [...lines, line].join("\n");
  return [
    "((identifier) @variable.builtin",
    `  (#any-of? @variable.builtin\n${list}))`,
    "(call_expression",
    "  function: (identifier) @function.builtin",
    `  (#any-of? @function.builtin\n${list}))`,
    "",
  ].join("\n");
}
