/** Which probes of a checked program a run takes: all, one, those a pattern names, or the tests. */

import { err, ok, type CoreProbe, type CoreProgram, type Result, type Script } from "@probewright/compiler";

export interface ProbeSelection {
  readonly mode: "run" | "test" | "bench";
  /** Keep probes whose name matches; probes the tool runs itself stay. */
  readonly filter: string | undefined;
  /** Keep only this probe, by its index among the script's probes. */
  readonly only: number | undefined;
}

/** Probe types without a hook in the kernel: they belong to any run. */
const own: ReadonlySet<string> = new Set(["begin", "end", "self"]);

export interface SelectionProblem {
  readonly message: string;
  /** The pattern itself cannot be read. */
  readonly isPattern: boolean;
}

/** @returns a sentence when the selection makes no sense or leaves nothing */
export function selectProbes(
  core: CoreProgram,
  script: Script,
  selection: ProbeSelection,
): Result<CoreProgram, SelectionProblem> {
  const pattern = compilePattern(selection.filter);
  if (!pattern.ok) return err({ message: pattern.error, isPattern: true });
  const wantedItem = script.items.map(({ item }) => item).filter((item) => item.kind === "probe")[
    selection.only ?? -1
  ];
  if (selection.only !== undefined && wantedItem === undefined)
    return err({ message: `there is no probe number ${selection.only.toString()}`, isPattern: false });
  const probes = core.probes.filter((probe) => {
    if (own.has(probe.probeType)) return true;
    if (!fitsMode(probe, selection.mode)) return false;
    if (wantedItem !== undefined && probe.place.item !== wantedItem) return false;
    return pattern.value === undefined || probe.targets.some(({ name }) => pattern.value?.test(name) ?? true);
  });
  if (probes.length === 0) return err({ message: "No probes to attach", isPattern: false });
  return ok({ ...core, probes });
}

function fitsMode({ probeType }: CoreProbe, mode: ProbeSelection["mode"]): boolean {
  const special = probeType === "test" || probeType === "bench";
  return mode === "run" ? !special : probeType === mode;
}

function compilePattern(text: string | undefined): Result<RegExp | undefined, string> {
  if (text === undefined) return ok(undefined);
  try {
    return ok(new RegExp(text));
  } catch (error) {
    return err(`Invalid --probe-filter regex: ${error instanceof Error ? error.message : text}`);
  }
}
