/** A map as a table: sorted by any column, each value with a bar of its share, beside it the change since the previous run. */

import { button, element, formatCount, setText } from "./dom.ts";
import { rankOf, type MapEntry, type MapState } from "./model.ts";

type Column = "key" | "value" | "change";

interface Row {
  readonly root: HTMLTableRowElement;
  readonly key: HTMLElement;
  readonly value: HTMLElement;
  readonly bar: HTMLElement;
  readonly change: HTMLElement;
}

export interface MapView {
  readonly root: HTMLElement;
  readonly update: (map: MapState, previous: MapState | undefined) => void;
}

/** Rows shown at first; a button shows all. */
const FIRST_ROWS = 50;

export function mapTable(name: string): MapView {
  const body = element("tbody");
  const more = button("", { class: "link", hidden: true }, () => {
    showAll = true;
    draw();
  });
  const rows: Row[] = [];
  let sort: { readonly column: Column; readonly down: boolean } = { column: "value", down: true };
  let showAll = false;
  let current: MapState | undefined;
  let before: MapState | undefined;
  const heads = (["key", "value", "change"] as const).map((column) =>
    headCell(column, () => {
      sort = { column, down: sort.column === column ? !sort.down : column !== "key" };
      draw();
    }),
  );
  const head = element("thead", {}, element("tr", {}, ...heads.map(({ cell }) => cell)));
  const table = element("table", { class: "map", "aria-label": `Map @${name}` }, head, body);

  function draw(): void {
    if (current === undefined) return;
    const compared = before !== undefined;
    table.classList.toggle("compared", compared);
    for (const { column, cell } of heads) {
      const direction = sort.down ? "descending" : "ascending";
      cell.setAttribute("aria-sort", sort.column === column ? direction : "none");
    }
    const old = new Map((before?.entries ?? []).map((entry) => [entry.key ?? "", entry]));
    const entries = sorted(current.entries, sort, old);
    const greatest = Math.max(0, ...entries.map(({ value }) => Math.abs(rankOf(value) ?? 0)));
    const shown = showAll ? entries : entries.slice(0, FIRST_ROWS);
    more.hidden = shown.length === entries.length;
    setText(more, `Show all ${formatCount(entries.length)} entries`);
    while (rows.length < shown.length) rows.push(appendRow(body));
    for (const row of rows.splice(shown.length)) row.root.remove();
    for (const [index, entry] of shown.entries()) {
      const row = rows[index];
      if (row !== undefined)
        fillRow(row, entry, greatest, compared ? old.get(entry.key ?? "") : undefined, compared);
    }
  }

  return {
    root: element(
      "div",
      { class: "table-frame", tabindex: 0, role: "region", "aria-label": `Entries of @${name}` },
      table,
      more,
    ),
    update: (map, previous) => {
      current = map;
      before = previous;
      draw();
    },
  };
}

function headCell(
  column: Column,
  pressed: () => void,
): { readonly column: Column; readonly cell: HTMLTableCellElement } {
  const label = { key: "Key", value: "Value", change: "Change" }[column];
  const cell = element("th", { scope: "col", class: column }, button(label, { class: "sort" }, pressed));
  return { column, cell };
}

function sorted(
  entries: readonly MapEntry[],
  { column, down }: { readonly column: Column; readonly down: boolean },
  old: ReadonlyMap<string, MapEntry>,
): readonly MapEntry[] {
  const sign = down ? -1 : 1;
  const byKey = (left: MapEntry, right: MapEntry): number =>
    (left.key ?? "").localeCompare(right.key ?? "", "en", { numeric: true });
  const number = (entry: MapEntry): number | undefined =>
    column === "value" ? rankOf(entry.value) : change(entry, old.get(entry.key ?? ""));
  if (column === "key") return [...entries].sort((left, right) => sign * byKey(left, right));
  return [...entries].sort((left, right) => {
    const [a, b] = [number(left), number(right)];
    if (a !== undefined && b !== undefined && a !== b) return sign * (a - b);
    return sign * left.text.localeCompare(right.text, "en", { numeric: true }) || byKey(left, right);
  });
}

function change(entry: MapEntry, old: MapEntry | undefined): number | undefined {
  const now = rankOf(entry.value);
  return now === undefined ? undefined : now - (old === undefined ? 0 : (rankOf(old.value) ?? 0));
}

function appendRow(body: HTMLElement): Row {
  const key = element("td", { class: "key" });
  const value = element("span", { class: "number" });
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  const changed = element("td", { class: "change" });
  const root = element("tr", {}, key, element("td", { class: "value" }, bar, value), changed);
  body.append(root);
  return { root, key, value, bar, change: changed };
}

function fillRow(
  row: Row,
  entry: MapEntry,
  greatest: number,
  old: MapEntry | undefined,
  compared: boolean,
): void {
  const rank = rankOf(entry.value);
  setText(row.key, entry.key?.trim() ?? "");
  setText(row.value, entry.text);
  row.value.classList.toggle("text", rank === undefined);
  const share = rank === undefined || greatest === 0 ? 0 : Math.abs(rank) / greatest;
  row.bar.hidden = share === 0;
  const width = `${(share * 100).toFixed(1)}%`;
  if (row.bar.style.width !== width) row.bar.style.width = width;
  const difference = compared ? change(entry, old) : undefined;
  setText(row.change, difference === undefined ? "" : changeText(difference, old));
  row.change.dataset["direction"] =
    difference === undefined || difference === 0 ? "same" : difference > 0 ? "up" : "down";
}

function changeText(difference: number, old: MapEntry | undefined): string {
  if (old === undefined) return "new";
  if (difference === 0) return "=";
  return `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`;
}
