/** The last passes: core tree → IR → stack plan → LLVM IR text and manifest. */

import { once } from "../base/once.ts";
import type { CoreMap, CoreProgram } from "../core/core.ts";
import { callsTooDeep, stackOverflow } from "../diagnostics/catalog/stack.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { IrMap, IrModule } from "../ir/ir.ts";
import { printModule } from "../ir/print.ts";
import { verifyModule } from "../ir/verify.ts";
import type { Manifest, ProgramSpec } from "../manifest/manifest.ts";
import {
  UNWIND_CHUNK_BYTES,
  UNWIND_PROCESS_BYTES,
  unwindFile,
  unwindMaps,
  unwindRule,
} from "../manifest/unwind-tables.ts";
import { MAX_CALL_FRAMES } from "../plan/call-graph.ts";
import { planStack, type Overflow } from "../plan/plan.ts";
import type { ScratchHooks } from "../plan/scratch-level.ts";
import { scratchGlobal } from "../plan/scratch.ts";
import { MAX_BPF_STACK, type StackReport } from "../plan/stack-report.ts";
import { buildManifest } from "./build-manifest.ts";
import { countLost } from "./maps/counting.ts";
import type { CodegenEnvironment } from "./program/environment.ts";
import { mapTypes } from "./program/map-storage.ts";
import { contextUsers, emitProbe, emitSubprogram } from "./probe.ts";
import { COUNTERS, PACKETS, Program, RING_BUFFER } from "./program/program.ts";
import { mergeSessions } from "./program/sessions.ts";
import { signatureOf } from "./program/signature.ts";
import { hasSitesBefore, isKnown, noteSites, probesBefore } from "./program/sites-before.ts";

export interface CompiledCore {
  /** LLVM IR text. */
  readonly ir: string;
  /** IR texts and objects of C files that it calls functions of, as modules have them. */
  readonly linked: readonly string[];
  readonly manifest: Manifest;
  /** What is attached. */
  readonly programs: readonly ProgramSpec[];
  /** Maps that the code uses. */
  readonly maps: readonly CoreMap[];
  readonly stack: StackReport;
  readonly diagnostics: readonly Diagnostic[];
}

/** The runtime sets the real size before loading. */
const DEFAULT_RING_BYTES = 1 << 20;
const COUNTER_BYTES = 16;
/** How many of the largest objects an overflow names. */
const MOST_NAMED = 8;
const MOST_IN_MESSAGE = 3;

/**
 * Text and manifest are made when they are first asked for: whoever is after the stack alone does without.
 * @param probes those that code is made of; it is the code that they have in the whole program
 */
export function compileCore(
  core: CoreProgram,
  environment: CodegenEnvironment,
  probes?: CoreProgram["probes"],
): CompiledCore {
  const { module, program, specs } = generate(core, environment, probes);
  const planned = planStack(module, { onStackLimit: core.config.onStackLimit, ...scratchHooks(program) });
  // The plan may have added settings and counters of its own.
  const scratch = planned.scratch.bytesPerCpu === 0 ? [] : [scratchGlobal(planned.scratch)];
  const complete: IrModule = {
    ...planned.module,
    globals: [...program.globals(), ...scratch],
    maps: kernelMaps(program),
  };
  verifyModule(complete);
  const ir = once(() => printModule(complete, { ...environment, frameOf: planned.frameOf }));
  const manifest = once(() => buildManifest(program, specs, planned.scratch));
  return {
    get ir() {
      return ir();
    },
    get manifest() {
      return manifest();
    },
    linked: program.externals.size === 0 ? [] : core.modules.map((each) => each.code),
    programs: specs,
    maps: [...program.usedMaps].map(({ map }) => map),
    stack: planned.report,
    diagnostics: overflowDiagnostics(planned.overflows),
  };
}

/** How scratch memory is reached, and what is counted when it is used up. */
export function scratchHooks(program: Program): ScratchHooks {
  return {
    cpuMask: (build) => {
      const { base, offset } = program.patched({ kind: "max-cpu-id" }, 8);
      return build.load("i64", build.offset(base, offset), 8);
    },
    exhausted: (build, fn) => {
      countLost(build, program.lossCounterKey(fn.place, "scratch-exhausted", fn.title));
    },
  };
}

