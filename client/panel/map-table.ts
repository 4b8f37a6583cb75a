/** A map as a table: sorted by any column, each value with a bar of its share, beside it the change since the previous run. */

import { button, element, formatCount, setText } from "./dom.ts";
import { change, columnsOf, type Column } from "./map-columns.ts";
import type { MapEntry, MapState } from "./model.ts";

interface Cell {
  readonly column: Column;
  readonly root: HTMLElement;
  readonly text: HTMLElement;
  readonly bar: HTMLElement | undefined;
}

interface Row {
  readonly root: HTMLTableRowElement;
  readonly cells: readonly Cell[];
}

export interface MapView {
  readonly root: HTMLElement;
  readonly update: (map: MapState, previous: MapState | undefined) => void;
}

interface Sort {
  /** By its label: columns are made anew when keys of another shape come. */
  readonly label: string;
  readonly down: boolean;
}

/** Rows shown at first; a button shows all. */
const FIRST_ROWS = 50;

export function mapTable(name: string): MapView {
  const table = new MapTable(name);
  return {
    root: table.root,
    update: (map, previous) => {
      table.show(map, previous);
    },
  };
}

class MapTable {
  readonly root: HTMLElement;
  private readonly table: HTMLElement;
  private readonly head = element("tr");
  private readonly body = element("tbody");
  private readonly more = button("", { class: "link", hidden: true }, () => {
    this.all = true;
    this.draw();
  });
  private readonly rows: Row[] = [];
  private columns: readonly Column[] = [];
  private heads: readonly HTMLTableCellElement[] = [];
  private sort: Sort = { label: "", down: true };
  private all = false;
  private map: MapState | undefined;
  private previous: MapState | undefined;

  constructor(name: string) {
    this.table = element("table", { class: "map", "aria-label": `Map @${name}` });
    this.table.append(element("thead", {}, this.head), this.body);
    const label = `Entries of @${name}`;
    const attributes = { class: "table-frame", tabindex: 0, role: "region", "aria-label": label };
    this.root = element("div", attributes, this.table, this.more);
  }

  show(map: MapState, previous: MapState | undefined): void {
    this.map = map;
    this.previous = previous;
    this.setColumns(columnsOf(map));
    this.draw();
  }

  private setColumns(columns: readonly Column[]): void {
    const labels = (of: readonly Column[]): string => of.map(({ label }) => label).join();
    if (labels(columns) === labels(this.columns)) return;
    this.columns = columns;
    this.heads = columns.map((column) =>
      headCell(column, () => {
        this.sortBy(column);
      }),
    );
    this.head.replaceChildren(...this.heads);
    const count = (kind: Column["kind"]): number => columns.filter((column) => column.kind === kind).length;
    this.table.classList.toggle("in-parts", count("key") > 1);
    this.table.classList.toggle("one-value", count("value") === 1);
    if (!columns.some(({ label }) => label === this.sort.label)) {
      this.sort = { label: columns.find(({ bar }) => bar)?.label ?? "", down: true };
    }
    for (const { root } of this.rows.splice(0)) root.remove();
  }

  private sortBy({ label, kind }: Column): void {
    this.sort = { label, down: this.sort.label === label ? !this.sort.down : kind !== "key" };
    this.draw();
  }

  private draw(): void {
    const { map, previous, columns, rows, table, more } = this;
    if (map === undefined) return;
    table.classList.toggle("compared", previous !== undefined);
    this.markSorted();
    const old = new Map((previous?.entries ?? []).map((entry) => [entry.key ?? "", entry]));
    const oldOf = (entry: MapEntry): MapEntry | undefined => old.get(entry.key ?? "");
    const entries = sorted(map.entries, columns, this.sort, oldOf);
    const greatest = greatestOf(entries, columns);
    const shown = this.all ? entries : entries.slice(0, FIRST_ROWS);
    more.hidden = shown.length === entries.length;
    setText(more, `Show all ${formatCount(entries.length)} entries`);
    while (rows.length < shown.length) rows.push(appendRow(this.body, columns));
    for (const row of rows.splice(shown.length)) row.root.remove();
    for (const [index, entry] of shown.entries()) {
      const row = rows[index];
      if (row !== undefined) fillRow(row, entry, greatest, previous === undefined ? "alone" : oldOf(entry));
    }
  }

