/** The lenses above each probe. */

import { MAX_BPF_STACK, type Span } from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";
import { matchesOf, stackOf } from "./stack.ts";

export interface Lens {
  /** Where the probe begins. */
  readonly span: Span;
  readonly title: string;
  readonly action:
    | { readonly kind: "run-probe"; readonly probe: number }
    | { readonly kind: "run-script" }
    | undefined;
}

/** Probes that have no attach point to run alone: they belong to every run. */
const alwaysRun: ReadonlySet<string> = new Set(["begin", "end", "self"]);

export function codeLenses(snapshot: Snapshot): readonly Lens[] {
  const lenses: Lens[] = [];
  let index = 0;
  for (const { item, start } of snapshot.script.items) {
    if (item.kind !== "probe") continue;
    const span = { start, end: start };
    const [point] = item.attachPoints;
    if (point !== undefined && !alwaysRun.has(point.provider.text.toLowerCase())) {
      lenses.push({ span, title: "Run probe", action: { kind: "run-probe", probe: index } });
    }
    lenses.push({ span, title: "Run script", action: { kind: "run-script" } });
    const stack = stackOf(snapshot, item);
    if (stack !== undefined) {
      const title = `stack ${stack.toString()}/${MAX_BPF_STACK.toString()} B`;
      lenses.push({ span, title, action: undefined });
    }
    const matches = matchesOf(snapshot, item);
    if (matches !== undefined) {
      lenses.push({ span, title: `matches ${matches.toString()}`, action: undefined });
    }
    index += 1;
  }
  return lenses;
}
