/** What resolving attach points needs, and what comes out of it. */

import type { ProbeTarget } from "../core/target.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { KernelFacts, KernelFeature } from "../kernel/facts.ts";
import type { Probe } from "../syntax/ast.ts";
import type { ProbeContext } from "./context.ts";
import type { ProbeType } from "./probe-type.ts";

export interface ProbeEnvironment {
  readonly facts: KernelFacts;
  /** Positional parameters, `$1` first. */
  readonly parameters: readonly string[];
  readonly unsafe: boolean;
  /** Process chosen with `-p`. */
  readonly pid: number | undefined;
  /** Features switched off with `--no-feature`. */
  readonly disabledFeatures: ReadonlySet<string>;
  readonly missingProbes: "error" | "warn" | "ignore";
  readonly maxPrograms: number;
  readonly maxProbes: number;
}

export function featureUsable(environment: ProbeEnvironment, feature: KernelFeature): boolean {
  return !environment.disabledFeatures.has(feature) && environment.facts.hasFeature(feature) === true;
}

export interface ResolvedTarget {
  readonly target: ProbeTarget;
  readonly context: ProbeContext;
}

/** What one attach point came to. */
export interface Resolution {
  readonly targets: readonly ResolvedTarget[];
  readonly diagnostics: readonly Diagnostic[];
  /** Facts are still missing: finding nothing is no mistake yet. */
  readonly pending: boolean;
}

export function resolved(...targets: readonly ResolvedTarget[]): Resolution {
  return { targets, diagnostics: [], pending: false };
}

export function failed(...diagnostics: readonly Diagnostic[]): Resolution {
  return { targets: [], diagnostics, pending: false };
}

export const pendingResolution: Resolution = { targets: [], diagnostics: [], pending: true };

/** One program to be: a probe of the script at one or more targets that give it the same context. */
export interface ProbeInstance {
  readonly probe: Probe;
  /** Full name of the first target, as the `probe` builtin gives it. */
  readonly name: string;
  readonly probeType: ProbeType;
  readonly targets: readonly ProbeTarget[];
  readonly context: ProbeContext;
  /** The attach points its targets came from. */
  readonly attachPoints: readonly Place[];
  /** `-p` asks for a check of the process id in the program itself. */
  readonly pidCheck: number | undefined;
}

/** What the editor shows above a probe. */
export interface AttachPointMatches {
  readonly place: Place;
  /** Places the attach point attaches to; a multi target counts each of its functions. */
  readonly count: number;
}

/** What became of one probe of the script. */
export interface ResolvedProbe {
  readonly instances: readonly ProbeInstance[];
  readonly matches: readonly AttachPointMatches[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ResolvedProbes extends ResolvedProbe {
  readonly byProbe: ReadonlyMap<Probe, ResolvedProbe>;
}
