/** Targets that are not there: the finding, with the nearest existing name, at the severity the policy asks for. */

import { mayBeSlipOf, nearest } from "../../base/nearest.ts";
import { noAttachPointLeft, unknownTarget } from "../../diagnostics/catalog/probes.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import { failed, type ProbeEnvironment, type Resolution } from "../environment.ts";

/** What is missing, in the words of `unknown-target`. */
export interface MissingTarget {
  /** The kind of thing, e.g. `kernel function`. */
  readonly what: string;
  readonly name: string;
  /** Where it was looked for, e.g. the kernel's name or a file. */
  readonly where: string;
  /** Existing names, from which the nearest is offered where it cannot be told what is meant. */
  readonly candidates: Iterable<string>;
  readonly meant?: string | undefined;
}

/** How bad it is that something is missing, by the script's own `missing_probes`; undefined where that is passed over. */
export function missingSeverity({ missingProbes }: ProbeEnvironment): "warning" | "error" | undefined {
  if (missingProbes === "ignore") return undefined;
  return missingProbes === "warn" ? "warning" : "error";
}

/** Applies `missing_probes` to an exact attach point without a match. */
export function missingTarget(
  environment: ProbeEnvironment,
  place: Place,
  missing: MissingTarget,
): Resolution {
  const severity = missingSeverity(environment);
  if (severity === undefined) return failed();
  const { what, name, where, meant } = missing;
  const near = meant ?? nearest(name, alike(name, missing.candidates));
  const facts = { what, name, where, nearest: near };
  return failed(unknownTarget(place, facts, { severity }));
}

/** A probe that lost all its attach points. */
export function nothingLeft(
  environment: ProbeEnvironment,
  place: Place,
  text: string,
): readonly Diagnostic[] {
  const severity = missingSeverity(environment);
  return severity === undefined ? [] : [noAttachPointLeft(place, { text }, { severity })];
}

function* alike(name: string, candidates: Iterable<string>): Iterable<string> {
  for (const candidate of candidates) if (mayBeSlipOf(candidate, name)) yield candidate;
}
