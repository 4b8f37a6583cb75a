/**
 * The names of a script and every place they stand. Maps, macros and subprograms are known by name alone and what a macro
 * calls its own belongs to that macro, so these hold even in code that is never used; only variables of probes and
 * subprograms have scopes, which analysis resolves.
 */

import {
  walk,
  type Item,
  type Macro,
  type Name,
  type NamedType,
  type NodeFact,
  type NodeFacts,
  type Script,
  type Span,
  type SymbolFact,
} from "@probewright/compiler";
import { mentionsIn, ownNames } from "./own-types.ts";
import type { Snapshot } from "./snapshot.ts";

export type Access = "read" | "write" | "read-write" | "declaration";

export interface Occurrence extends Span {
  /** Item in which it stands. */
  readonly item: Item;
  readonly access: Access;
}

/** What is named in C: code knows it by its name alone, but for fields, which belong to their struct. */
export type CName = "constant" | "type" | "field";

export function isNamedInC(kind: NamedThing["kind"]): kind is CName {
  return kind === "constant" || kind === "type" || kind === "field";
}

export interface NamedThing {
  /** A `constant` is an enumerator or a `#define` of the script's own C; so are types and fields. */
  readonly kind: "variable" | "map" | "macro" | "macro-parameter" | "subprogram" | CName;
  /** Without the sigil. */
  readonly name: string;
  /** `$`, `@` or nothing. Occurrences include it. */
  readonly sigil: string;
  /** The struct that a field belongs to. */
  readonly owner: string | undefined;
  /** What analysis knows of it, when it met it. */
  readonly symbol: SymbolFact | undefined;
  /** In order of the program. */
  readonly occurrences: readonly Occurrence[];
}

const known = new WeakMap<Snapshot, readonly NamedThing[]>();

/** Everything with a name in this document; computed once a snapshot. */
export function namedThings(snapshot: Snapshot): readonly NamedThing[] {
  let things = known.get(snapshot);
  if (things === undefined) {
    things = thingsIn(snapshot.script, snapshot.analysis().nodeFacts);
    known.set(snapshot, things);
  }
  return things;
}

/** The thing whose name touches an offset, and the place there. */
export function namedAt(
  snapshot: Snapshot,
  offset: number,
): { readonly thing: NamedThing; readonly occurrence: Occurrence } | undefined {
  for (const thing of namedThings(snapshot)) {
    for (const occurrence of thing.occurrences) {
      if (occurrence.start <= offset && offset <= occurrence.end) return { thing, occurrence };
    }
  }
  return undefined;
}

/** Where the name is introduced: its declaration, else the first assignment, else the first use. */
export function definitionOf({ occurrences }: NamedThing): Occurrence | undefined {
  return (
    occurrences.find(({ access }) => access === "declaration") ??
    occurrences.find(({ access }) => access !== "read") ??
    occurrences[0]
  );
}

type Found = Pick<NamedThing, "kind" | "name" | "sigil" | "owner"> & {
  readonly key: unknown;
} & Occurrence & {
    readonly symbol: SymbolFact | undefined;
  };

/** Everything with a name in one file of a program. */
export function thingsIn(script: Script, facts: NodeFacts): readonly NamedThing[] {
  const declared = declaredNames(script);
  const things = new Map<unknown, { first: Found; symbol: SymbolFact | undefined; all: Occurrence[] }>();
  for (const { item, start } of script.items) {
    for (const found of foundIn(facts, item, declared)) {
      const { access } = found;
      const place = { item, access, start: start + found.start, end: start + found.end };
      const thing = things.get(found.key);
      if (thing === undefined) things.set(found.key, { first: found, symbol: found.symbol, all: [place] });
      else {
        thing.all.push(place);
        thing.symbol ??= found.symbol;
      }
    }
  }
  return [...things.values()].map(({ first: { kind, name, sigil, owner }, symbol, all }) => ({
    ...{ kind, name, sigil, owner, symbol },
    occurrences: all.sort((left, right) => left.start - right.start),
  }));
}

/** The names of one item, in order; their spans are relative to it. The same list as before while nothing is new about it. */
export function namesOf({ script, analysis }: Snapshot, item: Item): readonly NameInItem[] {
  return foundIn(analysis().nodeFacts, item, declaredNames(script));
}

/** A name's place in an item, and what it is. */
export type NameInItem = Pick<Found, "kind" | "start" | "end" | "access">;

interface Known {
  readonly source: object | undefined;
  readonly declared: string;
  readonly found: readonly Found[];
}

const knownItems = new WeakMap<Item, Known>();

/** Names in one item; those of before while nothing is known anew about it. */
function foundIn(facts: NodeFacts, item: Item, declared: Declared): readonly Found[] {
  const source = facts.sourceOf(item);
  const known = knownItems.get(item);
  const same = source !== undefined && known?.source === source && known.declared === declared.key;
  if (same) return known.found;
  const found = withOneScope(namesIn(item, declared, (id) => facts.at(item, id)));
  knownItems.set(item, { source, declared: declared.key, found });
  return found;
}

