/** A time series as a line chart; its table of values opens below it. */

import { element, formatCount, svg } from "./dom.ts";
import type { MapView } from "./map-table.ts";
import type { MapEntry, Point } from "./model.ts";

const WIDTH = 600;
const HEIGHT = 120;

export function timeSeriesView(): MapView {
  const root = element("div", { class: "charts" });
  const open = new Set<string>();
  return {
    root,
    update: (map) => {
      root.replaceChildren(...map.entries.map((entry) => chart(map.name, entry, open)));
    },
  };
}

function chart(name: string, entry: MapEntry, open: Set<string>): HTMLElement {
  const points = entry.value.kind === "time-series" ? entry.value.points : [];
  const values = points.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const [least, greatest] = [Math.min(0, ...values), Math.max(1, ...values)];
  const label = entry.key?.trim() ?? "";
  const spoken = `Time series @${name}${label === "" ? "" : `[${label}]`}: ${points.length.toString()} intervals, from ${formatCount(least)} to ${formatCount(greatest)}, last ${formatCount(values.at(-1) ?? 0)}`;
  const drawing = svg(
    "svg",
    {
      viewBox: `0 0 ${WIDTH.toString()} ${HEIGHT.toString()}`,
      role: "img",
      "aria-label": spoken,
      preserveAspectRatio: "none",
    },
    ...lines(points, least, greatest),
  );
  const details = element("details", {}, element("summary", {}, "Values"), valueTable(points));
  details.open = open.has(label);
  details.addEventListener("toggle", () => {
    if (details.open) open.add(label);
    else open.delete(label);
  });
  return element(
    "figure",
    { class: "series" },
    element("figcaption", {}, element("span", { class: "key" }, label)),
    element(
      "div",
      { class: "plot" },
      element(
        "div",
        { class: "axis", "aria-hidden": "true" },
        element("span", {}, formatCount(greatest)),
        element("span", {}, formatCount(least)),
      ),
      drawing as unknown as HTMLElement, // appended as a node only
    ),
    element(
      "div",
      { class: "times", "aria-hidden": "true" },
      element("span", {}, timeText(points[0])),
      element("span", {}, timeText(points.at(-1))),
    ),
    details,
  );
}

/** An interval without a value is a gap, not a zero. */
function lines(points: readonly Point[], least: number, greatest: number): readonly SVGElement[] {
  const x = (index: number): number => ((index + 0.5) / Math.max(1, points.length)) * WIDTH;
  const y = (value: number): number => HEIGHT - 4 - ((value - least) / (greatest - least)) * (HEIGHT - 8);
  const runs: string[][] = [[]];
  const dots: SVGElement[] = [];
  for (const [index, { value }] of points.entries()) {
    if (value === undefined) {
      runs.push([]);
      continue;
    }
    const [left, top] = [x(index).toFixed(1), y(value).toFixed(1)];
    runs.at(-1)?.push(`${left},${top}`);
    dots.push(svg("path", { d: `M${left},${top}h0`, class: "dot" }));
  }
  const drawn = runs
    .filter((run) => run.length > 1)
    .map((run) => svg("polyline", { points: run.join(" "), class: "line" }));
  return [...drawn, ...dots];
}

function valueTable(points: readonly Point[]): HTMLElement {
  const rows = points.map((point) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, timeText(point)),
      element("td", { class: "count" }, point.value === undefined ? "–" : formatCount(point.value)),
    ),
  );
  return element("table", { class: "histogram" }, element("tbody", {}, ...rows));
}

function timeText(point: Point | undefined): string {
  if (point === undefined) return "";
  const date = new Date(point.startNs / 1e6);
  const part = (value: number, width = 2): string => value.toString().padStart(width, "0");
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((value) => part(value)).join(":");
  return `${clock}.${part(date.getMilliseconds(), 3)}`;
}
