/** What the stack plan says of each probe, for lenses: no native code takes part. */

import {
  compileCore,
  createLocator,
  InvariantError,
  type Item,
  type StackReport,
} from "@probewright/compiler";
import { probeCode } from "./probe-code.ts";
import type { Snapshot } from "./snapshot.ts";

const known = new WeakMap<Snapshot, StackReport | "none">();

/** The plan of a program without errors, made when first asked for. */
export function stackReport(snapshot: Snapshot): StackReport | undefined {
  const made = known.get(snapshot) ?? plan(snapshot) ?? "none";
  known.set(snapshot, made);
  return made === "none" ? undefined : made;
}

function plan({ text, uri, facts, analysis }: Snapshot): StackReport | undefined {
  const { core, files } = analysis();
  if (core === undefined) return undefined;
  const locator = createLocator(files.map((file) => ({ ...file, text: file.text ?? text })));
  try {
    return compileCore(core, {
      file: uri,
      locate: (place) => locator.position(place),
      sourceText: (file) => locator.text(file),
      architecture: facts.architecture,
      hasFeature: facts.hasFeature,
      warnings: "default",
    }).stack;
  } catch (error) {
    // A program that cannot be generated has no figure to show; that is all that is lost.
    if (error instanceof InvariantError) return undefined;
    throw error;
  }
}

/** Bytes of the deepest call chain of a probe as planned, over all programs made from it. */
export function stackOf(snapshot: Snapshot, probe: Item): number | undefined {
  const programs = (probeCode(snapshot, probe)?.functions ?? []).filter(({ isProgram }) => isProgram);
  if (programs.length === 0) return undefined;
  // A frame alone is not rounded by anybody.
  return Math.max(
    ...programs.map(({ calls, predictedBytes, chainBytes }) =>
      calls.length === 0 ? predictedBytes : chainBytes,
    ),
  );
}

/** How many places a probe attaches to; undefined when nothing is known of its attach points. */
export function matchesOf(snapshot: Snapshot, probe: Item): number | undefined {
  const counts = snapshot
    .analysis()
    .matches.filter(({ place }) => place.item === probe)
    .map(({ count }) => count);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}
