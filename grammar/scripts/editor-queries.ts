/**
 * The queries as editors want them. Neovim takes them as they are. Helix has other names for captures, and knows fewer
 * of them: patterns for what it does not know are left out.
 */

/** Queries that Neovim looks for beside a parser. */
export const NEOVIM_QUERIES = [
  "folds",
  "highlights",
  "indents",
  "injections",
  "locals",
  "textobjects",
] as const;
export const HELIX_QUERIES = [
  "highlights",
  "indents",
  "injections",
  "locals",
  "tags",
  "textobjects",
] as const;

type HelixQuery = (typeof HELIX_QUERIES)[number];

const header = (name: string): string =>
  `; Generated from grammar/queries/${name}.scm by npm run generate.\n\n`;

export function forNeovim(name: string, query: string): string {
  return header(name) + query;
}

/** Names that Helix has for captures of ours; others are the same, or, in queries listed in `ONLY_KNOWN`, unknown to it. */
const HELIX_NAMES: Readonly<Record<HelixQuery, Readonly<Record<string, string>>>> = {
  highlights: {
    "variable.member": "variable.other.member",
    property: "variable.other.member",
    "constant.macro": "constant",
    "function.call": "function",
    "string.escape": "constant.character.escape",
    "string.special.format": "constant.character.escape",
    number: "constant.numeric",
    boolean: "constant.builtin.boolean",
    character: "constant.character",
    "character.special": "constant.character",
    module: "namespace",
    "keyword.conditional": "keyword.control.conditional",
    "keyword.conditional.ternary": "keyword.control.conditional",
    "keyword.repeat": "keyword.control.repeat",
    "keyword.return": "keyword.control.return",
    "keyword.import": "keyword.control.import",
    "keyword.type": "keyword.storage.type",
    "keyword.modifier": "keyword.storage.modifier",
  },
  indents: { "indent.begin": "indent", "indent.branch": "outdent" },
  injections: { "injection.content": "injection.content" },
  locals: {
    "local.scope": "local.scope",
    "local.definition.var": "local.definition.variable",
    "local.definition.parameter": "local.definition.variable.parameter",
    "local.definition.function": "local.definition.function",
    "local.definition.macro": "local.definition.function.macro",
    "local.definition.type": "local.definition.type",
    "local.definition.enum": "local.definition.constant",
    "local.reference": "local.reference",
  },
  tags: {},
  textobjects: {
    "function.inner": "function.inside",
    "function.outer": "function.around",
    "class.inner": "class.inside",
    "class.outer": "class.around",
    "parameter.inner": "parameter.inside",
    "comment.outer": "comment.around",
  },
};

const ONLY_KNOWN: ReadonlySet<HelixQuery> = new Set<HelixQuery>(["indents", "locals", "textobjects"]);

export function forHelix(name: HelixQuery, query: string): string {
  const names = HELIX_NAMES[name];
  const kept = topLevelPatterns(query).flatMap((pattern) => {
    const captures = [...pattern.matchAll(CAPTURE)].map((match) => match[1] ?? "");
    const isKnown = (capture: string): boolean => capture.startsWith("_") || capture in names;
    if (ONLY_KNOWN.has(name) && !captures.every(isKnown)) return [];
    const renamed = pattern.replaceAll(CAPTURE, (_, capture: string) => `@${names[capture] ?? capture}`);
    // Where a definition is visible is not for Helix to be told.
    return [renamed.replaceAll(/\s*\(#set! definition[^)]*\)/g, "")];
  });
  return `${header(name)}${kept.join("\n")}\n`;
}

const CAPTURE = /@([\w.]+)/g;

/** Patterns of a query with the captures behind them, without comments. */
function topLevelPatterns(query: string): readonly string[] {
  const patterns: string[] = [];
  let depth = 0;
  let current = "";
  for (const [token] of query.matchAll(/"(?:\\.|[^"\\])*"|;[^\n]*|[[\]()]|\s+|[^\s[\]();"]+/g)) {
    if (token.startsWith(";")) continue;
    const isSpace = token.trim() === "";
    // What follows a pattern at the top and is no capture or repetition starts the next one.
    if (depth === 0 && !isSpace && !/^[@*+?]/.test(token)) {
      if (current.trim() !== "") patterns.push(current.trim());
      current = "";
    }
    current += token;
    if (token === "(" || token === "[") depth += 1;
    if (token === ")" || token === "]") depth -= 1;
  }
  return current.trim() === "" ? patterns : [...patterns, current.trim()];
}
