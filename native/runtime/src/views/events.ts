/** The session's own event stream as NDJSON: every event, one JSON object a line, versioned by its first event. */

import { showType, type MapSpec } from "@probewright/compiler";

import { keyBytes, valueBytes } from "../print/text.ts";
import type { SessionEvent, SiteLoss } from "../session/events.ts";
import type { Value } from "../values/value.ts";
import { lossWords } from "./loss-text.ts";
import { textView } from "./text.ts";
import type { Output, View, ViewOptions } from "./view.ts";

/**
 * How what JSON lacks is spelt: whole numbers a double cannot hold exactly are strings, bytes are text, and each value of a
 * program carries its printed `text` beside its parts. What a terminal would show for the event is its `terminal`.
 */
export function eventsView(options: ViewOptions): View {
  const { out, truncationTrailer } = options;
  const terminal: Buffer[] = [];
  const keep: Output = {
    write: (bytes) => {
      terminal.push(Buffer.from(bytes));
    },
  };
  const text = textView({ ...options, out: keep, err: keep });
  const encode = (key: string, value: unknown): unknown => {
    if (typeof value === "bigint") return BigInt(Number(value)) === value ? Number(value) : value.toString();
    if (key === "bytes" && isByteObject(value)) return Buffer.from(value).toString("utf8");
    return value;
  };
  return {
    flush: () => undefined,
    show: (event) => {
      text.show(event);
      const shown = Buffer.concat(terminal.splice(0)).toString("utf8");
      const spelt = { ...withTexts(event, truncationTrailer), ...(shown === "" ? {} : { terminal: shown }) };
      out.write(`${JSON.stringify(spelt, encode)}\n`);
    },
  };
}

function isByteObject(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** Output events name their text `text`; maps and values get printed texts, and the map's layout is left out. */
function withTexts(event: SessionEvent, truncationTrailer: string): object {
  const spell = (value: Value): string => valueBytes(value, { truncationTrailer }).toString("utf8");
  const spellKey = (key: Value): string => keyBytes(key, { truncationTrailer }).toString("utf8");
  switch (event.kind) {
    case "output":
      return {
        kind: event.kind,
        type: event.type,
        text: Buffer.from(event.bytes).toString("utf8"),
        site: event.site,
      };
    case "value":
      return { ...event, text: spell(event.value) };
    case "map":
    case "map-values": {
      const { name, scalar, shape, entries } = event.map;
      const spelt = entries.map(({ key, value }) => ({
        ...(key === undefined ? {} : { key: spellKey(key), ...keyTexts(key, spell), ...keyParts(key) }),
        text: spell(value),
        value: plain(value),
      }));
      return {
        kind: event.kind,
        ...(event.kind === "map" ? { final: event.final } : { omitted: event.omitted }),
        name,
        scalar,
        shape,
        keys: keyHeads(event.spec),
        entries: spelt,
        position: event.spec.position,
      };
    }
    case "loss":
      return { ...event, losses: event.losses.map(withWords) };
    case "ended":
      return { ...event, summary: { ...event.summary, losses: event.summary.losses.map(withWords) } };
    default:
      return event;
  }
}

/** `text` tells what was lost at the site in all. */
function withWords(loss: SiteLoss): object {
  return { ...loss, text: lossWords(loss, loss.lostTotal) };
}

/** Of each part of the map's keys: what the script writes there, empty where that varies, and its type. */
function keyHeads({
  key,
  writtenKeys,
}: MapSpec): readonly { readonly text: string; readonly type: string }[] {
  if (key === undefined) return [];
  const parts = key.kind === "tuple" ? key.elements : [key];
  return parts.map((type, at) => ({ text: writtenKeys[at] ?? "", type: showType(type) }));
}

/** Of a key that has several parts, each by itself: their texts may have commas of their own. */
function keyTexts(key: Value, spell: (part: Value) => string): { readonly keyTexts?: readonly string[] } {
  return key.kind === "tuple" ? { keyTexts: key.elements.map(spell) } : {};
}

/** A key with a stack in it also comes in parts, so that frames need not be read out of the text. */
function keyParts(key: Value): { readonly keyParts?: unknown } {
  const parts = key.kind === "tuple" ? key.elements : [key];
  return parts.some(({ kind }) => kind === "stack") ? { keyParts: parts.map(plain) } : {};
}

/** Strings as text: the bytes of a panel's strings are only shown. */
function plain(value: Value): unknown {
  if (value.kind === "string" || value.kind === "buffer") {
    return { kind: value.kind, text: Buffer.from(value.bytes).toString("utf8") };
  }
  return value;
}
