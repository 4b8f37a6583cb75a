/** What is known of a name of the script: its type, its size, and what decided them. */

import {
  showType,
  sizeOf,
  type Item,
  type NodeFact,
  type Place,
  type SymbolFact,
  type Type,
} from "@probewright/compiler";
import { docComment, parameterText } from "../completion/names.ts";
import { code } from "../completion/resolve.ts";
import type { NamedThing } from "../names.ts";
import { absolute, type Snapshot } from "../snapshot.ts";

export function hoverSymbol(snapshot: Snapshot, thing: NamedThing, fact: NodeFact | undefined): string {
  const { symbol } = thing;
  switch (symbol?.kind) {
    case "variable":
      return variableText(snapshot, symbol);
    case "map":
      return mapText(snapshot, symbol);
    default:
      return otherText(snapshot, thing, fact);
  }
}

function variableText(snapshot: Snapshot, symbol: Extract<SymbolFact, { kind: "variable" }>): string {
  const parts = [
    code("bpftrace", `${showType(symbol.type)} $${symbol.name}`),
    bytes(snapshot, symbol.type),
    why(snapshot, "Its type", symbol.decidedBy),
  ];
  return joined(parts);
}

function mapText(snapshot: Snapshot, symbol: Extract<SymbolFact, { kind: "map" }>): string {
  const { name, key, value } = symbol;
  const keyText =
    key === undefined
      ? ""
      : `[${key.kind === "tuple" ? key.elements.map(showType).join(", ") : showType(key)}]`;
  const declared = declarationOf(snapshot, name);
  const parts = [
    code("bpftrace", `@${name}${keyText}: ${showType(value)}`),
    declared ?? kindText(key, value),
    key === undefined ? undefined : `Key: ${bytes(snapshot, key) ?? "of no fixed size"}`,
    why(snapshot, "Its key", symbol.keyDecidedBy),
    why(snapshot, "Its value", symbol.decidedBy),
  ];
  return joined(parts);
}

/** How it is declared; undefined when it is not. */
function declarationOf({ script }: Snapshot, name: string): string | undefined {
  for (const { item } of script.items) {
    if (item.kind === "map-declaration" && item.map.name === name)
      return `Declared: \`${item.text.replace(/\s+/g, " ")}\`.`;
  }
  return undefined;
}

/** What holds a map that is not declared. */
function kindText(key: Type | undefined, value: Type): string {
  const perCpu = value.kind === "aggregation" ? "one value per CPU, put together when read" : "one value";
  return key === undefined ? `A single value: ${perCpu}.` : `A table: ${perCpu} for each key.`;
}

function otherText(
  snapshot: Snapshot,
  { kind, name, sigil }: NamedThing,
  fact: NodeFact | undefined,
): string {
  const here = fact?.type === undefined ? undefined : `Here: \`${showType(fact.type)}\`.`;
  if (kind === "macro" || kind === "subprogram") {
    const item = callableNamed(snapshot, name);
    const signature = item === undefined ? name : signatureText(item);
    const doc = item === undefined ? "" : docComment(item);
    return joined([code("bpftrace", signature), doc === "" ? undefined : doc, here]);
  }
  const what = kind === "macro-parameter" ? "parameter" : kind;
  return joined([code("bpftrace", `${what} ${sigil}${name}`), here]);
}

type Callable = Extract<Item, { kind: "macro" | "subprogram" }>;

/** Of the script, or imported. */
export function callableNamed(snapshot: Snapshot, name: string): Callable | undefined {
  for (const { script } of snapshot.analysis().files) {
    for (const { item } of script.items) {
      if ((item.kind === "macro" || item.kind === "subprogram") && item.name.text === name) return item;
    }
  }
  return undefined;
}

function signatureText(item: Callable): string {
  if (item.kind === "macro")
    return `macro ${item.name.text}(${item.parameters.map(parameterText).join(", ")})`;
  return item.text.slice(0, item.body.span.start).replace(/\s+/g, " ").trim();
}

/** @returns e.g. `Its type is decided in line 3: $x = nsecs` */
function why(snapshot: Snapshot, what: string, place: Place | undefined): string | undefined {
  const span = place === undefined ? undefined : absolute(snapshot, place);
  if (span === undefined) return undefined;
  const line = snapshot.text.slice(0, span.start).split("\n").length;
  const from = snapshot.text.lastIndexOf("\n", span.start - 1) + 1;
  const end = snapshot.text.indexOf("\n", span.end);
  const text = snapshot.text.slice(from, end === -1 ? undefined : end).trim();
  const shown = text.length <= 80 ? text : (snapshot.text.slice(span.start, span.end).split("\n")[0] ?? "");
  return `${what} is decided in line ${line.toString()}: \`${shown.replaceAll("`", "'")}\``;
}

function bytes({ analysis }: Snapshot, type: Type): string | undefined {
  if (type.kind === "none" || type.kind === "void" || type.kind === "aggregation") return undefined;
  const size = sizeOf(type, analysis().structs);
  return `${size.toString()} ${size === 1 ? "byte" : "bytes"}.`;
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join("\n\n");
}
