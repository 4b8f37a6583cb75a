/**
 * Tracepoints of a profile. A kernel has some 3,000 and a script names a few, so lines are made text, and taken apart, only
 * where somebody asks: to read them all cost a cold `check` 9 ms.
 */

import { once } from "../../base/once.ts";
import type { KernelFacts, TracepointFormat } from "../facts.ts";
import { textOf } from "./bytes.ts";
import { readLayout } from "./content.ts";

export interface TracepointSections {
  /** Lines of `category event layout`; without the last where the format was not captured. */
  readonly tracepoints: () => Uint8Array | undefined;
  /** Lines of fields: many events share one. */
  readonly layouts: () => Uint8Array | undefined;
}

/** Of an event's fields, the line of the layouts; undefined when the format was not captured. */
type Events = ReadonlyMap<string, number | undefined>;

export function tracepointFacts(
  sections: TracepointSections,
): Pick<KernelFacts, "tracepointCategories" | "tracepointEvents" | "tracepointFormat"> {
  const categories = once(() => linesByCategory(textOf(sections.tracepoints() ?? none)));
  const events = remembering((category) => readEvents(categories().get(category) ?? []));
  const names = remembering((category) => [...events(category).keys()]);
  const layouts = once(() => lines(sections.layouts() ?? none));
  const decode = (category: string, event: string): TracepointFormat | undefined => {
    const layout = events(category).get(event);
    const line = layout === undefined ? undefined : layouts()(layout);
    return line === undefined ? undefined : { category, event, fields: readLayout(line) };
  };
  const formats = new Map<string, TracepointFormat | undefined>();
  return {
    tracepointCategories: () => [...categories().keys()],
    tracepointEvents: names,
    tracepointFormat: (category, event) => {
      const key = `${category}:${event}`;
      if (!formats.has(key)) formats.set(key, decode(category, event));
      return formats.get(key);
    },
  };
}

const none = new Uint8Array(0);

/** As it was the first time, for each name. */
function remembering<Value>(make: (name: string) => Value): (name: string) => Value {
  const made = new Map<string, Value>();
  return (name) => {
    let value = made.get(name);
    if (value === undefined) made.set(name, (value = make(name)));
    return value;
  };
}

/** Lines of a category stand together, so that one look at a line tells whether it is another's. */
function linesByCategory(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let prefix = "";
  let start = 0;
  const end = (at: number): void => {
    if (at === start) return;
    const category = prefix.slice(0, -1);
    const piece = text.slice(start, at);
    const before = found.get(category);
    if (before === undefined) found.set(category, [piece]);
    else before.push(piece);
  };
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    if (prefix === "" || !text.startsWith(prefix, at)) {
      end(at);
      start = at;
      prefix = `${text.slice(at, next).trimEnd().split(" ", 1)[0] ?? ""} `;
    }
    at = next;
  }
  end(text.length);
  return found;
}

function readEvents(pieces: readonly string[]): Events {
  const events = new Map<string, number | undefined>();
  for (const line of pieces.join("\n").split("\n")) {
    if (line === "") continue;
    const [, event = "", layout] = line.split(" ");
    events.set(event, layout === undefined ? undefined : Number(layout));
  }
  return events;
}

/** By number, from 0. */
function lines(bytes: Uint8Array): (number: number) => string | undefined {
  const starts = [0];
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
  return (number) => {
    const start = starts[number];
    const next = starts[number + 1];
    return start === undefined
      ? undefined
      : textOf(bytes.subarray(start, next === undefined ? undefined : next - 1));
  };
}

const NEWLINE = 10;
