/** How the results panel bears a flood: frames and memory in Chromium while events and map updates pour in. */

import { openPanelPage } from "./panel-page.ts";

export interface FloodFigures {
  readonly events: number;
  readonly mapUpdates: number;
  /** Milliseconds from one frame to the next. */
  readonly frameGapP95: number;
  readonly frameGapMost: number;
  readonly heapStart: number;
  readonly heapEnd: number;
}

/** Entries of the maps that change with each reading: four maps, five readings a second, 10,000 updates. */
const MAP_ENTRIES = 500;

/** A worker sends as the extension does, twenty times a second; the page only has to take it. */
const flood = (seconds: number): string => `
new Promise((done) => {
  const source = \`
    let ticks = 0;
    const entry = (i, t) => ({ key: "process-" + i, text: String(t * i), value: { kind: "integer", value: (t * 7919 * (i + 1)) % 100003 } });
    const timer = setInterval(() => {
      ticks += 1;
      const events = [];
      for (let i = 0; i < 2500; i += 1) events.push({ kind: "output", type: "printf", text: "event " + ticks + " of process " + i + " opens /usr/lib/some/file\\\\n", site: 0 });
      if (ticks % 4 === 0) for (let map = 0; map < 4; map += 1) {
        const entries = [];
        for (let i = 0; i < ${MAP_ENTRIES}; i += 1) entries.push(entry(i, ticks));
        events.push({ kind: "map-values", name: "map" + map, scalar: false, shape: "plain", entries, omitted: 0 });
      }
      postMessage({ type: "events", events, skipped: 0 });
      if (ticks >= ${(seconds * 20).toString()}) { clearInterval(timer); setTimeout(() => postMessage({ type: "ended", exitCode: 0 }), 100); }
    }, 50);\`;
  const gaps = [];
  let last = performance.now(), going = true;
  const frame = (now) => { gaps.push(now - last); last = now; if (going) requestAnimationFrame(frame); };
  const heapStart = performance.memory.usedJSHeapSize;
  let heapMost = 0;
  window.postMessage({ type: "run", run: 1, title: "flood.bt" }, "*");
  window.postMessage({ type: "events", events: [{ kind: "attached", probes: 1 }], skipped: 0 }, "*");
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  let events = 0, mapUpdates = 0;
  worker.onmessage = ({ data }) => {
    if (data.type === "events") for (const event of data.events) {
      if (event.kind === "output") events += 1; else mapUpdates += event.entries.length;
    }
    heapMost = Math.max(heapMost, performance.memory.usedJSHeapSize);
    window.dispatchEvent(new MessageEvent("message", { data }));
    if (data.type !== "ended") return;
    setTimeout(() => {
      going = false;
      const sorted = gaps.slice(1).sort((a, b) => a - b);
      done({ events, mapUpdates, frameGapP95: sorted[Math.floor(sorted.length * 0.95)], frameGapMost: sorted.at(-1), heapStart, heapEnd: heapMost });
    }, 300);
  };
  requestAnimationFrame(frame);
})`;

export async function measureFlood(seconds: number, picture?: string): Promise<FloodFigures> {
  const panel = await openPanelPage("light");
  try {
    const figures = await panel.page.evaluate<FloodFigures>(flood(seconds));
    if (picture !== undefined) await panel.page.screenshot({ path: picture });
    return figures;
  } finally {
    await panel.close();
  }
}
