/** What was lost, in red, and what the run said about itself: each with a link to its line of the script. */

import { button, element, formatCount, setText } from "./dom.ts";
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
  "stack-cut": "cut short: no call frame information says who called the last function shown.",
  "scratch-exhausted": "skipped: probes were nested too deeply.",
  "probe-read-failed": "incomplete: memory could not be read.",
};

/** A row that stays while its text changes, so that its link keeps the focus. */
interface Item<Said> {
  readonly root: HTMLElement;
  readonly update: (said: Said) => void;
}

export function notices(reveal: (position: ScriptPosition) => void): Notices {
  const losses = itemList<Loss>("losses", "Losses", (loss) => lossItem(loss, reveal));
  const messages = itemList<Message>("messages", "Messages", (message) => messageItem(message, reveal));
  // What is new is spoken once; counts that grow are not.
  const spoken = element("p", { class: "spoken", role: "alert" });
  return {
    root: element("div", { class: "notices" }, losses.root, messages.root, spoken),
    update: (model) => {
      const said = [
        ...losses.update(model.losses).map(lossText),
        ...messages.update(model.messages).map(({ severity, text }) => `${severity}: ${text}`),
      ];
      if (said.length > 0) setText(spoken, said.join(". "));
      else if (model.losses.size + model.messages.size === 0) setText(spoken, "");
    },
  };
}

function itemList<Said>(
  name: string,
  label: string,
  itemOf: (said: Said) => Item<Said>,
): { readonly root: HTMLElement; readonly update: (all: ReadonlyMap<string, Said>) => readonly Said[] } {
  const root = element("ul", { class: name, "aria-label": label, hidden: true });
  const items = new Map<string, Item<Said>>();
  return {
    root,
    /** @returns those that were not there before */
    update: (all) => {
      for (const [key, item] of items) {
        if (all.has(key)) continue;
        item.root.remove();
        items.delete(key);
      }
      const added: Said[] = [];
      for (const [key, said] of all) {
        let item = items.get(key);
        if (item === undefined) {
          item = itemOf(said);
          items.set(key, item);
          root.append(item.root);
          added.push(said);
        }
        item.update(said);
      }
      root.hidden = items.size === 0;
      return added;
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

function lossText({ site, lossKind, lost, position }: Loss): string {
  const line = position === undefined ? "" : `line ${(position.startLine + 1).toString()} `;
  return `${line}${site}: ${formatCount(lost)} ${wordsOf(lossKind)}`;
}

function wordsOf(lossKind: string): string {
  return lossWords[lossKind] ?? `lost (${lossKind})`;
}

function lossItem({ lossKind, position }: Loss, reveal: (to: ScriptPosition) => void): Item<Loss> {
  const count = element("strong");
  return {
    root: element("li", {}, ...place(position, reveal), count, ` ${wordsOf(lossKind)}`),
    update: ({ site, lost }) => {
      setText(count, `${site}: ${formatCount(lost)}`);
    },
  };
}

function messageItem(
  { severity, text, position }: Message,
  reveal: (to: ScriptPosition) => void,
): Item<Message> {
  const times = element("span", { class: "quiet" });
  return {
    root: element(
      "li",
      { class: severity },
      element("span", { class: "severity" }, severity),
      " ",
      ...place(position, reveal),
      text,
      times,
    ),
    update: ({ count }) => {
      setText(times, count > 1 ? ` ${formatCount(count)} times` : "");
    },
  };
}