/** A variable in code that analysis left out belongs to the variable of that name that it knows in the same item. */
function withOneScope(found: readonly Found[]): readonly Found[] {
  return found.map((each) => {
    if (each.kind !== "variable" || each.symbol !== undefined) return each;
    const same = found.find(
      (other) => other.kind === "variable" && other.name === each.name && other.symbol !== undefined,
    );
    return same === undefined ? each : { ...each, key: same.key, symbol: same.symbol };
  });
}

interface Declared {
  readonly macros: ReadonlySet<string>;
  readonly subprograms: ReadonlySet<string>;
  readonly constants: ReadonlySet<string>;
  /** In full, as `ownNames` has them. */
  readonly types: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  /** All of them as one text. */
  readonly key: string;
}

const declaredIn = new WeakMap<Script, Declared>();

function declaredNames(script: Script): Declared {
  const declared = declaredIn.get(script) ?? findDeclared(script);
  declaredIn.set(script, declared);
  return declared;
}

function findDeclared({ items }: Script): Declared {
  const names = (kind: "macro" | "subprogram"): ReadonlySet<string> =>
    new Set(items.flatMap(({ item }) => (item.kind === kind && "name" in item ? [item.name.text] : [])));
  const macros = names("macro");
  const subprograms = names("subprogram");
  const constants = new Set(items.flatMap(({ item }) => constantsOf(item).map(({ text }) => text)));
  const inC = (of: "types" | "fields"): ReadonlySet<string> =>
    new Set(items.flatMap(({ item }) => ownNames(item)[of].map(({ full }) => full)));
  const types = inC("types");
  const fields = inC("fields");
  const key = [macros, subprograms, constants, types, fields].map((names) => [...names].join(" ")).join("\n");
  return { macros, subprograms, constants, types, fields, key };
}

/** What an item defines in C that code can name. */
function constantsOf(item: Item): readonly Name[] {
  if (item.kind === "c-definition") return item.declaration.enumerators.map(({ name }) => name);
  return item.kind === "preprocessor-line" && item.directive.kind === "define" ? [item.directive.name] : [];
}

type SyntaxNode = Parameters<typeof walk>[0];

/** Names in one item, in order; spans relative to the item. */
function namesIn(
  item: Item,
  declared: Declared,
  factOf: (id: SyntaxNode["id"]) => NodeFact | undefined,
): readonly Found[] {
  const found: Found[] = [];
  const path: SyntaxNode[] = [];
  walk(
    item,
    (node) => {
      const name = nameOf(node, path.at(-1), item, declared, factOf);
      if (name !== undefined) {
        // A type's tag stays as it is.
        const start = name.kind === "type" ? node.span.end - name.name.length : node.span.start;
        found.push({ ...name, item, start, end: node.span.end, access: accessOf(node, path, item) });
      }
      path.push(node);
    },
    () => path.pop(),
  );
  return item.kind === "c-definition" ? withMentions(found, item, declared) : found;
}

/** Types that C speaks of have no nodes there, and what follows `typedef` has two. */
function withMentions(found: readonly Found[], item: Item, declared: Declared): readonly Found[] {
  const byStart = new Map(found.map((each) => [each.start, each]));
  for (const { full, start, end } of mentionsIn(item)) {
    const type = ofType(full, declared);
    if (type !== undefined && !byStart.has(start))
      byStart.set(start, { ...type, item, start, end, access: "read" });
  }
  return [...byStart.values()];
}

function nameOf(
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
  item: Item,
  declared: Declared,
  factOf: (id: SyntaxNode["id"]) => NodeFact | undefined,
): Omit<Found, "item" | "access" | keyof Span> | undefined {
  const global = (kind: NamedThing["kind"], name: string, sigil: string): ReturnType<typeof nameOf> => ({
    kind,
    name,
    sigil,
    owner: undefined,
    key: `${kind} ${name}`,
    symbol: symbolOf(factOf(node.id)?.symbol ?? parentSymbol(parent, factOf), kind, name),
  });
  switch (node.kind) {
    case "macro-parameter":
      return parameter(item, node.form, node.name);
    case "variable": {
      const own = parameter(item, "variable", node.name);
      if (own !== undefined) return own;
      const symbol = symbolOf(factOf(node.id)?.symbol, "variable", node.name);
      const key = item.kind === "macro" || symbol === undefined ? scopeKey(item, node.name) : symbol;
      return { kind: "variable", name: node.name, sigil: "$", owner: undefined, key, symbol };
    }
    case "map-name":
      return parameter(item, "map", node.name) ?? global("map", node.name, "@");
    case "identifier":
      return bare(node.name);
    case "named-type":
      return ofType(fullName(node), declared);
    case "name":
      if (parent?.kind === "call" && parent.callee === node) return bare(node.text);
      if (isDefinitionOf(parent, node)) return global(parent.kind, node.text, "");
      return inC(node, parent, item, declared, factOf(node.id)?.field?.struct);
    default:
      return undefined;
  }
  function bare(name: string): ReturnType<typeof nameOf> {
    const own = parameter(item, "expression", name);
    if (own !== undefined) return own;
    const symbol = factOf(node.id)?.symbol ?? parentSymbol(parent, factOf);
    if (declared.macros.has(name) || (symbol?.kind === "macro" && symbol.name === name))
      return global("macro", name, "");
    if (declared.subprograms.has(name) || (symbol?.kind === "subprogram" && symbol.name === name))
      return global("subprogram", name, "");
    return declared.constants.has(name) ? constant(name) : ofType(name, declared);
  }
}

