/** What the panel knows of a run, made from its events; no display in it. */

import { incompleteKinds, type RunEvent } from "@probewright/server/protocol";
import { EventLog } from "./event-log.ts";
import type { ScriptPosition } from "./messages.ts";

export interface Frame {
  readonly symbol?: string;
  readonly address?: number | string;
}

export interface Bucket {
  readonly low?: number;
  readonly high?: number;
  readonly count: number;
}

export interface Point {
  readonly startNs: number;
  readonly value?: number;
}

/** The parts of values that are drawn; numbers that JSON cannot hold come as text. */
export type MapValue =
  | { readonly kind: "integer"; readonly value: number | string }
  | { readonly kind: "average"; readonly average: number | string; readonly count: number | string }
  | {
      readonly kind: "stats";
      readonly count: number | string;
      readonly average: number | string;
      readonly total: number | string;
    }
  | { readonly kind: "histogram"; readonly buckets: readonly Bucket[] }
  | { readonly kind: "time-series"; readonly points: readonly Point[] }
  | { readonly kind: "other" };

export interface MapEntry {
  readonly key?: string;
  /** Each part of a key of several. */
  readonly keyTexts?: readonly string[];
  readonly keyParts?: readonly { readonly kind: string; readonly frames?: readonly Frame[] }[];
  readonly text: string;
  readonly value: MapValue;
}

export interface MapState {
  readonly name: string;
  readonly scalar: boolean;
  readonly shape: "plain" | "stats" | "histogram" | "time-series";
  /** What the script writes for each part of the keys, empty where that varies, and its type; bpftrace does not tell. */
  readonly keys?: readonly { readonly text: string; readonly type: string }[];
  readonly entries: readonly MapEntry[];
  readonly omitted: number;
  readonly position: ScriptPosition | undefined;
  /** As it was at the end. */
  readonly final: boolean;
}

export interface Loss {
  readonly site: string;
  readonly lossKind: string;
  readonly lost: number;
  readonly position: ScriptPosition | undefined;
}

export interface Message {
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
  readonly position: ScriptPosition | undefined;
  count: number;
}

export type Phase = "idle" | "restored" | "starting" | "running" | "ended" | "refused";

/** Messages kept: the same one again is counted, not kept. */
const MOST_MESSAGES = 200;

export class RunModel {
  readonly log = new EventLog();
  readonly maps = new Map<string, MapState>();
  readonly losses = new Map<string, Loss>();
  readonly messages = new Map<string, Message>();
  /** Names of maps that changed since the display last asked. */
  readonly changed = new Set<string>();
  phase: Phase;
  probes = 0;
  exitCode: number | undefined;
  /** Something other than the script ended it. */
  failed = false;
  /** Pieces of output that came too fast to be shown. */
  skipped = 0;
  readonly title: string;
  private readonly clock: () => number;
  private readonly begun: number;

  /** @param clock milliseconds, ever rising */
  constructor(title: string, phase: Phase, clock: () => number) {
    this.title = title;
    this.phase = phase;
    this.clock = clock;
    this.begun = clock();
  }

  take(events: readonly RunEvent[], skipped: number): void {
    const at = this.clock() - this.begun;
    this.skipped += skipped;
    if (skipped > 0)
      this.log.note(at, "skipped", `${skipped.toLocaleString("en")} pieces of output not shown`);
    for (const event of events) this.takeOne(event, at);
  }

  end(exitCode: number): void {
    this.exitCode = exitCode;
    this.phase = "ended";
  }

  /** Events and values that are gone, over all sites; what came incomplete is not among them. */
  lost(): number {
    return [...this.losses.values()]
      .filter(({ lossKind }) => !incompleteKinds.has(lossKind))
      .reduce((sum, { lost }) => sum + lost, 0);
  }

  private takeOne(event: RunEvent, at: number): void {
    switch (event.kind) {
      case "output":
        this.log.add(at, textOf(event["type"]), textOf(event["text"]));
        break;
      case "value":
        // Stacks begin with a line end, to stand below what is before them.
        this.log.note(at, "value", textOf(event["text"]).replace(/^\n/, "").trimEnd());
        break;
      case "map":
      case "map-values":
        this.takeMap(event, at);
        break;
      case "attached":
        this.phase = "running";
        this.probes = Number(event["probes"]);
        break;
      case "loss":
        this.takeLosses(event["losses"] as readonly LossEvent[]); // the stream's own shape
        break;
      default:
        this.takeWords(event, at);
    }
  }

  private takeMap(event: RunEvent, at: number): void {
    const map = event as unknown as MapState; // the stream's own shape
    const { name, scalar, shape, keys, entries, position } = map;
    const final = event["final"] === true;
    this.maps.set(name, {
      name,
      scalar,
      shape,
      ...(keys === undefined ? {} : { keys }),
      entries,
      position,
      omitted: Number(event["omitted"] ?? 0),
      final,
    });
    this.changed.add(name);
    if (event.kind === "map" && !final) {
      this.log.note(
        at,
        "map",
        `@${name}: ${entries.length.toString()} ${entries.length === 1 ? "entry" : "entries"}`,
      );
    }
  }

  private takeLosses(losses: readonly LossEvent[]): void {
    for (const { site, lossKind, lost, position } of losses) {
      const key = `${site} ${lossKind}`;
      const before = this.losses.get(key)?.lost ?? 0;
      this.losses.set(key, { site, lossKind, position, lost: before + Number(lost) });
    }
  }

  /** Events that are words: messages with a place, what was printed beside the output, tests. */
  private takeWords(event: RunEvent, at: number): void {
    const position = event["position"] as ScriptPosition | undefined; // the stream's own shape
    switch (event.kind) {
      case "message":
        this.say(event["severity"] === "error" ? "error" : "warning", textOf(event["text"]), position);
        break;
      case "runtime-error":
        this.say("warning", textOf(event["message"]), position);
        break;
      case "notice":
        this.say(event["severity"] === "warning" ? "warning" : "info", textOf(event["message"]), position);
        break;
      case "diagnostic":
        this.say(
          event["severity"] === "error" ? "error" : "warning",
          [event["message"], ...(event["hints"] as readonly string[])].map(textOf).join("; "),
          position,
        );
        break;
      case "failed": {
        this.failed = true;
        const advice = (event["advice"] as readonly string[]).join("; ");
        this.say("error", `${textOf(event["message"])}${advice === "" ? "" : ` (${advice})`}`, position);
        break;
      }
      case "ended":
        this.end(Number(event["exitCode"]));
        break;
      case "said":
        this.log.add(at, "stderr", textOf(event["text"]));
        break;
      case "test-result":
        this.log.note(
          at,
          "test",
          `${event["passed"] === true ? "passed" : "FAILED"}: ${textOf(event["name"])}`,
        );
        break;
      default:
        break;
    }
  }

  private say(severity: Message["severity"], text: string, position: ScriptPosition | undefined): void {
    const key = `${severity} ${position?.startLine.toString() ?? ""} ${text}`;
    const known = this.messages.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.messages.size < MOST_MESSAGES) {
      this.messages.set(key, { severity, text, position, count: 1 });
    }
  }
}

interface LossEvent {
  readonly site: string;
  readonly lossKind: string;
  readonly lost: number | string;
  readonly position?: ScriptPosition;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : String(value);
}

/** The number that a value is sorted, drawn and compared by; undefined when it has none. */
export function rankOf(value: MapValue): number | undefined {
  switch (value.kind) {
    case "integer":
      return Number(value.value);
    case "average":
    case "stats":
      return Number(value.average);
    default:
      return undefined;
  }
}
