/** The outline of a script: its probes, macros, subprograms, map declarations, C definitions, config and imports. */

import type { AttachPoint, Item, Span } from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";

export interface OutlineEntry {
  readonly name: string;
  readonly kind:
    | "probe"
    | "macro"
    | "subprogram"
    | "map"
    | "definition"
    | "config"
    | "import"
    | "setting"
    | "constant";
  readonly detail: string;
  /** The whole of it. */
  readonly span: Span;
  /** What is shown as selected when it is gone to; inside `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineEntry[];
}

export function outline(snapshot: Snapshot): readonly OutlineEntry[] {
  return snapshot.script.items.flatMap(({ item, start }) => {
    const entry = entryOf(item);
    return entry === undefined ? [] : [moved(entry, start)];
  });
}

/** Spans relative to the item. */
function entryOf(item: Item): OutlineEntry | undefined {
  const whole = { span: item.span, children: [] };
  switch (item.kind) {
    case "probe":
      return {
        ...whole,
        name: probeTitle(item.attachPoints),
        kind: "probe",
        detail: "",
        selection: item.attachPoints[0]?.span ?? item.span,
      };
    case "macro":
    case "subprogram":
      return { ...whole, name: item.name.text, kind: item.kind, detail: "", selection: item.name.span };
    case "map-declaration":
      return {
        ...whole,
        name: `@${item.map.name}`,
        kind: "map",
        detail: item.mapType.text,
        selection: item.map.span,
      };
    case "c-definition": {
      const { name, tag, enumerators } = item.declaration;
      const children = enumerators.map((each) => leaf(each.name.text, "constant", each.name.span));
      return {
        ...whole,
        name: name?.text ?? tag,
        kind: "definition",
        detail: tag,
        selection: name?.span ?? item.span,
        children,
      };
    }
    case "config":
      return {
        ...whole,
        name: "config",
        kind: "config",
        detail: "",
        selection: { start: item.span.start, end: item.span.start + "config".length },
        children: item.settings.map(({ key, span }) => ({
          ...leaf(key.text, "setting", key.span),
          span,
        })),
      };
    case "import":
      return item.path.kind === "missing"
        ? undefined
        : { ...whole, name: item.path.value, kind: "import", detail: "", selection: item.path.span };
    case "preprocessor-line":
      return item.directive.kind === "define"
        ? leaf(item.directive.name.text, "constant", item.directive.name.span, item.span)
        : undefined;
    case "shebang":
    case "loose-text":
      return undefined;
  }
}

/** @returns e.g. `kprobe:vfs_read, kprobe:vfs_write` */
function probeTitle(points: readonly AttachPoint[]): string {
  const title = points.map(({ text }) => text.trim()).join(", ");
  return title === "" ? "probe" : title;
}

function leaf(name: string, kind: OutlineEntry["kind"], selection: Span, span = selection): OutlineEntry {
  return { name, kind, detail: "", span, selection, children: [] };
}

function moved(entry: OutlineEntry, by: number): OutlineEntry {
  return {
    ...entry,
    span: shift(entry.span, by),
    selection: shift(entry.selection, by),
    children: entry.children.map((child) => moved(child, by)),
  };
}

function shift({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
