/** Colours that only meaning can give: what each name is, and whether it is read, changed or introduced. */

import { findBuiltin, walk, type Item, type NamedType, type Span } from "@probewright/compiler";
import { isNamedInC, namesOf, type CName, type NamedThing, type NameInItem } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

export const tokenTypes = [
  "namespace",
  "type",
  "parameter",
  "variable",
  "property",
  "enumMember",
  "function",
  "macro",
] as const;
export const tokenModifiers = ["declaration", "modification", "defaultLibrary"] as const;

export interface SemanticToken extends Span {
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

const types = {
  variable: "variable",
  map: "property",
  macro: "macro",
  "macro-parameter": "parameter",
  subprogram: "function",
} as const satisfies Readonly<Record<Exclude<NamedThing["kind"], CName>, SemanticToken["type"]>>;

const modifiers = {
  read: [],
  declaration: ["declaration"],
  write: ["modification"],
  "read-write": ["modification"],
} as const;

/** In order, never overlapping, each within one line. @param range leaves out what lies outside */
export function semanticTokens(snapshot: Snapshot, range?: Span): readonly SemanticToken[] {
  return snapshot.script.items.flatMap(({ item, start }) => {
    const isOutside = range !== undefined && (range.end < start || start + item.text.length < range.start);
    if (isOutside) return [];
    return itemTokens(snapshot, item)
      .map((token) => ({ ...token, start: start + token.start, end: start + token.end }))
      .filter(({ start, end }) => range === undefined || (range.start <= end && start <= range.end));
  });
}

interface Known {
  readonly source: object | undefined;
  readonly names: readonly NameInItem[];
  readonly tokens: readonly SemanticToken[];
}

const knownItems = new WeakMap<Item, Known>();

/** Those of one item, relative to it; the same list as before while nothing is known anew about it. */
export function itemTokens(snapshot: Snapshot, item: Item): readonly SemanticToken[] {
  const source = snapshot.analysis().nodeFacts.sourceOf(item);
  const names = namesOf(snapshot, item);
  const known = knownItems.get(item);
  if (source !== undefined && known?.source === source && known.names === names) return known.tokens;
  // What is named in C is coloured by what it is there, which analysis knows.
  const named = names.flatMap(({ kind, start, end, access }) =>
    isNamedInC(kind) ? [] : [{ start, end, type: types[kind], modifiers: modifiers[access] }],
  );
  const tokens = apart([...named, ...otherTokens(snapshot, item)], item.text);
  knownItems.set(item, { source, names, tokens });
  return tokens;
}

function apart(tokens: SemanticToken[], text: string): readonly SemanticToken[] {
  tokens.sort((left, right) => left.start - right.start || left.end - right.end);
  let last = 0;
  return tokens.filter(({ start, end }) => {
    if (start < last || start >= end || text.slice(start, end).includes("\n")) return false;
    last = end;
    return true;
  });
}

/** Its tag is a keyword. */
function typeName({ tag, name, span }: NamedType): Span {
  return tag === undefined ? span : { start: span.end - name.length, end: span.end };
}

/** Tokens of what has no name of the script's own. */
function otherTokens(snapshot: Snapshot, item: Item): readonly SemanticToken[] {
  const facts = snapshot.analysis().nodeFacts;
  const tokens: SemanticToken[] = [];
  const add = ({ start, end }: Span, type: SemanticToken["type"], library = false): void => {
    tokens.push({ start, end, type, modifiers: library ? ["defaultLibrary"] : [] });
  };
  walk(item, (node) => {
    switch (node.kind) {
      case "attach-point":
        add(node.provider.span, "namespace");
        break;
      case "field-access":
        add(node.field.span, "property");
        break;
      case "named-type":
        add(typeName(node), "type");
        break;
      case "call":
        if (findBuiltin(node.callee.text) !== undefined) add(node.callee.span, "function", true);
        break;
      case "identifier": {
        const fact = facts.at(item, node.id);
        if (fact?.symbol?.kind === "enum-constant") add(node.span, "enumMember");
        else if (fact?.symbol?.kind === "c-macro") add(node.span, "macro");
        else if (fact?.builtin !== undefined) add(node.span, "variable", true);
        break;
      }
      default:
        break;
    }
  });
  return tokens;
}
