/** The results panel: takes what a run sends, and draws it a few times a second however much that is. */

import { element } from "./dom.ts";
import { eventList } from "./event-list.ts";
import { asJson, asText } from "./export.ts";
import { mapCards } from "./map-cards.ts";
import type { FromPanel, PanelState, ToPanel } from "./messages.ts";
import { RunModel } from "./model.ts";
import { notices } from "./notices.ts";
import { toolbar } from "./toolbar.ts";

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  setState(state: PanelState): void;
}

/** Given by VS Code to the page of a webview. */
declare function acquireVsCodeApi(): VsCodeApi;

/** Maps are drawn no more often than this, and no more than a tenth of the time; events with every batch. */
const MAPS_MS = 200;
const MAPS_SHARE = 0.1;
/** After so long the maps that are left wait for the next frame: many of them in one would be felt as a jerk. */
const SLICE_MS = 4;

const host = acquireVsCodeApi();
const clock = (): number => performance.now();
let model = new RunModel("Results", "idle", clock);
let previous: RunModel | undefined;
let paused = false;
let comparing = false;
let scheduled = false;
let mapsDrawn = 0;
let mapsCost = 0;
let mapsTimer: ReturnType<typeof setTimeout> | undefined;
/** Names of the maps that are being drawn, over several frames. */
let round: string[] = [];

const send = (message: FromPanel): void => {
  host.postMessage(message);
};
const reveal = (position: Extract<FromPanel, { readonly type: "reveal" }>["position"]): void => {
  send({ type: "reveal", position });
};
const bar = toolbar({
  stop: () => {
    send({ type: "stop" });
  },
  rerun: () => {
    send({ type: "rerun" });
  },
  pause: (on) => {
    paused = on;
    redraw();
  },
  compare: (on) => {
    comparing = on;
    redraw();
  },
  save: () => {
    send({ type: "save", json: asJson(model) });
  },
  copy: () => {
    send({ type: "copy", text: asText(model) });
  },
});
const words = notices(reveal);
const maps = mapCards(reveal);
const events = eventList();
const filter = element("input", {
  type: "search",
  placeholder: "Filter events",
  "aria-label": "Filter events",
});
filter.addEventListener("input", () => {
  model.log.setFilter(filter.value);
  events.update(model.log);
});
const hint = element("p", { class: "hint" });

document.body.append(
  bar.root,
  words.root,
  element(
    "main",
    {},
    hint,
    maps.root,
    element("section", { class: "log", "aria-label": "Events" }, filter, events.root),
  ),
);
window.addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  take(data);
});
draw();
host.setState({ script: document.body.dataset["script"] ?? "" });
send({ type: "ready" });

function take(message: ToPanel): void {
  switch (message.type) {
    case "restored":
      model = new RunModel(message.title, "restored", clock);
      break;
    case "run":
      begin(message.title);
      break;
    case "events":
      model.take(message.events, message.skipped);
      break;
    case "ended":
      model.end(message.exitCode);
      paused = false;
      break;
    case "refused":
      model.phase = "refused";
      model.messages.set("refused", {
        severity: "error",
        text: [message.message, ...message.advice].join("; "),
        position: undefined,
        count: 1,
      });
      break;
  }
  schedule();
}

function begin(title: string): void {
  // A run that a newer one cuts short is one to compare with, too.
  if (model.phase === "ended" || model.phase === "running") previous = model;
  model = new RunModel(title, "starting", clock);
  model.log.setFilter(filter.value);
  paused = false;
  round = [];
  maps.clear();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    draw();
  });
}

/** Everything anew, with what changed in the way it is shown. */
function redraw(): void {
  for (const name of model.maps.keys()) model.changed.add(name);
  mapsDrawn = 0;
  schedule();
}

function draw(): void {
  bar.update(model, { paused, comparing, hasPrevious: previous !== undefined });
  words.update(model);
  document.body.dataset["phase"] = model.phase;
  document.body.classList.toggle("without-maps", model.maps.size === 0);
  hint.textContent = hintText();
  if (paused) return;
  events.update(model.log);
  if (round.length === 0) beginRound();
  if (round.length > 0) drawMaps();
}

/** Takes the maps that changed, unless they were drawn a moment ago. */
function beginRound(): void {
  if (model.changed.size === 0) return;
  const pause = Math.max(MAPS_MS, mapsCost / MAPS_SHARE);
  if (model.phase !== "ended" && clock() - mapsDrawn < pause) {
    mapsTimer ??= setTimeout(() => {
      mapsTimer = undefined;
      schedule();
    }, pause);
    return;
  }
  round = [...model.changed];
  model.changed.clear();
  mapsCost = 0;
}

function drawMaps(): void {
  const begun = clock();
  while (round.length > 0 && clock() - begun < SLICE_MS) {
    const map = model.maps.get(round.shift() ?? "");
    if (map !== undefined) maps.update(map, comparing ? previous?.maps.get(map.name) : undefined);
  }
  mapsDrawn = clock();
  mapsCost += mapsDrawn - begun;
  // The rest, or what changed meanwhile.
  if (round.length > 0 || model.changed.size > 0) schedule();
}

function hintText(): string {
  if (model.phase === "restored") {
    return "The window was loaded anew, and its runs ended with that. Run again to see new results.";
  }
  if (model.phase === "idle") return "Run a script to see its maps and events here.";
  if (model.phase === "running" && model.maps.size === 0 && model.log.total === 0) {
    return "Attached. Nothing has been printed or stored yet.";
  }
  return "";
}
