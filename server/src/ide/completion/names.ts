/** Suggestions in code: builtins that this probe allows, variables in reach, maps, macros, constants, keywords. */

import {
  type ImportedFunction,
  builtins,
  capabilities,
  findNodeAt,
  findProbeType,
  showType,
  signaturesOf,
  type Builtin,
  type Capability,
  type Item,
  type Macro,
  type Type,
} from "@probewright/compiler";
import { spellPrototype } from "../c-prototype.ts";
import type { Importable } from "../importable.ts";
import type { Cursor } from "../cursor.ts";
import { namedThings, type NamedThing } from "../names.ts";
import type { Snapshot } from "../snapshot.ts";
import { complete, noCompletions, type Completion, type Completions } from "./completion.ts";
import { statementSnippets } from "./snippets.ts";
import { typeNames } from "./types.ts";

export function completeName(
  snapshot: Snapshot,
  cursor: Cursor,
  importable: readonly Importable[],
): Completions {
  const word = /[@$]?\w*$/.exec(cursor.before)?.[0] ?? "";
  // A number is no name, and a name that is declared is new.
  if (/^\d|^\$\d/.test(word) || /(?:^|[^\w.])\d+\.$|\blet\s+\w*$/.test(cursor.before)) return noCompletions;
  const from = cursor.offset - word.length;
  if (word.startsWith("$")) return complete(variables(snapshot, cursor, from));
  if (word.startsWith("@")) return complete(maps(snapshot, cursor, from));
  return complete([
    ...variables(snapshot, cursor, from),
    ...maps(snapshot, cursor, from),
    ...parameters(cursor.item, from),
    ...callables(snapshot, from),
    ...builtinNames(cursor, word, from),
    ...constants(snapshot, from),
    ...keywords(cursor, from),
    ...typeNames(cursor, from),
    ...fromElsewhere(snapshot, importable, word, from),
    ...(startsStatement(cursor, word) ? statementSnippets(from) : []),
  ]);
}

/** The snippets are statements. */
function startsStatement({ before }: Cursor, word: string): boolean {
  return /[{};]\s*$/.test(before.slice(0, before.length - word.length));
}

/** Variables of the item that stand before the cursor, in a block around it. */
function variables(snapshot: Snapshot, cursor: Cursor, from: number): readonly Completion[] {
  const { item, offset } = cursor;
  const inReach = namedThings(snapshot).filter(
    ({ kind, sigil, occurrences }) =>
      (kind === "variable" || kind === "macro-parameter") &&
      sigil === "$" &&
      occurrences.some((place) => place.item === item && place.end < offset && place.start !== from) &&
      (kind === "macro-parameter" || reaches(cursor, occurrences[0]?.start ?? 0)),
  );
  return uniqueByName(inReach).map(({ name, symbol }) => ({
    label: `$${name}`,
    kind: "variable",
    detail: symbol?.kind === "variable" ? known(symbol.type) : "",
    from,
    rank: 0,
  }));
}

/** @param first where a variable is met first, in the document */
function reaches({ item, itemStart, offset }: Cursor, first: number): boolean {
  if (item === undefined) return false;
  const path = findNodeAt(item, first - itemStart);
  const around = path.findLast(({ kind }) => kind === "block" || kind === "for");
  if (around === undefined) return true;
  // A block that is not closed yet goes on.
  const end = item.text.charAt(around.span.end - 1) === "}" ? around.span.end : Infinity;
  return offset - itemStart < end;
}

function maps(snapshot: Snapshot, { item, offset }: Cursor, from: number): readonly Completion[] {
  const all = namedThings(snapshot).filter(
    ({ kind, sigil, occurrences }) =>
      sigil === "@" &&
      (kind === "map" || occurrences[0]?.item === item) &&
      // The name being typed is no map yet.
      occurrences.some(({ start, end }) => end < offset || start >= offset || start !== from),
  );
  return uniqueByName(all).map(({ name, symbol }) => ({
    label: `@${name}`,
    kind: "map",
    ...(symbol?.kind === "map" && symbol.key !== undefined && symbol.key.kind !== "none"
      ? { signature: `[${showType(symbol.key)}]` }
      : {}),
    detail: symbol?.kind === "map" ? known(symbol.value) : "",
    from,
    rank: 0,
    commit: ["["],
  }));
}

