/** The JSON view: one object a line, in the shape bpftrace gives to `-f json`. */

import type { MapSpec } from "@probewright/compiler";
import { divided, isEmptyPlot } from "../print/map-text.ts";
import { keyBytes, valueBytes } from "../print/text.ts";
import type { MapSnapshot, SessionEvent } from "../session/events.ts";
import type { Value } from "../values/value.ts";
import { strftime } from "../symbols/time.ts";
import { isClean, lossLines, summaryLine } from "./json-losses.ts";
import type { Output, View, ViewOptions } from "./view.ts";

interface Lines {
  readonly line: (object: string | Buffer) => void;
  readonly typed: (type: string, data: Buffer) => void;
  readonly text: { readonly truncationTrailer: string };
}

export function jsonView(options: ViewOptions): View {
  const captured: Buffer[] = [];
  let inTest = false;
  /** Output of a test is part of its result. */
  const out: Output = {
    write: (bytes) => {
      if (inTest) captured.push(Buffer.from(bytes));
      else options.out.write(bytes);
    },
  };
  const line: Lines["line"] = (object) => {
    out.write(Buffer.concat([Buffer.from(object), Buffer.from("\n")]));
  };
  const lines: Lines = {
    line,
    typed: (type, data) => {
      line(Buffer.concat([Buffer.from(`{"type": "${type}", "data": `), data, Buffer.from("}")]));
    },
    text: { truncationTrailer: options.truncationTrailer },
  };
  return {
    flush: () => undefined,
    show: (event) => {
      if (event.kind === "test-started") {
        inTest = true;
      } else if (event.kind === "test-result") {
        inTest = false;
        line(testResult(event, Buffer.concat(captured.splice(0))));
      } else {
        showOnLine(event, lines, options);
        showOnError(event, options);
      }
    },
  };
}

/** Events of the script. */
function showOnLine(
  event: SessionEvent,
  { line, typed, text }: Lines,
  { quiet, verbose }: ViewOptions,
): void {
  switch (event.kind) {
    case "attached":
      if (!quiet) line(attachedProbes(event.probes.toString()));
      break;
    case "output":
      typed(event.type, jsonString(withoutLineEnd(event)));
      break;
    case "value":
      typed("value", jsonValue(event.value, text));
      break;
    case "map":
      if (!isEmptyPlot(event.map) && (event.map.scalar || event.map.entries.length > 0))
        typed(mapType(event.spec), mapData(divided(event.map, event.spec, event.divisor), event.spec, text));
      break;
    case "loss":
      for (const losses of lossLines(event.losses, quote)) line(losses);
      break;
    case "ended":
      if (verbose || !isClean(event.summary)) line(summaryLine(event.summary, quote));
      break;
    case "bench-results":
      for (const result of event.results) line(benchResult(result));
      break;
    case "message":
      line(located(event.severity === "error" ? "errorf" : "warnf", event.text, "", event.position));
      break;
    case "runtime-error":
      line(runtimeErrorLine(event));
      break;
    default:
      break;
  }
}

/** What a reader of the JSON must not find between its lines. */
function showOnError(event: SessionEvent, { err, warnings, verbose }: ViewOptions): void {
  if (event.kind === "verifier" && verbose) err.write(event.log);
  if (event.kind === "failed")
    err.write(`error: ${event.message}\n${event.advice.map((advice) => `  ${advice}\n`).join("")}`);
  if (event.kind === "notice" && event.severity === "warning" && warnings)
    err.write(`warning: ${event.message}\n`);
}

type EventOf<Kind extends SessionEvent["kind"]> = Extract<SessionEvent, { readonly kind: Kind }>;

function attachedProbes(count: string): string {
  return `{"type": "attached_probes", "count": ${count}, "data": {"probes": ${count}}}`;
}

function testResult({ name, durationNs, passed }: EventOf<"test-result">, output: Buffer): string {
  return `{"type": "test_result", "data": {${quote(name)}: {"duration": ${durationNs.toString()}, "passed": ${String(passed)}, "output": ${jsonString(output).toString("utf8")}}}}`;
}

function benchResult({ name, averageNs, iterations }: EventOf<"bench-results">["results"][number]): string {
  return `{"type": "benchmark_result", "data": {${quote(name)}: {"average": ${averageNs.toString()}, "iters": ${iterations.toString()}}}}`;
}

type Position = EventOf<"message">["position"];

function located(
  type: string,
  message: string,
  extra: string,
  { file, startLine, startColumn }: Position,
): string {
  const place = `"filename": ${quote(file)}, "line": ${(startLine + 1).toString()}, "col": ${(startColumn + 1).toString()}`;
  return `{"type": "${type}", "msg": ${quote(message)}, ${extra}${place}}`;
}

function runtimeErrorLine(event: EventOf<"runtime-error">): string {
  const count = event.repeats === undefined ? "" : `"count": ${event.repeats.toString()}, `;
  if (event.helper === undefined) return located("runtime_error", event.message, count, event.position);
  const { name, returned, meaning } = event.helper;
  return located(
    "helper_error",
    meaning,
    `"helper": ${quote(name)}, "retcode": ${returned.toString()}, ${count}`,
    event.position,
  );
}

