/** What is known of an attach point: what its target looks like, how many places it takes, and what the probe costs. */

import {
  findProbeType,
  MAX_BPF_STACK,
  type AttachPoint,
  type KernelFacts,
  type Probe,
} from "@probewright/compiler";
import { prototypeText, tracepointText } from "../completion/resolve.ts";
import { matchesOfPoint } from "../matches.ts";
import type { Snapshot } from "../snapshot.ts";
import { stackOf, stackReport, type MeasureOf } from "../stack.ts";

export interface AttachPointFacts {
  /** Markdown: prototype or fields. */
  readonly target: string | undefined;
  /** Markdown: matches and stack. */
  readonly figures: string | undefined;
}

export function hoverAttachPoint(
  snapshot: Snapshot,
  probe: Probe,
  point: AttachPoint,
  measureOf: MeasureOf,
): AttachPointFacts {
  const lines = [matchesText(snapshot, probe, point), stackText(snapshot, probe, measureOf)];
  const figures = lines.filter((line) => line !== undefined).join("\n\n");
  return { target: targetText(point, snapshot.facts), figures: figures === "" ? undefined : figures };
}

function targetText({ provider, parts }: AttachPoint, facts: KernelFacts): string | undefined {
  const row = findProbeType(provider.text);
  const texts = parts.map(({ text }) => text);
  const name = (texts.at(-1) ?? "").replace(/\+.*$/, "");
  const module = texts.length > 1 ? texts[0] : undefined;
  switch (row?.name) {
    case "kprobe":
    case "kretprobe":
    case "fentry":
    case "fexit":
      return prototypeText(facts.findFunctions(name, module)[0]);
    case "rawtracepoint":
      return prototypeText(facts.findRawTracepoint(name, module));
    case "tracepoint":
      return tracepointText(texts.join(":"), facts);
    case "uprobe":
    case "uretprobe":
      return userFunctionText(texts[0] ?? "", name, facts);
    default:
      return undefined;
  }
}

function userFunctionText(path: string, name: string, facts: KernelFacts): string | undefined {
  const binary = facts.binary(path);
  if (binary === undefined || binary === "missing" || "error" in binary) return undefined;
  const prototype = binary.parameters(name);
  if (prototype !== undefined && prototype !== "missing")
    return prototypeText({ ...prototype, module: "vmlinux" });
  const symbol = binary.symbols.find((each) => each.name === name);
  return symbol === undefined
    ? undefined
    : `\`${name}\`: ${symbol.size.toString()} bytes of code in \`${binary.path}\`.`;
}

function matchesText(snapshot: Snapshot, probe: Probe, point: AttachPoint): string | undefined {
  const count = matchesOfPoint(snapshot, probe, point);
  if (count === undefined) return undefined;
  return `Attaches to ${count.toString()} ${count === 1 ? "place" : "places"} of ${snapshot.facts.name}.`;
}

/** Expressions named; the rest is summed up. */
const MOST_OBJECTS = 5;

function stackText(snapshot: Snapshot, probe: Probe, measureOf: MeasureOf): string | undefined {
  const stack = stackOf(snapshot, probe, measureOf);
  if (stack === undefined) return undefined;
  const functions = (stackReport(snapshot)?.functions ?? []).filter(({ place }) => place.item === probe);
  const seen = new Set<string>();
  const objects = functions
    .flatMap((each) => each.objects)
    .filter(({ label, place }) => {
      const key = `${label} ${place.span.start.toString()}`;
      return !seen.has(key) && seen.add(key).has(key);
    })
    .sort((left, right) => right.size - left.size);
  const rows = objects
    .slice(0, MOST_OBJECTS)
    .map(
      ({ label, size, placement }) =>
        `- ${label}: ${size.toString()} B${placement === "scratch" ? ", in scratch memory" : ""}`,
    );
  return [`Stack: ${stack.toString()} of ${MAX_BPF_STACK.toString()} bytes.`, ...rows].join("\n");
}