/** While its first assignment is typed, nothing is known of it. */
function known(type: Type): string {
  return type.kind === "none" ? "" : showType(type);
}

function uniqueByName(things: readonly NamedThing[]): readonly NamedThing[] {
  const seen = new Set<string>();
  return things.filter(({ name }) => !seen.has(name) && seen.add(name).has(name));
}

function parameters(item: Item | undefined, from: number): readonly Completion[] {
  if (item?.kind !== "macro") return [];
  return item.parameters
    .filter(({ form }) => form === "expression")
    .map(({ name }) => ({ label: name, kind: "variable", detail: "parameter", from, rank: 0 }));
}

/** Macros and subprograms of the script and of what it imports, and functions of C files. */
function callables(snapshot: Snapshot, from: number): readonly Completion[] {
  const { files, cFunctions } = snapshot.analysis();
  const own = files.flatMap(({ script }, file) =>
    script.items.flatMap(({ item }): readonly Completion[] =>
      item.kind === "macro" || item.kind === "subprogram"
        ? [callable(item, file === 0 ? "" : "imported", from)]
        : [],
    ),
  );
  return [...own, ...cFunctions.map((fn) => cCallable(fn, from))];
}

function cCallable({ prototype, path }: ImportedFunction, from: number): Completion {
  return {
    label: prototype.name,
    kind: "macro",
    signature: `(${prototype.parameters.map(({ name }) => name).join(", ")})`,
    detail: "C function, imported",
    documentation: `\`${spellPrototype(prototype)}\`, from \`${path}\`.`,
    from,
    rank: 1,
    commit: ["("],
  };
}

function callable(
  item: Extract<Item, { kind: "macro" | "subprogram" }>,
  where: string,
  from: number,
): Completion {
  const texts = item.parameters.map((each) =>
    each.kind === "macro-parameter" ? parameterText(each) : `$${each.variable.name}`,
  );
  return {
    label: item.name.text,
    kind: "macro",
    signature: `(${texts.join(", ")})`,
    detail: where === "" ? item.kind : `${item.kind}, ${where}`,
    ...documentationOf(item),
    from,
    rank: 1,
    commit: ["("],
  };
}

export function parameterText({ form, name }: Macro["parameters"][number]): string {
  return `${form === "variable" ? "$" : form === "map" ? "@" : ""}${name}`;
}

/** The comment above it. */
function documentationOf(item: Item): { documentation?: string } {
  const text = docComment(item);
  return text === "" ? {} : { documentation: text };
}

/** Comments directly above an item, without their marks. */
export function docComment(item: Item): string {
  return item.comments
    .filter(({ span }) => span.end <= 0)
    .map(({ text }) =>
      text
        .replace(/^\/\*+|\*+\/$|^\/\/+/g, "")
        .replace(/^[ \t]*\* ?/gm, "")
        .trim(),
    )
    .join("\n")
    .trim();
}

function builtinNames(cursor: Cursor, word: string, from: number): readonly Completion[] {
  const { item } = cursor;
  // A statement calls something, or assigns; what is only a value comes after.
  const valueRank = startsStatement(cursor, word) ? 3 : 1;
  return builtins
    .filter(({ name }) => !name.startsWith("__") && name !== "argN")
    .flatMap((row): readonly Completion[] => {
      const why = item === undefined ? undefined : whyNot(row, item);
      // What cannot be used here is shown only to who asks for it, with the reason.
      if (why !== undefined && (word.length < 2 || !row.name.startsWith(word))) return [];
      return [
        {
          ...builtin(row, why, from),
          ...(why === undefined && row.kind === "value" ? { rank: valueRank } : {}),
        },
      ];
    })
    .concat(numberedArguments(item, from));
}

function builtin(row: Builtin, why: string | undefined, from: number): Completion {
  const callable = row.kind !== "value";
  const text = signaturesOf(row)[0] ?? row.name;
  const open = text.indexOf("(");
  return {
    label: row.name,
    kind: callable ? "function" : "builtin-value",
    ...(open === -1 ? {} : { signature: text.slice(open) }),
    detail: why ?? text.slice(0, text.indexOf(row.name)).trim(),
    documentation: row.summary,
    source: { kind: "builtin", name: row.name },
    from,
    rank: why === undefined ? (callable ? 2 : 1) : 800,
    deprecated: row.deprecated !== undefined,
    ...(callable ? { commit: ["("] } : {}),
  };
}

