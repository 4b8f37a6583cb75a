/** A time series as a line chart; its table of values opens below it. */

import { charts, element, formatCount, setText, svg } from "./dom.ts";
import type { MapView } from "./map-table.ts";
import type { MapEntry, Point } from "./model.ts";

const WIDTH = 600;
const HEIGHT = 120;

export function timeSeriesView(name: string): MapView {
  const root = charts(`Time series of @${name}`);
  const drawn = new Map<string, Chart>();
  return {
    root,
    update: (map) => {
      const labels = new Set(map.entries.map(labelOf));
      for (const [label, chart] of drawn) {
        if (labels.has(label)) continue;
        chart.root.remove();
        drawn.delete(label);
      }
      for (const entry of map.entries) {
        const label = labelOf(entry);
        let chart = drawn.get(label);
        if (chart === undefined) {
          chart = createChart(name, label);
          drawn.set(label, chart);
          root.append(chart.root);
        }
        chart.update(entry.value.kind === "time-series" ? entry.value.points : []);
      }
    },
  };
}

function labelOf({ key }: MapEntry): string {
  return key?.trim() ?? "";
}

/** Stays while its points change, so that what has the focus keeps it. */
interface Chart {
  readonly root: HTMLElement;
  readonly update: (points: readonly Point[]) => void;
}

function createChart(name: string, label: string): Chart {
  const viewBox = `0 0 ${WIDTH.toString()} ${HEIGHT.toString()}`;
  const drawing = svg("svg", { viewBox, role: "img", preserveAspectRatio: "none" });
  const [top, bottom, begin, end] = [element("span"), element("span"), element("span"), element("span")];
  const details = element("details", {}, element("summary", {}, "Values"));
  let latest: readonly Point[] = [];
  const fillTable = (): void => {
    details.querySelector("table")?.remove();
    if (details.open) details.append(valueTable(latest));
  };
  details.addEventListener("toggle", fillTable);
  const plot = element(
    "div",
    { class: "plot" },
    element("div", { class: "axis", "aria-hidden": "true" }, top, bottom),
  );
  plot.append(drawing);
  const root = element(
    "figure",
    { class: "series" },
    element("figcaption", {}, element("span", { class: "key" }, label)),
    plot,
    element("div", { class: "times", "aria-hidden": "true" }, begin, end),
    details,
  );
  return {
    root,
    update: (points) => {
      latest = points;
      const values = points.flatMap(({ value }) => (value === undefined ? [] : [value]));
      const [least, greatest] = [Math.min(0, ...values), Math.max(1, ...values)];
      const facts = `${points.length.toString()} intervals, from ${formatCount(least)} to ${formatCount(greatest)}, last ${formatCount(values.at(-1) ?? 0)}`;
      drawing.setAttribute("aria-label", `Time series @${name}${label === "" ? "" : `[${label}]`}: ${facts}`);
      drawing.replaceChildren(...lines(points, least, greatest));
      setText(top, formatCount(greatest));
      setText(bottom, formatCount(least));
      setText(begin, timeText(points[0]));
      setText(end, timeText(points.at(-1)));
      fillTable();
    },
  };
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
