/** Extracting a selected expression into a macro: variables and maps that it uses become parameters. */

import { findNodeAt, walk, type Expression, type Span, type SyntaxNode } from "@probewright/compiler";
import { namedThings } from "../names.ts";
import { edit, textOf, type Offer, type Selected } from "./refactor.ts";

export const extractMacro: Offer = (selected) => {
  const { item, span, snapshot } = selected;
  if (span.start === span.end || (item.kind !== "probe" && item.kind !== "subprogram")) return undefined;
  const trimmed = trim(item.text, span);
  const node = expressionAt(item, trimmed);
  if (node === undefined) return undefined;
  const names = variablesAndMapsIn(node);
  // A parameter has a name; the map without one has none.
  if (names.includes("@")) return undefined;
  const body = textOf(selected, trimmed);
  const name = freshName(selected, "extracted");
  const parameters = names.join(", ");
  const start = startOfLeading(selected);
  return {
    kind: "refactor.extract",
    title: `Extract into macro '${name}'`,
    edits: [
      { start, end: start, text: `macro ${name}(${parameters}) {\n${indentOf(snapshot.text)}${body}\n}\n\n` },
      edit(selected, trimmed, `${name}(${parameters})`),
    ],
  };
};

function trim(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  const from = start + (inside.length - inside.trimStart().length);
  return { start: from, end: Math.max(from, end - (inside.length - inside.trimEnd().length)) };
}

const extractable: ReadonlySet<Expression["kind"]> = new Set([
  "binary",
  "unary",
  "conditional",
  "call",
  "field-access",
  "tuple-access",
  "index",
  "cast",
  "tuple",
  "map",
]);

/** The expression that is exactly selected. */
function expressionAt(
  item: SyntaxNode & { kind: "probe" | "subprogram" },
  span: Span,
): SyntaxNode | undefined {
  const exact = findNodeAt(item, span.start).findLast(
    (node) => node.span.start === span.start && node.span.end === span.end,
  );
  const found = exact !== undefined && extractable.has(exact.kind as Expression["kind"]) ? exact : undefined;
  // An aggregation is only one where it is assigned.
  return found?.kind === "call" && isAggregation(found.callee.text) ? undefined : found;
}

function isAggregation(name: string): boolean {
  return ["count", "sum", "min", "max", "avg", "stats", "hist", "lhist", "tseries"].includes(name);
}

/** With their sigils, in order of their first use. A macro knows no map but those it is given. */
function variablesAndMapsIn(node: SyntaxNode): readonly string[] {
  const names = new Set<string>();
  walk(node, (each) => {
    if (each.kind === "variable") names.add(`$${each.name}`);
    if (each.kind === "map-name") names.add(`@${each.name}`);
  });
  return [...names];
}

export function freshName({ snapshot }: Selected, wanted: string): string {
  const taken = new Set(namedThings(snapshot).map(({ name }) => name));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted}${n.toString()}`;
    if (!taken.has(name)) return name;
  }
}

/** Before the item and the comments above it. */
export function startOfLeading({ item, start }: Pick<Selected, "item" | "start">): number {
  const leading = item.comments.map(({ span }) => span.start).filter((at) => at < 0);
  return start + Math.min(0, ...leading);
}

/** The script's own indentation. */
export function indentOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? "\t";
}