function numberedArguments(item: Item | undefined, from: number): readonly Completion[] {
  const row = builtins.find(({ name }) => name === "argN");
  if (row === undefined || item === undefined || whyNot(row, item) !== undefined) return [];
  return [0, 1, 2, 3].map((n) => ({
    label: `arg${n.toString()}`,
    kind: "builtin-value",
    detail: "argument",
    documentation: row.summary,
    source: { kind: "builtin", name: row.name },
    from,
    rank: 3,
  }));
}

/** What some builtins need in a way of their own, which analysis explains in more words. */
const neededBy: Readonly<Record<string, readonly Capability[]>> = {
  args: ["typed-arguments"],
  ctx: ["context"],
};

/** Why a builtin cannot be used in an item; undefined when it can. */
export function whyNot(row: Builtin, item: Item): string | undefined {
  if (item.kind === "subprogram") {
    return row.probeOnly === true || row.needs.length > 0 ? "only in probes" : undefined;
  }
  if (item.kind !== "probe") return undefined;
  for (const { provider } of item.attachPoints) {
    const type = findProbeType(provider.text);
    const needs = [...row.needs, ...(neededBy[row.name] ?? [])];
    const lacking = needs.find((need) => type?.capabilities.has(need) === false);
    if (type !== undefined && lacking !== undefined) {
      return `not in ${type.name}: needs ${capabilities[lacking]}`;
    }
  }
  return undefined;
}

/** Enumerators and macros of the script's own C. */
function constants(snapshot: Snapshot, from: number): readonly Completion[] {
  return snapshot.script.items.flatMap(({ item }): readonly Completion[] => {
    const constant = (label: string, detail: string): Completion => ({
      ...{ label, kind: "constant", detail, from, rank: 2 },
    });
    if (item.kind === "c-definition")
      return item.declaration.enumerators.map(({ name, value }) =>
        constant(
          name.text,
          `${item.declaration.name?.text ?? "enum"}${value === undefined ? "" : ` = ${value}`}`,
        ),
      );
    if (item.kind === "preprocessor-line" && item.directive.kind === "define")
      return [constant(item.directive.name.text, item.directive.value)];
    return [];
  });
}

/** Beside the snippets, which have the other words with what follows them. */
const statementWords = ["let", "return", "break", "continue"];
const valueWords = ["true", "false", "sizeof", "offsetof", "comptime", "typeof"];

function keywords(cursor: Cursor, from: number): readonly Completion[] {
  const word = /\w*$/.exec(cursor.before)?.[0] ?? "";
  const words = startsStatement(cursor, word) ? [...statementWords, ...valueWords] : valueWords;
  return words.map((label) => ({ label, kind: "keyword", detail: "keyword", from, rank: 4 }));
}

/** Macros of other scripts of the workspace: accepting one imports its file. */
function fromElsewhere(
  snapshot: Snapshot,
  importable: readonly Importable[],
  word: string,
  from: number,
): readonly Completion[] {
  if (word === "") return [];
  const known = new Set(snapshot.analysis().files.flatMap(({ script }) => script.items.map(nameOfItem)));
  return importable.flatMap(({ path, names }) =>
    names
      .filter(({ name }) => !known.has(name))
      .map(({ name, parameters: texts }) => ({
        label: name,
        kind: "macro",
        signature: `(${texts.join(", ")})`,
        detail: `import "${path}"`,
        from,
        rank: 5,
        also: [importEdit(snapshot, path)],
      })),
  );
}

function nameOfItem({ item }: { readonly item: Item }): string {
  return item.kind === "macro" || item.kind === "subprogram" ? item.name.text : "";
}

/** Imports stand behind C definitions and the `config` block, before everything else. */
function importEdit({ script, text }: Snapshot, path: string): { start: number; end: number; text: string } {
  const before = ["shebang", "preprocessor-line", "c-definition", "config", "import"];
  const last = script.items.findLast(({ item }) => before.includes(item.kind));
  if (last === undefined) return { start: 0, end: 0, text: `import "${path}";\n` };
  const end = last.start + last.item.span.end;
  const semicolon = text.charAt(end) === ";" ? end + 1 : end;
  return { start: semicolon, end: semicolon, text: `\nimport "${path}";` };
}
