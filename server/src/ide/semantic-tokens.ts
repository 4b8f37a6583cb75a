/** Colours that only meaning can give: what each name is, and whether it is read, changed or introduced. */

import { findBuiltin, walk, type Item, type Span } from "@probewright/compiler";
import { namedThings, type NamedThing } from "./names.ts";
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
} as const satisfies Readonly<Record<NamedThing["kind"], SemanticToken["type"]>>;

const modifiers = {
  read: [],
  declaration: ["declaration"],
  write: ["modification"],
  "read-write": ["modification"],
} as const;

/** In order, never overlapping, each within one line. */
export function semanticTokens(snapshot: Snapshot, range?: Span): readonly SemanticToken[] {
  const tokens: SemanticToken[] = namedThings(snapshot).flatMap(({ kind, occurrences }) =>
    occurrences.map(({ start, end, access }) => ({
      start,
      end,
      type: types[kind],
      modifiers: modifiers[access],
    })),
  );
  for (const { item, start } of snapshot.script.items) {
    for (const token of itemTokens(snapshot, item)) {
      tokens.push({ ...token, start: start + token.start, end: start + token.end });
    }
  }
  tokens.sort((left, right) => left.start - right.start || left.end - right.end);
  let last = 0;
  return tokens.filter(({ start, end }) => {
    const inRange = range === undefined || (range.start <= end && start <= range.end);
    const fits = start >= last && start < end && !snapshot.text.slice(start, end).includes("\n");
    if (!inRange || !fits) return false;
    last = end;
    return true;
  });
}

interface Known {
  readonly source: object | undefined;
  readonly tokens: readonly SemanticToken[];
}

const knownItems = new WeakMap<Item, Known>();

/** Tokens of what has no name of the script's own; spans relative to the item. */
function itemTokens(snapshot: Snapshot, item: Item): readonly SemanticToken[] {
  const source = snapshot.analysis().nodeFacts.sourceOf(item);
  const known = knownItems.get(item);
  if (source !== undefined && known?.source === source) return known.tokens;
  const tokens = makeItemTokens(snapshot, item);
  knownItems.set(item, { source, tokens });
  return tokens;
}

function makeItemTokens(snapshot: Snapshot, item: Item): readonly SemanticToken[] {
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
        add(node.span, "type");
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
