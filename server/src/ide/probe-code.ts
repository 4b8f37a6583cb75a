/**
 * The code of one probe, as it is in its whole script: planned again only when the probe, what it may call, the types of maps,
 * or what the other probes do with them have changed, wherever in the script it now stands.
 */

import {
  compileCore,
  createLineIndex,
  InvariantError,
  surroundings,
  type CompiledCore,
  type CoreProgram,
  type Diagnostic,
  type Item,
  type LineIndex,
} from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";

export interface ProbeCode {
  /** Its programs, one for each target or one for all, and what they call. */
  readonly functions: readonly ProbeFunction[];
  /** Programs that do not fit the stack. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ProbeFunction {
  /** What a user knows it by, and what it is called in the object. */
  readonly name: string;
  readonly function: string;
  /** Names of the functions this one calls. */
  readonly calls: readonly string[];
  readonly predictedBytes: number;
  readonly chainBytes: number;
  /** Attached, not called. */
  readonly isProgram: boolean;
}

/** The very objects that the code was made of: analysis keeps those that an edit has not changed. */
interface Known {
  readonly config: CoreProgram["config"];
  readonly subprograms: CoreProgram["subprograms"];
  readonly modules: CoreProgram["modules"];
  readonly probes: CoreProgram["probes"];
  /** Maps that the code uses, and what else it depends on. */
  readonly maps: CoreProgram["maps"];
  readonly surroundings: string;
  readonly code: ProbeCode | undefined;
}

const known = new WeakMap<Item, Known>();

/** Undefined in a program with errors, and where no code can be generated. */
export function probeCode(snapshot: Snapshot, probe: Item): ProbeCode | undefined {
  const { core } = snapshot.analysis();
  if (core === undefined) return undefined;
  const before = knownCode(core, probe);
  return before === undefined ? compileAndKeep(snapshot, core, probe).code : before.code;
}

/** Whether `probeCode` answers at once. */
export function hasProbeCode(snapshot: Snapshot, probe: Item): boolean {
  const { core } = snapshot.analysis();
  return core === undefined || knownCode(core, probe) !== undefined;
}

function knownCode(core: CoreProgram, probe: Item): Known | undefined {
  const before = known.get(probe);
  const isSame =
    before?.config === core.config &&
    sameElements(before.probes, probesOf(core, probe)) &&
    sameElements(before.subprograms, core.subprograms) &&
    sameElements(before.modules, core.modules) &&
    before.surroundings === surroundings(core, before.probes, before.maps);
  return isSame ? before : undefined;
}

function compileAndKeep(
  snapshot: Snapshot,
  core: CoreProgram,
  probe: Item,
): { readonly code: ProbeCode | undefined; readonly compiled: CompiledCore | undefined } {
  const { config, subprograms, modules } = core;
  const compiled = compileProbe(snapshot, core, probe);
  // Whoever knows the code by its object finds it again.
  const before = knownCode(core, probe)?.code;
  const code =
    before ??
    (compiled === undefined
      ? undefined
      : { functions: functionsOf(compiled), diagnostics: compiled.diagnostics });
  const maps = compiled?.maps ?? [];
  const probes = probesOf(core, probe);
  const around = surroundings(core, probes, maps);
  known.set(probe, { config, subprograms, modules, probes, maps, surroundings: around, code });
  return { code, compiled };
}

const byItem = new WeakMap<CoreProgram, ReadonlyMap<Item, CoreProgram["probes"]>>();

/** What a program has of one item, which may attach in several ways. */
function probesOf(core: CoreProgram, probe: Item): CoreProgram["probes"] {
  const all = byItem.get(core) ?? groupProbes(core);
  byItem.set(core, all);
  return all.get(probe) ?? [];
}

function sameElements<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

/**
 * What only code generation can find. Without `on_stack_limit` and functions the plan makes everything fit, so there is
 * nothing to look for.
 */
export function codeDiagnostics(snapshot: Snapshot): readonly Diagnostic[] {
  const { core } = snapshot.analysis();
  if (core === undefined || (core.config.onStackLimit === undefined && core.subprograms.length === 0))
    return [];
  const probes = new Set(core.probes.map(({ place }) => place.item));
  return [...probes].flatMap((probe) => probeCode(snapshot, probe)?.diagnostics ?? []);
}

/** The code with its LLVM IR, in which positions count from the start of the probe, and that of C files it calls. */
export function probeIr(
  snapshot: Snapshot,
  probe: Item,
): ({ readonly code: ProbeCode } & Pick<CompiledCore, "ir" | "linked">) | undefined {
  const { core } = snapshot.analysis();
  if (core === undefined) return undefined;
  const { code, compiled } = compileAndKeep(snapshot, core, probe);
  if (code === undefined || compiled === undefined) return undefined;
  return unlessBroken(() => ({ code, ir: compiled.ir, linked: compiled.linked }));
}

/** A program that cannot be generated has no figures to show; that is all that is lost. */
function unlessBroken<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvariantError) return undefined;
    throw error;
  }
}

function groupProbes({ probes }: CoreProgram): ReadonlyMap<Item, CoreProgram["probes"]> {
  const groups = new Map<Item, CoreProgram["probes"][number][]>();
  for (const probe of probes) {
    const group = groups.get(probe.place.item);
    if (group === undefined) groups.set(probe.place.item, [probe]);
    else group.push(probe);
  }
  return groups;
}

function compileProbe(snapshot: Snapshot, core: CoreProgram, probe: Item): CompiledCore | undefined {
  const probes = probesOf(core, probe);
  if (probes.length === 0) return undefined;
  const { facts } = snapshot;
  const indexes = new Map<Item, LineIndex>();
  const indexOf = (item: Item): LineIndex => {
    const index = indexes.get(item) ?? createLineIndex(item.text);
    indexes.set(item, index);
    return index;
  };
  return unlessBroken(() =>
    compileCore(
      core,
      {
        file: "probe",
        locate: ({ item, span }) => {
          const start = indexOf(item).position(span.start);
          const end = indexOf(item).position(span.end);
          return {
            file: "probe",
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
          };
        },
        // Nobody reads it: it is measured.
        sourceText: () => undefined,
        architecture: facts.architecture,
        hasFeature: facts.hasFeature,
        warnings: "default",
      },
      probes,
    ),
  );
}

function functionsOf({ stack, programs: attached }: CompiledCore): readonly ProbeFunction[] {
  const programs = new Set(attached.map((each) => each.function));
  return stack.functions.map(({ name, function: symbol, calls, predictedBytes, chainBytes }) => ({
    name,
    function: symbol,
    calls,
    predictedBytes,
    chainBytes,
    isProgram: programs.has(symbol),
  }));
}
