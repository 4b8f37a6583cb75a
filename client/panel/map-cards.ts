/** One card a map: its name, which jumps to the script, and the drawing that suits its values. */

import { button, element, formatCount, setText } from "./dom.ts";
import { flameGraph } from "./flame-graph.ts";
import { histogramView } from "./histogram.ts";
import { mapTable, type MapView } from "./map-table.ts";
import type { ScriptPosition } from "./messages.ts";
import type { MapState } from "./model.ts";
import { timeSeriesView } from "./time-series.ts";

interface Card {
  readonly root: HTMLElement;
  readonly update: (map: MapState, previous: MapState | undefined) => void;
}

export interface MapCards {
  readonly root: HTMLElement;
  /** Draws this map. */
  readonly update: (map: MapState, previous: MapState | undefined) => void;
  readonly clear: () => void;
}

export function mapCards(reveal: (position: ScriptPosition) => void): MapCards {
  const root = element("div", { class: "maps" });
  const cards = new Map<string, Card>();
  return {
    root,
    clear: () => {
      cards.clear();
      root.replaceChildren();
    },
    update: (map, previous) => {
      let card = cards.get(map.name);
      if (card === undefined) {
        card = mapCard(map, reveal);
        cards.set(map.name, card);
        root.append(card.root);
      }
      card.update(map, previous);
    },
  };
}

function mapCard(first: MapState, reveal: (position: ScriptPosition) => void): Card {
  let latest = first;
  const name = button(`@${first.name}`, { class: "link name", title: "Go to the script" }, () => {
    if (latest.position !== undefined) reveal(latest.position);
  });
  const facts = element("span", { class: "quiet" });
  const body = element("div", { class: "card-body" });
  const single = element("output", { class: "single" });
  const hasStacks = first.entries.some(({ keyParts }) => keyParts !== undefined);
  const views = viewsOf(first, hasStacks);
  let view = views[0];
  let before: MapState | undefined;
  const choices = views.map((each) =>
    button(each.label, { class: "choice", "aria-pressed": each === view }, () => {
      view = each;
      show();
    }),
  );
  const tools = element("span", { class: "choices" }, ...(views.length > 1 ? choices : []));

  function show(): void {
    for (const [index, choice] of choices.entries()) {
      choice.setAttribute("aria-pressed", String(views[index] === view));
    }
    const plain = latest.scalar && latest.shape === "plain";
    const content = plain ? single : view?.view.root;
    if (content !== undefined && body.firstChild !== content) body.replaceChildren(content);
    if (plain) setText(single, latest.entries[0]?.text ?? "");
    else view?.view.update(latest, before);
  }

  return {
    root: element(
      "section",
      { class: `card ${first.shape}`, "aria-label": `Map @${first.name}` },
      element("header", {}, element("h3", {}, name), facts, tools),
      body,
    ),
    update: (map, previous) => {
      latest = map;
      before = previous;
      setText(facts, factsOf(map));
      show();
    },
  };
}

function viewsOf(
  map: MapState,
  hasStacks: boolean,
): readonly { readonly label: string; readonly view: MapView }[] {
  if (map.shape === "histogram") return [{ label: "Histogram", view: histogramView(map.name) }];
  if (map.shape === "time-series") return [{ label: "Chart", view: timeSeriesView(map.name) }];
  const table = { label: "Table", view: mapTable(map.name) };
  return hasStacks ? [{ label: "Flame graph", view: flameGraph() }, table] : [table];
}

function factsOf(map: MapState): string {
  const count = map.entries.length + map.omitted;
  const entries = map.scalar ? "" : `${formatCount(count)} ${count === 1 ? "entry" : "entries"}`;
  const omitted = map.omitted === 0 ? "" : `, the ${formatCount(map.entries.length)} greatest shown`;
  return `${entries}${omitted}${map.final ? (map.scalar ? "final" : ", final") : ""}`;
}