/** A program gets the words that `join` puts together; the end of their line is for people. */
function withoutLineEnd({ type, bytes }: EventOf<"output">): Buffer {
  return Buffer.from(type === "join" ? bytes.subarray(0, -1) : bytes);
}

function quote(text: string): string {
  return jsonString(Buffer.from(text)).toString("utf8");
}

const escapes: ReadonlyMap<number, string> = new Map([
  [0x22, '\\"'],
  [0x5c, "\\\\"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x09, "\\t"],
]);

/** Bytes of 0x80 and above pass through. */
function jsonString(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from('"')];
  let start = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const escape =
      escapes.get(byte) ?? (byte < 0x20 ? `\\u${byte.toString(16).padStart(4, "0")}` : undefined);
    if (escape === undefined) continue;
    parts.push(bytes.subarray(start, at), Buffer.from(escape));
    start = at + 1;
  }
  parts.push(bytes.subarray(start), Buffer.from('"'));
  return Buffer.concat(parts);
}

/** Numbers that a double cannot hold exactly become strings. */
function jsonInteger(value: bigint): string {
  const exact = BigInt(Number(value)) === value;
  return exact ? value.toString() : `"${value.toString()}"`;
}

function jsonValue(value: Value, text: { readonly truncationTrailer: string }): Buffer {
  switch (value.kind) {
    case "none":
      return Buffer.from("null");
    case "integer":
    case "enum":
    case "pointer":
      return Buffer.from(jsonInteger(value.value));
    case "boolean":
      return Buffer.from(value.value ? "true" : "false");
    case "average":
      return Buffer.from(jsonInteger(value.average));
    case "stats":
      return Buffer.from(
        `{"count": ${jsonInteger(value.count)}, "average": ${jsonInteger(value.average)}, "total": ${jsonInteger(value.total)}}`,
      );
    case "buffer":
      return Buffer.from(`[${[...Int8Array.from(value.bytes)].join(",")}]`);
    case "array":
    case "tuple":
      return list(
        value.elements.map((element) => jsonValue(element, text)),
        "[",
        ",",
        "]",
      );
    case "record":
      return list(
        value.fields.map((field) =>
          Buffer.concat([
            jsonString(Buffer.from(field.name)),
            Buffer.from(": "),
            jsonValue(field.value, text),
          ]),
        ),
        "{",
        ", ",
        "}",
      );
    case "histogram":
      return histogramData(value);
    case "time-series":
      return seriesData(value);
    default:
      return jsonString(valueBytes(value, text));
  }
}

function list(elements: readonly Buffer[], open: string, separator: string, close: string): Buffer {
  const parts = elements.flatMap((element, index) =>
    index === 0 ? [element] : [Buffer.from(separator), element],
  );
  return Buffer.concat([Buffer.from(open), ...parts, Buffer.from(close)]);
}

function mapType({ value }: MapSpec): string {
  if (value.kind !== "aggregation") return "map";
  const types: Readonly<Record<string, string>> = {
    hist: "hist",
    lhist: "hist",
    tseries: "tseries",
    avg: "stats",
    stats: "stats",
  };
  return types[value.function] ?? "map";
}

function mapData(map: MapSnapshot, spec: MapSpec, text: { readonly truncationTrailer: string }): Buffer {
  const name = jsonString(Buffer.from(`@${spec.name}`));
  const prefix = Buffer.concat([Buffer.from("{"), name, Buffer.from(": ")]);
  if (map.scalar) {
    const value = map.entries[0]?.value;
    return Buffer.concat([
      prefix,
      value === undefined ? Buffer.from("0") : jsonValue(value, text),
      Buffer.from("}"),
    ]);
  }
  const entries = map.entries.map(({ key, value }) => {
    const keyText = key === undefined ? Buffer.alloc(0) : withoutBlanks(keyBytes(key, text));
    return Buffer.concat([jsonString(keyText), Buffer.from(": "), jsonValue(value, text)]);
  });
  return Buffer.concat([prefix, list(entries, "{", ", ", "}"), Buffer.from("}")]);
}

function withoutBlanks(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((byte) => byte !== 0x20));
}

function histogramData({ buckets }: Extract<Value, { kind: "histogram" }>): Buffer {
  const objects = buckets.map(({ low, high, count }) => {
    const members = [
      ...(low === undefined ? [] : [`"min": ${low.toString()}`]),
      ...(high === undefined ? [] : [`"max": ${(high - 1n).toString()}`]),
      `"count": ${count.toString()}`,
    ];
    return Buffer.from(`{${members.join(", ")}}`);
  });
  return list(objects, "[", ",", "]");
}

function seriesData({ points }: Extract<Value, { kind: "time-series" }>): Buffer {
  const objects = points.flatMap(({ startNs, value }) => {
    if (value === undefined) return [];
    const iso = new Date(Number(startNs / 1_000_000n)).toISOString();
    const start = `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${strftime("%k", startNs)}`;
    return [Buffer.from(`{"interval_start":"${start}","value":${jsonInteger(value)}}`)];
  });
  return list(objects, "[", ",", "]");
}
