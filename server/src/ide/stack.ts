/**
 * The stack that each probe takes: one figure for lenses, hovers and views. It is what LLVM made of the probe once that is
 * known, and until then what the plan says, in which no native code takes part.
 */

import {
  compileCore,
  createLocator,
  InvariantError,
  type FunctionStack,
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

/** What LLVM made of a probe, in bytes with all that is called. */
export interface StackMeasure {
  /** Of its deepest program. */
  readonly stackBytes: number;
  /** Of each function, by the name that users know it by. */
  readonly chains: ReadonlyMap<string, number>;
}

/** Undefined for a probe that is not measured. */
export type MeasureOf = (probe: Item) => StackMeasure | undefined;

/** Bytes of the deepest call chain of a probe, over all programs made from it; undefined where no code can be made. */
export function stackOf(snapshot: Snapshot, probe: Item, measureOf: MeasureOf): number | undefined {
  const programs = (probeCode(snapshot, probe)?.functions ?? []).filter(({ isProgram }) => isProgram);
  if (programs.length === 0) return undefined;
  return measureOf(probe)?.stackBytes ?? Math.max(...programs.map(({ chainBytes }) => chainBytes));
}

/** The same of each function of a plan, whether attached or called; undefined where LLVM has not been asked. */
export function measuredChain(
  snapshot: Snapshot,
  { name, place }: Pick<FunctionStack, "name" | "place">,
  measureOf: MeasureOf,
): number | undefined {
  if (place.item.kind === "probe") return measureOf(place.item)?.chains.get(name);
  const callers = snapshot.script.items.filter(({ item }) => item.kind === "probe");
  return callers.map(({ item }) => measureOf(item)?.chains.get(name)).find((bytes) => bytes !== undefined);
}
