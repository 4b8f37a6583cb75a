/**
 * What an installed bpftrace tells with `-f json`, as events of our stream, so that a client shows both alike. It tells less:
 * maps only where they are printed, losses without the place that lost them.
 */

import type { RunEvent } from "../protocol.ts";

interface BpftraceLine {
  readonly type: string;
  readonly data: unknown;
}

/** @returns undefined for a line that is none of its JSON */
export function bpftraceEvents(line: string): readonly RunEvent[] | undefined {
  const parsed = parse(line);
  if (parsed === undefined) return undefined;
  const { type, data } = parsed;
  switch (type) {
    case "attached_probes":
      return [{ kind: "attached", probes: isObject(data) ? (data["probes"] ?? 0) : 0, programs: 0 }];
    case "printf":
    case "time":
    case "cat":
    case "join":
    case "syscall":
      return [{ kind: "output", type, text: String(data), site: -1, terminal: String(data) }];
    case "value": {
      const text = textOf(data);
      return [{ kind: "value", text, value: { kind: "text", text }, site: -1, terminal: `${text}\n` }];
    }
    case "lost_events":
      return [lossEvent(isObject(data) ? Number(data["events"]) : 0)];
    default:
      return shapes[type] === undefined || !isObject(data) ? [] : Object.entries(data).map(mapOf(type));
  }
}

const LOST = /^Lost (\d+) events$/;
const PLACED =
  /^(?<file>.+?):(?<line>\d+):(?<from>\d+)(?:-(?<to>\d+))?: (?<severity>WARNING|ERROR): (?<text>.*)$/;

/** A line of its standard error: losses and messages with a place become events, all else is text. */
export function bpftraceMessage(line: string): RunEvent | undefined {
  const lost = LOST.exec(line)?.[1];
  if (lost !== undefined) return lossEvent(Number(lost));
  const placed = PLACED.exec(line)?.groups;
  if (placed === undefined) return undefined;
  const { file = "", line: row = "1", from = "1", to = from, severity = "", text = "" } = placed;
  return {
    kind: "message",
    severity: severity.toLowerCase(),
    text,
    position: {
      file,
      startLine: Number(row) - 1,
      startColumn: Number(from) - 1,
      endLine: Number(row) - 1,
      endColumn: Number(to) - 1,
    },
    expandedFrom: [],
    terminal: `${line}\n`,
  };
}

function lossEvent(lost: number): RunEvent {
  const loss = { site: "events", lossKind: "event", lost, lostTotal: lost };
  return { kind: "loss", losses: [loss], terminal: `Lost ${lost.toString()} events\n` };
}

function parse(line: string): BpftraceLine | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && typeof value["type"] === "string"
      ? { type: value["type"], data: value["data"] }
      : undefined;
  } catch {
    return undefined;
  }
}

const shapes: Readonly<Record<string, string>> = {
  map: "plain",
  stats: "stats",
  hist: "histogram",
  tseries: "time-series",
};

interface Entry {
  readonly key?: string;
  readonly keyParts?: unknown;
  readonly text: string;
  readonly value: unknown;
}

function mapOf(type: string): (map: [string, unknown]) => RunEvent {
  return ([name, content]) => {
    const shape = shapes[type] ?? "plain";
    const keyed = isObject(content) && !(type === "stats" && "count" in content);
    const entries: Entry[] = keyed
      ? Object.entries(content).map(([key, value]) => ({ key, ...stackParts(key), ...valueOf(shape, value) }))
      : [valueOf(shape, content)];
    const lines = entries.map(({ key, text }) => `${name}${key === undefined ? "" : `[${key}]`}: ${text}`);
    return {
      kind: "map",
      final: false,
      name: name.slice(1),
      scalar: !keyed,
      shape,
      entries,
      terminal: `${lines.join("\n")}\n`,
    };
  };
}

function valueOf(shape: string, content: unknown): { readonly text: string; readonly value: unknown } {
  if (shape === "histogram" && Array.isArray(content)) {
    const buckets = content.filter(isObject).map((bucket) => ({
      ...(bucket["min"] === undefined ? {} : { low: bucket["min"] }),
      ...(bucket["max"] === undefined ? {} : { high: Number(bucket["max"]) + 1 }),
      count: bucket["count"],
    }));
    const rows = buckets.map(
      ({ low, high, count }) => `\n[${textOf(low)}, ${textOf(high)}) ${textOf(count)}`,
    );
    return { text: rows.join(""), value: { kind: "histogram", buckets } };
  }
  if (shape === "time-series" && Array.isArray(content)) {
    const points = content.filter(isObject).map((point) => ({
      startNs: Date.parse(String(point["interval_start"]).replace(" ", "T").slice(0, 23)) * 1e6,
      value: point["value"],
    }));
    const rows = content
      .filter(isObject)
      .map((point) => `\n${textOf(point["interval_start"])} ${textOf(point["value"])}`);
    return { text: rows.join(""), value: { kind: "time-series", points } };
  }
  if (shape === "stats" && isObject(content)) {
    const { count, average, total } = content;
    return {
      text: `count ${textOf(count)}, average ${textOf(average)}, total ${textOf(total)}`,
      value: { kind: "stats", ...content },
    };
  }
  const text = textOf(content);
  return {
    text,
    value: typeof content === "number" ? { kind: "integer", value: content } : { kind: "text", text },
  };
}

/** A stack in a key is lines of symbols behind an empty one. */
function stackParts(key: string): { readonly keyParts?: unknown } {
  if (!key.startsWith("\n")) return {};
  const frames = key
    .trim()
    .split("\n")
    .map((symbol) => ({ symbol: symbol.trim().replace(/\+\d+$/, "") }));
  return { keyParts: [{ kind: "stack", frames }] };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `(${value.map(textOf).join(", ")})`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
