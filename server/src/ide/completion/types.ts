/** Suggestions where a type is written: in casts, declarations, `sizeof`, and behind `struct`. */

import { builtinTypeNames, type KernelFacts } from "@probewright/compiler";
import type { Cursor } from "../cursor.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Completion, Completions } from "./completion.ts";
import { indexNames, search, type NameIndex } from "./fuzzy.ts";

const MOST_TYPES = 100;

/** Where a type may stand: behind a bracket that opens a cast or an argument, and behind a colon. */
export function typeNames({ before }: Cursor, from: number): readonly Completion[] {
  if (!/(?:[(:,=]|\bsizeof\s*\()\s*\w*$/.test(before)) return [];
  return [...builtinTypeNames, "struct", "union", "enum"].map((label) => ({
    label,
    kind: "type",
    detail: "type",
    from,
    rank: 3,
  }));
}

/** Where nothing but a type may stand: of a parameter, a result, a declared variable. */
const DECLARED = /(?:^\s*fn\b[^{]*|\blet\s+\$\w+\s*):\s*(\w*)$/;

/** Undefined elsewhere. */
export function completeDeclaredType(cursor: Cursor): Completions | undefined {
  const typed = DECLARED.exec(cursor.before)?.[1];
  return typed === undefined
    ? undefined
    : { items: typeNames(cursor, cursor.offset - typed.length), incomplete: false };
}

interface TypeIndex extends NameIndex {
  readonly names: readonly string[];
}

const indexes = new WeakMap<KernelFacts, Map<string, TypeIndex>>();

function kernelTypes(facts: KernelFacts, tag: string): TypeIndex {
  const ofFacts = indexes.get(facts) ?? new Map<string, TypeIndex>();
  indexes.set(facts, ofFacts);
  let index = ofFacts.get(tag);
  if (index === undefined) {
    const tagged = facts.typeNames().filter((name) => name.startsWith(`${tag} `));
    const names = tagged.map((name) => name.slice(tag.length + 1));
    index = Object.assign(indexNames(names), { names });
    ofFacts.set(tag, index);
  }
  return index;
}

/** Names behind `struct`, `union` or `enum`; undefined elsewhere. */
export function completeTagged(snapshot: Snapshot, { before, offset }: Cursor): Completions | undefined {
  const match = /\b(struct|union|enum)\s+(\w*)$/.exec(before);
  if (match === null) return undefined;
  const [, tag = "", query = ""] = match;
  const from = offset - query.length;
  const own = snapshot.script.items.flatMap(({ item }): readonly Completion[] => {
    const name =
      item.kind === "c-definition" && item.declaration.tag === tag ? item.declaration.name : undefined;
    return name === undefined ? [] : [{ label: name.text, kind: "type", detail: "script", from, rank: 0 }];
  });
  const index = kernelTypes(snapshot.facts, tag);
  const { found, count } = search(index, query, MOST_TYPES);
  const items = found.map(({ index: i }, rank): Completion => {
    const name = index.names[i] ?? "";
    const source = { kind: "type", name: `${tag} ${name}` } as const;
    return { label: name, kind: "type", detail: "kernel", source, from, rank: rank + 1 };
  });
  return { items: [...own, ...items], incomplete: count > items.length };
}