/** Each program that does not fit, with its largest objects. */
export function overflowDiagnostics(overflows: readonly Overflow[]): readonly Diagnostic[] {
  return overflows.map(({ program, bytes, frames, objects }) => {
    const facts = { probe: program.title };
    if (frames > MAX_CALL_FRAMES)
      return callsTooDeep(headOf(program.place), { ...facts, frames, most: MAX_CALL_FRAMES });
    const related = objects.slice(0, MOST_NAMED).map(({ place, label, size }) => ({
      place,
      message: `${label}: ${size} ${size === 1 ? "byte" : "bytes"}`,
    }));
    const largest = objects.slice(0, MOST_IN_MESSAGE).map(({ label, size }) => `${label} (${size} bytes)`);
    return stackOverflow(
      headOf(program.place),
      { ...facts, bytes, most: MAX_BPF_STACK, largest },
      { related },
    );
  });
}

/** The attach points of a probe: its body is no place to underline. */
function headOf({ item, span }: Place): Place {
  const [head] = item.kind === "probe" ? item.attachPoints : [];
  return { item, span: head?.span ?? span };
}

/** The IR before the stack plan, and what its functions learnt together. */
export function generate(
  written: CoreProgram,
  environment: CodegenEnvironment,
  part?: CoreProgram["probes"],
): { readonly module: IrModule; readonly program: Program; readonly specs: readonly ProgramSpec[] } {
  const core = mergeSessions(written, environment.session);
  const program = new Program(core, environment, part !== undefined);
  if (core !== written) program.requiredFeatures.add("kprobe_session");
  const users = contextUsers(core);
  for (const subprogram of core.subprograms) {
    program.signatures.set(subprogram.name, signatureOf(subprogram, users.has(subprogram.name)));
  }
  for (const subprogram of core.subprograms) emitSubprogram(program, subprogram, users);
  if (part !== undefined && program.sites.length === 0) {
    for (const probe of probesBefore(core, part)) if (!isKnown(probe)) generate(core, environment, [probe]);
    if (hasSitesBefore(core, part)) program.skipFirstSite();
  }
  const specs = (part ?? core.probes).map((probe, index) => {
    const known = program.sites.length;
    const spec = emitProbe(program, probe, index, users);
    noteSites(probe, program.sites.length > known);
    return spec;
  });
  const module: IrModule = {
    functions: program.functions,
    globals: program.globals(),
    maps: kernelMaps(program),
    externals: [...program.externals.values()],
    license: core.config.license,
  };
  return { module, program, specs };
}

/** The loader puts a buffer of each CPU in: the kernel has as many entries as CPUs when none are asked for. */
const packetMap: IrMap = {
  name: PACKETS,
  type: mapTypes.perfEventArray,
  keySize: 4,
  valueSize: 4,
  maxEntries: 0,
  flags: 0,
};

/** The runtime says how many elements they have. */
const tablesOfUnwinding: readonly IrMap[] = [
  {
    name: unwindMaps.processes,
    type: mapTypes.hash,
    keySize: 4,
    valueSize: UNWIND_PROCESS_BYTES,
    maxEntries: 1,
    flags: 0,
  },
  {
    name: unwindMaps.files,
    type: mapTypes.hash,
    keySize: unwindFile.keyBytes,
    valueSize: unwindFile.bytes,
    maxEntries: 1,
    flags: 0,
  },
  {
    name: unwindMaps.rows,
    type: mapTypes.array,
    keySize: 4,
    valueSize: UNWIND_CHUNK_BYTES,
    maxEntries: 1,
    flags: 0,
  },
  {
    name: unwindMaps.rules,
    type: mapTypes.array,
    keySize: 4,
    valueSize: unwindRule.bytes,
    maxEntries: 1,
    flags: 0,
  },
];

function kernelMaps(program: Program): readonly IrMap[] {
  const own = program.storedMaps().flatMap(({ kernelMap }) => (kernelMap === undefined ? [] : [kernelMap]));
  const ring: IrMap = {
    name: RING_BUFFER,
    type: mapTypes.ringBuffer,
    keySize: 0,
    valueSize: 0,
    maxEntries: DEFAULT_RING_BYTES,
    flags: 0,
  };
  const counters: IrMap = {
    name: COUNTERS,
    type: mapTypes.percpuArray,
    keySize: 4,
    valueSize: COUNTER_BYTES,
    maxEntries: Math.max(1, program.counters().length),
    flags: 0,
  };
  const packets = program.sendsPackets ? [packetMap] : [];
  return [...own, ring, counters, ...packets, ...(program.unwinds ? tablesOfUnwinding : [])];
}