/** A name that C defines, or one of a field. @param struct that the field belongs to */
function inC(
  node: Name,
  parent: SyntaxNode | undefined,
  item: Item,
  declared: Declared,
  struct: string | undefined,
): ReturnType<typeof nameOf> {
  if (constantsOf(item).includes(node)) return constant(node.text);
  const { types, fields } = ownNames(item);
  const type = types.find(({ name }) => name === node);
  if (type !== undefined) return ofType(type.full, declared);
  const own = fields.find(({ name }) => name === node)?.full;
  const full = own ?? `${struct ?? structOfOffset(node, parent)}.${node.text}`;
  if (!declared.fields.has(full)) return undefined;
  const owner = full.slice(0, -node.text.length - 1);
  return { kind: "field", name: node.text, sigil: "", owner, key: `field ${full}`, symbol: undefined };
}

function constant(name: string): ReturnType<typeof nameOf> {
  return { kind: "constant", name, sigil: "", owner: undefined, key: `constant ${name}`, symbol: undefined };
}

function ofType(full: string, { types }: Declared): ReturnType<typeof nameOf> {
  if (!types.has(full)) return undefined;
  const name = full.slice(full.indexOf(" ") + 1);
  return { kind: "type", name, sigil: "", owner: undefined, key: `type ${full}`, symbol: undefined };
}

/** `offsetof(struct pair, first)`. */
function structOfOffset(node: Name, parent: SyntaxNode | undefined): string | undefined {
  if (parent?.kind !== "offsetof" || parent.path[0] !== node || parent.subject.kind !== "type")
    return undefined;
  const { type } = parent.subject;
  return type.kind === "named-type" ? fullName(type) : undefined;
}

function fullName({ tag, name }: NamedType): string {
  return tag === undefined ? name : `${tag} ${name}`;
}

type Definition = Extract<SyntaxNode, { readonly kind: "macro" | "subprogram" }>;

function isDefinitionOf(parent: SyntaxNode | undefined, name: SyntaxNode): parent is Definition {
  return (parent?.kind === "macro" || parent?.kind === "subprogram") && parent.name === name;
}

/** A call's symbol is noted at the call, a map's at its access. */
function parentSymbol(
  parent: SyntaxNode | undefined,
  factOf: (id: SyntaxNode["id"]) => NodeFact | undefined,
): SymbolFact | undefined {
  return parent?.kind === "call" || parent?.kind === "map" ? factOf(parent.id)?.symbol : undefined;
}

function symbolOf(symbol: SymbolFact | undefined, kind: string, name: string): SymbolFact | undefined {
  return symbol?.kind === kind && symbol.name === name ? symbol : undefined;
}

const scopeKeys = new WeakMap<Item, Map<string, object>>();

/** The key of a name that is one thing in the whole item. */
function scopeKey(item: Item, name: string): object {
  const ofItem = scopeKeys.get(item) ?? new Map<string, object>();
  scopeKeys.set(item, ofItem);
  const key = ofItem.get(name) ?? {};
  ofItem.set(name, key);
  return key;
}

const sigils = { variable: "$", map: "@", expression: "" } as const;

/** Of the macro that the item is. */
function parameter(
  macro: Item,
  form: Macro["parameters"][number]["form"],
  name: string,
): Omit<Found, "item" | "access" | keyof Span> | undefined {
  if (macro.kind !== "macro") return undefined;
  if (!macro.parameters.some((each) => each.form === form && each.name === name)) return undefined;
  const key = scopeKey(macro, `parameter ${sigils[form]}${name}`);
  const sigil = sigils[form];
  return { kind: "macro-parameter", name, sigil, owner: undefined, key, symbol: undefined };
}

/** Builtins that change the map they are given. */
const changing: ReadonlySet<string> = new Set(["clear", "delete", "zero"]);

function accessOf(node: SyntaxNode, path: readonly SyntaxNode[], item: Item): Access {
  if (node.kind === "macro-parameter") return "declaration";
  if (item.kind === "c-definition" || item.kind === "preprocessor-line") return "declaration";
  const parent = path.at(-1);
  if (node.kind === "map-name" && parent?.kind === "map") return accessOf(parent, path.slice(0, -1), item);
  switch (parent?.kind) {
    case "macro":
    case "subprogram":
    case "subprogram-parameter":
    case "map-declaration":
      return "declaration";
    case "variable-declaration":
      return parent.variable === node ? "declaration" : "read";
    case "for":
      return parent.variable === node ? "declaration" : "read";
    case "assignment":
      if (parent.target !== node) return "read";
      return parent.operator === undefined ? "write" : "read-write";
    case "increment":
      return "read-write";
    case "call":
      return changing.has(parent.callee.text) && parent.arguments[0] === node ? "write" : "read";
    default:
      return "read";
  }
}
