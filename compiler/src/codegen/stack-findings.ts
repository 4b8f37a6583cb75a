/** What is to be said about the stack before anything is loaded: what cannot fit, what would not elsewhere, what is close. */

import type { CoreProgram } from "../core/core.ts";
import { stackNearlyFull, stackOverflowElsewhere } from "../diagnostics/catalog/stack.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import { mayExceed } from "../plan/most-stack.ts";
import { planStack } from "../plan/plan.ts";
import { MAX_BPF_STACK } from "../plan/stack-report.ts";
import { generate, overflowDiagnostics, scratchHooks } from "./compile-core.ts";
import type { CodegenEnvironment } from "./program/environment.ts";
import { REPORT_BYTES, stockOverflows } from "./stock-stack.ts";

export interface StackLimits {
  /** Of the 512 bytes, in percent: a probe that takes more is pointed out. */
  readonly share: number;
}

/** At most one finding a probe: the gravest. */
export function stackFindings(
  core: CoreProgram,
  environment: CodegenEnvironment,
  { share }: StackLimits,
): readonly Diagnostic[] {
  const { module: whole, program: emitted } = generate(core, environment);
  const most = Math.floor((MAX_BPF_STACK * share) / 100);
  // With a limit of the script's own, objects go to scratch memory however much room there is.
  const module =
    core.config.onStackLimit === undefined
      ? mayExceed(whole, Math.min(most, MAX_BPF_STACK), REPORT_BYTES)
      : whole;
  const own = planStack(module, { onStackLimit: core.config.onStackLimit, ...scratchHooks(emitted) });
  if (own.overflows.length > 0) return overflowDiagnostics(own.overflows);
  const stock = stockOverflows(core, module);
  const elsewhere = stock.map(({ program, bytes }) =>
    stackOverflowElsewhere(headOf(program.place), { probe: program.title, bytes, most: MAX_BPF_STACK }),
  );
  const told = new Set(stock.map(({ program }) => program.name));
  const programs = new Set(
    own.module.functions.filter(({ section }) => section !== undefined).map(({ name }) => name),
  );
  const full = own.report.functions.filter(
    (each) => programs.has(each.function) && !told.has(each.function) && each.chainBytes > most,
  );
  const nearlyFull = full.map(({ name, place, chainBytes }) =>
    stackNearlyFull(headOf(place), { probe: name, bytes: chainBytes, most: MAX_BPF_STACK, share }),
  );
  return [...elsewhere, ...nearlyFull];
}

/** A probe is named by its first attach point; the whole of it is too much to underline. */
function headOf(place: Place): Place {
  const { item } = place;
  const span = item.kind === "probe" ? item.attachPoints[0]?.span : undefined;
  return span === undefined ? place : { ...place, span };
}
