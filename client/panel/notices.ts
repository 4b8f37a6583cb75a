/** What was lost, in red, and what the run said about itself: each with a link to its line of the script. */

import { button, element, formatCount } from "./dom.ts";
import type { ScriptPosition } from "./messages.ts";
import type { Loss, Message, RunModel } from "./model.ts";

export interface Notices {
  readonly root: HTMLElement;
  readonly update: (model: RunModel) => void;
}

/** What happened, and what helps; by kind of loss. */
const lossWords: Readonly<Record<string, string>> = {
  event:
    "lost: the ring buffer was full. Print less, filter earlier, or raise perf_rb_pages in the script's config.",
  "map-update":
    "not stored: the map refused them. Raise max_map_keys in the script's config, or delete entries.",
  "string-truncated":
    "cut off: the text is longer than its buffer. Raise max_strlen, or give str() a length.",
  "stack-failed": "without their stack: it could not be read.",
  "scratch-exhausted": "skipped: probes were nested too deeply.",
  "probe-read-failed": "incomplete: memory could not be read.",
};

export function notices(reveal: (position: ScriptPosition) => void): Notices {
  const losses = element("ul", { class: "losses", role: "alert", "aria-label": "Losses" });
  const messages = element("ul", { class: "messages", "aria-label": "Messages" });
  let drawn = "";
  return {
    root: element("div", { class: "notices" }, losses, messages),
    update: (model) => {
      const now = [...model.losses.values()].map((loss) => `${loss.site}${loss.lost.toString()}`).join(" ");
      const state = `${now}|${[...model.messages.values()].map(({ text, count }) => `${text}${count.toString()}`).join(" ")}`;
      if (state === drawn) return;
      drawn = state;
      losses.replaceChildren(...[...model.losses.values()].map((loss) => lossItem(loss, reveal)));
      messages.replaceChildren(
        ...[...model.messages.values()].map((message) => messageItem(message, reveal)),
      );
    },
  };
}

function place(position: ScriptPosition | undefined, reveal: (to: ScriptPosition) => void): readonly Node[] {
  if (position === undefined) return [];
  const label = `line ${(position.startLine + 1).toString()}`;
  const link = button(label, { class: "link" }, () => {
    reveal(position);
  });
  return [link, document.createTextNode(" ")];
}

function lossItem(
  { site, lossKind, lost, position }: Loss,
  reveal: (to: ScriptPosition) => void,
): HTMLElement {
  const words = lossWords[lossKind] ?? `lost (${lossKind})`;
  return element(
    "li",
    {},
    ...place(position, reveal),
    element("strong", {}, `${site}: ${formatCount(lost)}`),
    ` ${words}`,
  );
}

function messageItem(
  { severity, text, count, position }: Message,
  reveal: (to: ScriptPosition) => void,
): HTMLElement {
  return element(
    "li",
    { class: severity },
    element("span", { class: "severity" }, severity),
    " ",
    ...place(position, reveal),
    text,
    ...(count > 1 ? [element("span", { class: "quiet" }, ` ${formatCount(count)} times`)] : []),
  );
}