  private markSorted(): void {
    const direction = this.sort.down ? "descending" : "ascending";
    for (const [at, { label }] of this.columns.entries()) {
      this.heads[at]?.setAttribute("aria-sort", label === this.sort.label ? direction : "none");
    }
  }
}

/** By what bars are measured. */
function greatestOf(entries: readonly MapEntry[], columns: readonly Column[]): number {
  const measured = columns.find(({ bar }) => bar);
  return Math.max(0, ...entries.map((entry) => Math.abs(measured?.rank(entry, undefined) ?? 0)));
}

function headCell({ head, title, kind }: Column, pressed: () => void): HTMLTableCellElement {
  return element("th", { scope: "col", class: kind }, button(head, { class: "sort", title }, pressed));
}

function sorted(
  entries: readonly MapEntry[],
  columns: readonly Column[],
  { label, down }: Sort,
  oldOf: (entry: MapEntry) => MapEntry | undefined,
): readonly MapEntry[] {
  const by = columns.find((column) => column.label === label);
  if (by === undefined) return entries;
  const { rank, text } = by;
  const sign = down ? -1 : 1;
  const inOrder = (left: string, right: string): number => left.localeCompare(right, "en", { numeric: true });
  return [...entries].sort((left, right) => {
    const [a, b] = [rank(left, oldOf(left)), rank(right, oldOf(right))];
    if (a !== undefined && b !== undefined && a !== b) return sign * (a - b);
    const byText = inOrder(text(left, undefined), text(right, undefined));
    return sign * byText || inOrder(left.key ?? "", right.key ?? "");
  });
}

function appendRow(body: HTMLElement, columns: readonly Column[]): Row {
  const cells = columns.map((column): Cell => {
    if (column.kind !== "value") {
      const root = element("td", { class: column.kind });
      return { column, root, text: root, bar: undefined };
    }
    const text = element("span", { class: "number" });
    const bar = column.bar ? element("span", { class: "bar", "aria-hidden": "true" }) : undefined;
    return {
      column,
      root: element("td", { class: "value" }, ...(bar === undefined ? [] : [bar]), text),
      text,
      bar,
    };
  });
  const root = element("tr", {}, ...cells.map((cell) => cell.root));
  body.append(root);
  return { root, cells };
}

/** @param old `alone` where nothing is compared */
function fillRow(
  { cells }: Row,
  entry: MapEntry,
  greatest: number,
  old: MapEntry | "alone" | undefined,
): void {
  const previous = old === "alone" ? undefined : old;
  for (const { column, root, text, bar } of cells) {
    if (column.kind === "change") {
      const difference = old === "alone" ? undefined : change(entry, previous);
      setText(text, difference === undefined ? "" : column.text(entry, previous));
      root.dataset["direction"] = directionOf(difference);
      continue;
    }
    setText(text, column.text(entry, previous));
    if (bar !== undefined) drawBar(bar, column.rank(entry, previous), greatest);
  }
}

function directionOf(difference: number | undefined): string {
  if (difference === undefined || difference === 0) return "same";
  return difference > 0 ? "up" : "down";
}

function drawBar(bar: HTMLElement, rank: number | undefined, greatest: number): void {
  const share = rank === undefined || greatest === 0 ? 0 : Math.abs(rank) / greatest;
  bar.hidden = share === 0;
  const width = `${(share * 100).toFixed(1)}%`;
  if (bar.style.width !== width) bar.style.width = width;
}
