/** The lenses above each probe. */

import { MAX_BPF_STACK, type Item, type Span } from "@probewright/compiler";
import { matchesOf } from "./matches.ts";
import type { Snapshot } from "./snapshot.ts";
import { stackOf, type StackMeasure } from "./stack.ts";

export interface Lens {
  /** Where the probe begins. */
  readonly span: Span;
  readonly title: string;
  readonly action: LensAction | undefined;
}

export type LensAction =
  | { readonly kind: "run-probe"; readonly probe: number }
  | { readonly kind: "run-script" }
  | { readonly kind: "stop"; readonly run: number }
  | { readonly kind: "view"; readonly view: "run-output" | "stack-plan" | "assembly" };

/** What the script's last run is doing or has come to. */
export interface LensRun {
  readonly run: number;
  /** Index of the probe that runs alone. */
  readonly probe: number | undefined;
  readonly isRunning: boolean;
  /** In few words: `12 lines`, `exit 1, 3 lost`. */
  readonly result: string;
}

export interface LensOptions {
  /** Lenses that run, and those that tell what it costs. */
  readonly run: boolean;
  readonly cost: boolean;
  /** LLVM's figures, once they are there. */
  readonly measured: (probe: Item) => (StackMeasure & { readonly instructions: number }) | undefined;
  readonly lastRun: LensRun | undefined;
}

/** Probes that have no attach point to run alone: they belong to every run. */
const alwaysRun: ReadonlySet<string> = new Set(["begin", "end", "self"]);

export function codeLenses(snapshot: Snapshot, options: LensOptions): readonly Lens[] {
  let index = 0;
  return snapshot.script.items.flatMap(({ item, start }) => {
    if (item.kind !== "probe") return [];
    const line = snapshot.text.indexOf("\n", start);
    const lineEnd = line === -1 ? snapshot.text.length : line;
    const [point] = item.attachPoints;
    const isAlone = point !== undefined && !alwaysRun.has(point.provider.text.toLowerCase());
    const probe = index;
    index += 1;
    return [
      ...(options.run ? runLenses(probe, isAlone, options.lastRun) : []),
      ...(options.cost ? costLenses(snapshot, item, options) : []),
    ].map((lens, i) => {
      // Clients order those of a line by where they start, and some shuffle what starts together.
      const at = Math.min(start + i, lineEnd);
      return { span: { start: at, end: at }, ...lens };
    });
  });
}

type Unplaced = Omit<Lens, "span">;

function runLenses(probe: number, isAlone: boolean, last: LensRun | undefined): readonly Unplaced[] {
  const lenses: Unplaced[] = [];
  const concerned = last !== undefined && (last.probe === undefined || last.probe === probe);
  if (concerned && last.isRunning) {
    lenses.push({ title: "Stop", action: { kind: "stop", run: last.run } });
  } else {
    if (isAlone) lenses.push({ title: "Run probe", action: { kind: "run-probe", probe } });
    lenses.push({ title: "Run script", action: { kind: "run-script" } });
  }
  // The whole script's result stands once, above its first probe.
  if (concerned && (last.probe === probe || probe === 0)) {
    const title = `${last.isRunning ? "running" : "last run"}: ${last.result}`;
    lenses.push({ title, action: { kind: "view", view: "run-output" } });
  }
  return lenses;
}

function costLenses(snapshot: Snapshot, item: Item, { measured }: LensOptions): readonly Unplaced[] {
  const lenses: Unplaced[] = [];
  const stack = stackOf(snapshot, item, measured);
  const real = stack === undefined ? undefined : measured(item);
  if (stack !== undefined) {
    const title = `stack ${stack}/${MAX_BPF_STACK} B`;
    lenses.push({ title, action: { kind: "view", view: "stack-plan" } });
  }
  if (real !== undefined) {
    lenses.push({ title: `${real.instructions} insns`, action: { kind: "view", view: "assembly" } });
  }
  const matches = matchesOf(snapshot, item);
  if (matches !== undefined) lenses.push({ title: `matches ${matches}`, action: undefined });
  return lenses;
}
