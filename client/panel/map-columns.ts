/** What the columns of a map's table are: the parts of its keys, its values, and the change since the previous run. */

import { formatCount } from "./dom.ts";
import { rankOf, type MapEntry, type MapState } from "./model.ts";

export interface Column {
  /** What it is known by. */
  readonly label: string;
  /** What its head says. */
  readonly head: string;
  /** What more there is to say of it. */
  readonly title?: string;
  readonly kind: "key" | "value" | "change";
  /** A bar behind the text shows the share of the greatest. */
  readonly bar: boolean;
  readonly text: (entry: MapEntry, old: MapEntry | undefined) => string;
  /** What rows are sorted by; those without stand by their text. */
  readonly rank: (entry: MapEntry, old: MapEntry | undefined) => number | undefined;
}

export function columnsOf(map: MapState): readonly Column[] {
  return [...keyColumns(map), ...valueColumns(map), changeColumn];
}

/** One for each part where all keys have as many; one for the whole key otherwise, none where there is no key. */
function keyColumns({ scalar, keys = [], entries }: MapState): readonly Column[] {
  if (scalar) return [];
  const parts = entries[0]?.keyTexts?.length ?? 1;
  if (parts < 2 || entries.some(({ keyTexts }) => keyTexts?.length !== parts)) {
    const only = keys.length === 1 ? keys[0] : undefined;
    return [keyColumn("Key", only, ({ key }) => key?.trim() ?? "")];
  }
  return Array.from({ length: parts }, (_, at) =>
    keyColumn(`Key ${(at + 1).toString()}`, keys[at], ({ keyTexts }) => keyTexts?.[at]?.trim() ?? ""),
  );
}

function keyColumn(
  label: string,
  written: NonNullable<MapState["keys"]>[number] | undefined,
  text: (entry: MapEntry) => string,
): Column {
  const head = written === undefined || written.text === "" ? label : written.text;
  const title = written === undefined ? {} : { title: `${head}: ${written.type}` };
  return { label, head, ...title, kind: "key", bar: false, text, rank: () => undefined };
}

function named(label: string): Pick<Column, "label" | "head"> {
  return { label, head: label };
}

function valueColumns({ shape }: MapState): readonly Column[] {
  if (shape !== "stats") {
    const text = (entry: MapEntry): string => entry.text;
    return [{ ...named("Value"), kind: "value", bar: true, text, rank: ({ value }) => rankOf(value) }];
  }
  return (["count", "average", "total"] as const).map((part) => {
    const of = ({ value }: MapEntry): string => (value.kind === "stats" ? String(value[part]) : "");
    const label = `${part.charAt(0).toUpperCase()}${part.slice(1)}`;
    return {
      ...named(label),
      kind: "value",
      bar: part === "average",
      text: of,
      rank: (entry) => Number(of(entry)),
    };
  });
}

const changeColumn: Column = {
  ...named("Change"),
  kind: "change",
  bar: false,
  text: (entry, old) => {
    const difference = change(entry, old);
    if (difference === undefined) return "";
    if (old === undefined) return "new";
    if (difference === 0) return "=";
    return `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`;
  },
  rank: change,
};

export function change({ value }: MapEntry, old: MapEntry | undefined): number | undefined {
  const now = rankOf(value);
  return now === undefined ? undefined : now - (old === undefined ? 0 : (rankOf(old.value) ?? 0));
}
