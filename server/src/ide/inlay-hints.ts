/** What the text does not say: inferred types where a name is introduced, and what an argument is for. */

import {
  findBuiltin,
  showType,
  walk,
  type Call,
  type Item,
  type ItemSlot,
  type Span,
  type SyntaxNode,
} from "@probewright/compiler";
import { hover } from "./hover.ts";
import { definitionOf, namedThings, type NamedThing } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** A type stands behind what it is about, a parameter's name before it. */
  readonly kind: "type" | "parameter";
}

export interface HintOptions {
  readonly types: boolean;
  readonly parameters: boolean;
}

export function inlayHints(
  snapshot: Snapshot,
  range: Span,
  options: HintOptions = { types: true, parameters: true },
): readonly InlayHint[] {
  return [
    ...(options.types ? typeHints(snapshot) : []),
    ...(options.parameters ? parameterHints(snapshot, range) : []),
  ]
    .filter(({ offset }) => range.start <= offset && offset <= range.end)
    .sort((left, right) => left.offset - right.offset);
}

function typeHints(snapshot: Snapshot): readonly InlayHint[] {
  return namedThings(snapshot).flatMap((thing): readonly InlayHint[] => {
    const place = definitionOf(thing);
    const label = labelOf(thing);
    if (place === undefined || label === undefined || place.item.kind === "map-declaration") return [];
    // A type stands there already: `let $x: uint64`, `fn f($x: int64)`.
    if (/^\s*:/.test(snapshot.text.slice(place.end, place.end + 20))) return [];
    return [{ offset: place.end, label, kind: "type" }];
  });
}

function labelOf({ symbol }: NamedThing): string | undefined {
  if (symbol?.kind !== "variable" && symbol?.kind !== "map") return undefined;
  // Half-typed, it has no type yet.
  if ((symbol.kind === "variable" ? symbol.type : symbol.value).kind === "none") return undefined;
  if (symbol.kind === "variable") return `: ${brief(showType(symbol.type))}`;
  const value = brief(showType(symbol.value));
  return symbol.key === undefined ? `: ${value}` : `: ${brief(showType(symbol.key))} → ${value}`;
}

/** Longer types would push the script out of sight; the hover of the hint has them whole. */
const MOST_CHARACTERS = 28;

/** @returns `(string[16],uint32,…)` of a type with many parts */
function brief(type: string): string {
  if (type.length <= MOST_CHARACTERS) return type;
  const closing = /[)}]$/.exec(type)?.[0] ?? "";
  const kept = type.slice(0, MOST_CHARACTERS - 1 - closing.length);
  const cut = closing === "" ? -1 : kept.lastIndexOf(",") + 1;
  return `${cut > 0 ? kept.slice(0, cut) : kept}…${closing}`;
}

function parameterHints(snapshot: Snapshot, range: Span): readonly InlayHint[] {
  const callables = new Map<string, Item>();
  for (const { script } of snapshot.analysis().files) {
    for (const { item } of script.items) {
      if (item.kind === "macro" || item.kind === "subprogram") callables.set(item.name.text, item);
    }
  }
  const inRange = ({ start, item }: ItemSlot): boolean =>
    start <= range.end && range.start <= start + item.text.length;
  return snapshot.script.items.filter(inRange).flatMap(({ item, start }) => {
    const hints: InlayHint[] = [];
    walk(item, (node) => {
      if (node.kind === "call") hints.push(...hintsOf(node, start, callables));
    });
    return hints;
  });
}

function hintsOf(call: Call, start: number, callables: ReadonlyMap<string, Item>): readonly InlayHint[] {
  const names = parameterNames(call, callables);
  return call.arguments.flatMap((argument, i): readonly InlayHint[] => {
    const name = names[i];
    if (name === undefined || tellsItself(argument, name)) return [];
    return [{ offset: start + argument.span.start, label: `${name}:`, kind: "parameter" }];
  });
}

function parameterNames(
  { callee, arguments: given }: Call,
  callables: ReadonlyMap<string, Item>,
): readonly string[] {
  const item = callables.get(callee.text);
  if (item?.kind === "macro") return item.parameters.map(({ name }) => name);
  if (item?.kind === "subprogram") return item.parameters.map(({ variable }) => variable.name);
  // What a builtin with one argument does with it needs no word.
  if (given.length < 2) return [];
  const forms = findBuiltin(callee.text)?.forms ?? [];
  const form = forms.find(({ parameters }) => parameters.length >= given.length);
  return (form?.parameters ?? []).map(({ name, variadic, form: written }) =>
    variadic || written !== "literal" ? "" : name,
  );
}

/** Names say what they are; only a literal does not. */
function tellsItself(argument: SyntaxNode, name: string): boolean {
  // A format is seen to be one.
  if (name === "" || name === "format") return true;
  return !["integer", "string", "boolean", "unary", "comptime"].includes(argument.kind);
}

/** What is shown when a hint is rested on: all that is known of what it is about. */
export function hintTooltip(snapshot: Snapshot, { offset, kind }: InlayHint): string | undefined {
  return kind === "type" ? hover(snapshot, offset)?.text : undefined;
}
