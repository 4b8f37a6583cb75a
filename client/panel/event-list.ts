/** The events as a table of which only the rows in sight exist; it follows the newest until somebody scrolls up. */

import { element, setText } from "./dom.ts";
import type { EventLog } from "./event-log.ts";

export interface EventList {
  readonly root: HTMLElement;
  readonly update: (log: EventLog) => void;
}

const ROW_PIXELS = 20;
const SPARE_ROWS = 6;

interface Row {
  readonly root: HTMLElement;
  readonly time: HTMLElement;
  readonly kind: HTMLElement;
  readonly text: HTMLElement;
}

export function eventList(): EventList {
  const rows: Row[] = [];
  const canvas = element("div", { class: "canvas", role: "rowgroup" });
  const viewport = element(
    "div",
    { class: "events", role: "table", tabindex: 0, "aria-label": "Events", "aria-colcount": 3 },
    canvas,
  );
  let follow = true;
  let shown: EventLog | undefined;
  let drawnTop = 0;
  // Asked for once: reading it lays the page out.
  let height = 0;

  function draw(): void {
    if (shown === undefined) return;
    const { length } = shown;
    canvas.style.height = `${(length * ROW_PIXELS).toString()}px`;
    const bottom = Math.max(0, length * ROW_PIXELS - height);
    if (follow) viewport.scrollTop = bottom;
    drawnTop = follow ? bottom : viewport.scrollTop;
    const start = Math.max(0, Math.floor(drawnTop / ROW_PIXELS) - SPARE_ROWS);
    const end = Math.min(length, Math.ceil((drawnTop + height) / ROW_PIXELS) + SPARE_ROWS);
    viewport.setAttribute("aria-rowcount", length.toString());
    while (rows.length < end - start) rows.push(appendRow(canvas));
    for (const [index, row] of rows.entries()) {
      const at = start + index;
      const event = at < end ? shown.row(at) : undefined;
      row.root.hidden = event === undefined;
      if (event === undefined) continue;
      row.root.style.transform = `translateY(${(at * ROW_PIXELS).toString()}px)`;
      row.root.setAttribute("aria-rowindex", (at + 1).toString());
      row.root.dataset["kind"] = event.kind;
      setText(row.time, event.continues ? "" : (event.at / 1000).toFixed(3));
      setText(row.kind, event.continues ? "" : event.kind);
      setText(row.text, event.text);
    }
  }

  viewport.addEventListener("scroll", () => {
    if (shown === undefined || viewport.scrollTop === drawnTop) return;
    follow = viewport.scrollTop + height >= shown.length * ROW_PIXELS - ROW_PIXELS;
    draw();
  });
  new ResizeObserver(() => {
    height = viewport.clientHeight;
    draw();
  }).observe(viewport);
  return {
    root: viewport,
    update: (log) => {
      if (log !== shown) follow = true;
      shown = log;
      draw();
    },
  };
}

function appendRow(canvas: HTMLElement): Row {
  const time = element("span", { class: "time", role: "cell" });
  const kind = element("span", { class: "kind", role: "cell" });
  const text = element("span", { class: "text", role: "cell" });
  const root = element("div", { class: "event", role: "row" }, time, kind, text);
  canvas.append(root);
  return { root, time, kind, text };
}
