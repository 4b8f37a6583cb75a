/** What can be written at the cursor. */

import {
  builtins,
  findNodeAt,
  findProbeType,
  listProbes,
  probeTypes,
  showType,
  signaturesOf,
  type Item,
  type StructDefinition,
} from "@probewright/compiler";
import { itemAt, type Snapshot } from "./snapshot.ts";

export interface Completion {
  readonly label: string;
  readonly kind:
    | "builtin-value"
    | "function"
    | "field"
    | "variable"
    | "map"
    | "probe-type"
    | "attach-point"
    | "macro"
    | "keyword";
  readonly detail: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Replaces the text from this offset to the cursor. */
  readonly from: number;
}

export interface Completions {
  readonly items: readonly Completion[];
  /** More would come with more letters typed. */
  readonly incomplete: boolean;
}

/** Names shown at once of a list of many thousands. */
const MOST_TARGETS = 200;

export function complete(snapshot: Snapshot, offset: number): Completions {
  const line = snapshot.text.slice(snapshot.text.lastIndexOf("\n", offset - 1) + 1, offset);
  const found = itemAt(snapshot, offset);
  const inside = found === undefined ? undefined : bodyAt(found.item, found.offset);
  if (inside === undefined) return completeAttachPoint(snapshot, offset, line);
  const member = /([\w$@\].)]+?)\s*(?:\.|->)\s*(\w*)$/.exec(line);
  if (member !== null) return completeMember(snapshot, offset, (member[2] ?? "").length);
  const word = /[@$]?\w*$/.exec(line)?.[0] ?? "";
  return { items: completeName(snapshot, inside, word, offset - word.length), incomplete: false };
}

/** The item, when the offset is inside its code. */
function bodyAt(item: Item, offset: number): Item | undefined {
  if (item.kind !== "probe" && item.kind !== "macro" && item.kind !== "subprogram") return undefined;
  const { start, end } = item.body.span;
  const inPredicate =
    item.kind === "probe" &&
    item.predicate !== undefined &&
    item.predicate.span.start <= offset &&
    offset <= item.predicate.span.end;
  return inPredicate || (start < offset && offset < end) ? item : undefined;
}

function completeAttachPoint(snapshot: Snapshot, offset: number, line: string): Completions {
  const written = /[^\s,]*$/.exec(line)?.[0] ?? "";
  if (!written.includes(":")) {
    const items = probeTypes.map((row) => ({
      label: row.name,
      kind: "probe-type" as const,
      detail: row.forms[0] ?? row.name,
      documentation: `${row.summary}\n\n${row.docs}`,
      from: offset - written.length,
    }));
    return { items, incomplete: false };
  }
  const type = written.slice(0, written.indexOf(":"));
  const row = findProbeType(type);
  if (row === undefined || row.listing === "none") return { items: [], incomplete: false };
  const entries = listProbes(`${row.name}${written.slice(type.length)}*`, snapshot.facts, {
    pid: undefined,
    isFile: () => false,
  });
  const items = entries.slice(0, MOST_TARGETS).map((entry) => ({
    label: `${type}${entry.text.slice(row.name.length)}`,
    kind: "attach-point" as const,
    detail: row.summary,
    from: offset - written.length,
  }));
  return { items, incomplete: entries.length > MOST_TARGETS };
}

/** Fields of what stands before the dot, by the type analysis gave it. */
function completeMember(snapshot: Snapshot, offset: number, typed: number): Completions {
  const found = itemAt(snapshot, offset);
  if (found === undefined) return { items: [], incomplete: false };
  const access = [...findNodeAt(found.item, found.offset)]
    .reverse()
    .find((node) => node.kind === "field-access");
  if (access === undefined) return { items: [], incomplete: false };
  const definition = structOf(snapshot, found.item, access.object.id);
  const items = (definition?.fields ?? []).map((field) => ({
    label: field.name,
    kind: "field" as const,
    detail: field.cType ?? showType(field.type),
    documentation: `Offset ${field.offset.toString()} in \`${definition?.name ?? ""}\`.`,
    from: offset - typed,
  }));
  return { items, incomplete: false };
}

function structOf(snapshot: Snapshot, item: Item, id: Item["id"]): StructDefinition | undefined {
  const analysis = snapshot.analysis();
  let type = analysis.nodeFacts.at(item, id)?.type;
  while (type?.kind === "pointer") type = type.to;
  return type?.kind === "struct" ? analysis.structs.findStruct(type.name) : undefined;
}

function completeName(snapshot: Snapshot, item: Item, word: string, from: number): readonly Completion[] {
  if (word.startsWith("$") || word.startsWith("@")) return completeSymbols(snapshot, word, from);
  const probeType =
    item.kind === "probe" ? findProbeType(item.attachPoints[0]?.provider.text ?? "") : undefined;
  const usable = builtins.filter(
    (row) =>
      !row.name.startsWith("__") && row.needs.every((need) => probeType?.capabilities.has(need) ?? true),
  );
  return [
    ...usable.map((row) => ({
      label: row.name,
      kind: row.kind === "value" ? ("builtin-value" as const) : ("function" as const),
      detail: signaturesOf(row)[0] ?? row.name,
      documentation: `${row.summary}\n\n${row.docs}`,
      from,
    })),
    ...snapshot.script.items.flatMap(({ item: each }) =>
      each.kind === "macro" || each.kind === "subprogram"
        ? [{ label: each.name.text, kind: "macro" as const, detail: each.kind, from }]
        : [],
    ),
  ];
}

function completeSymbols(snapshot: Snapshot, word: string, from: number): readonly Completion[] {
  const kind = word.startsWith("$") ? "variable" : "map";
  const seen = new Set<string>();
  return snapshot
    .analysis()
    .nodeFacts.symbols()
    .flatMap((symbol): readonly Completion[] => {
      if (symbol.kind !== kind || seen.has(symbol.name)) return [];
      seen.add(symbol.name);
      const type = symbol.kind === "map" ? symbol.value : symbol.type;
      return [{ label: `${word.slice(0, 1)}${symbol.name}`, kind, detail: showType(type), from }];
    });
}
