/** The manifest as text and back. A field of the manifest that is not stored does not compile. */

import { err, ok, type Result } from "../base/result.ts";
import type { Constant, CoreConfig, NamedParameter } from "../core/core.ts";
import type { ProbeTarget } from "../core/target.ts";
import {
  bigint,
  CodecError,
  flag,
  list,
  mark,
  maybe,
  nothing,
  number,
  object,
  oneOf,
  text,
  union,
  type Codec,
  type Json,
} from "./codec.ts";
import type {
  BpfAttachType,
  BpfProgramType,
  CounterSpec,
  EventAction,
  EventSite,
  GlobalSpec,
  KernelLayout,
  LossKind,
  Manifest,
  MapSpec,
  ProgramSpec,
  SourcePosition,
} from "./manifest.ts";
import { enumDefinition, stackMode, structDefinition, type } from "./type-codecs.ts";

export function encodeManifest(value: Manifest): string {
  return JSON.stringify(manifest.encode(value));
}

/** @returns what is wrong with the text when it is no manifest of this version */
export function decodeManifest(encoded: string): Result<Manifest, string> {
  try {
    // JSON.parse gives JSON; its own type says nothing.
    return ok(manifest.decode(JSON.parse(encoded) as Json));
  } catch (error) {
    if (error instanceof CodecError || error instanceof SyntaxError) return err(error.message);
    throw error;
  }
}

const position: Codec<SourcePosition> = object<SourcePosition>({
  file: text,
  startLine: number,
  startColumn: number,
  endLine: number,
  endColumn: number,
});

const period: Codec<{ readonly nanoseconds: bigint } | { readonly hertz: bigint }> = {
  encode: (value) =>
    "hertz" in value
      ? { hertz: bigint.encode(value.hertz) }
      : { nanoseconds: bigint.encode(value.nanoseconds) },
  decode: (json) => {
    const parts = object<{ readonly nanoseconds?: bigint; readonly hertz?: bigint }>({
      nanoseconds: maybe(bigint),
      hertz: maybe(bigint),
    }).decode(json);
    if (parts.hertz !== undefined) return { hertz: parts.hertz };
    if (parts.nanoseconds !== undefined) return { nanoseconds: parts.nanoseconds };
    throw new CodecError("has neither nanoseconds nor hertz");
  },
};

const named = { name: text };

const target: Codec<ProbeTarget> = union<ProbeTarget>({
  begin: object(named),
  end: object(named),
  self: object({ ...named, signal: oneOf<"SIGUSR1">({ SIGUSR1: true }) }),
  test: object({ ...named, title: text }),
  bench: object({ ...named, title: text }),
  tracepoint: object({ ...named, category: text, event: text }),
  rawtracepoint: object({ ...named, event: text, module: text }),
  kprobe: object({
    ...named,
    functions: list(text),
    module: maybe(text),
    address: maybe(bigint),
    offset: bigint,
    returns: flag,
    multi: flag,
    session: flag,
  }),
  fentry: object<Omit<Extract<ProbeTarget, { kind: "fentry" }>, "kind">>({
    ...named,
    function: text,
    module: text,
    returns: flag,
    bpfProgram: maybe(number),
  }),
  uprobe: object({
    ...named,
    path: text,
    locations: list(
      object<Extract<ProbeTarget, { kind: "uprobe" }>["locations"][number]>({
        symbol: text,
        offset: bigint,
        semaphoreOffset: maybe(bigint),
        cookie: maybe(bigint),
        arguments: maybe(list(text)),
      }),
    ),
    returns: flag,
    multi: flag,
    usdt: flag,
  }),
  iter: object({ ...named, iterator: text, pin: maybe(text) }),
  profile: object({ ...named, period, written: text }),
  interval: object({ ...named, period, written: text }),
  "perf-event": object({
    ...named,
    eventType: oneOf<"software" | "hardware">({ software: true, hardware: true }),
    config: number,
    event: text,
    samplePeriod: bigint,
  }),
  watchpoint: object({ ...named, address: bigint, length: number, mode: text }),
});

const program: Codec<ProgramSpec> = object<ProgramSpec>({
  function: text,
  section: text,
  type: oneOf<BpfProgramType>({
    raw_tracepoint: true,
    xdp: true,
    kprobe: true,
    tracepoint: true,
    perf_event: true,
    tracing: true,
  }),
  attachType: oneOf<BpfAttachType>({
    none: true,
    trace_raw_tp: true,
    trace_fentry: true,
    trace_fexit: true,
    trace_iter: true,
    kprobe_multi: true,
    kprobe_session: true,
    uprobe_multi: true,
  }),
  attachTarget: maybe(
    object<NonNullable<ProgramSpec["attachTarget"]>>({
      function: text,
      module: text,
      bpfProgram: maybe(number),
    }),
  ),
  sleepable: flag,
  probeType: text,
  targets: list(target),
  position,
});

const map: Codec<MapSpec> = object<MapSpec>({
  index: number,
  name: text,
  object: text,
  storage: oneOf<MapSpec["storage"]>({ hash: true, array: true }),
  perCpu: flag,
  key: maybe(type),
  writtenKeys: list(text),
  value: type,
  keySize: number,
  valueSize: number,
  maxEntries: number,
  presentOffset: maybe(number),
  position,
});

const formatted = object({ format: text });
const ofMap = object({ map: number });

const action: Codec<EventAction> = union<EventAction>({
  printf: formatted,
  errorf: formatted,
  warnf: formatted,
  cat: formatted,
  system: formatted,
  "print-value": nothing,
  "print-map": object({ map: number, top: number, divisor: number }),
  "clear-map": ofMap,
  "zero-map": ofMap,
  time: formatted,
  join: object({ separator: text }),
  exit: nothing,
  "runtime-error": object({ error: text }),
  "helper-error": object({ helper: text, map: maybe(number), onlyVerbose: flag }),
  "skb-output": object({ file: text, offset: number }),
});

const site: Codec<EventSite> = object<EventSite>({
  index: number,
  position,
  expandedFrom: list(position),
  action,
  fields: list(object({ type, offset: number })),
  size: number,
});

const counters: Codec<CounterSpec> = object<CounterSpec>({
  object: text,
  count: number,
  sites: list(
    object<CounterSpec["sites"][number]>({
      kind: oneOf<LossKind>({
        event: true,
        "map-update": true,
        "string-truncated": true,
        "stack-failed": true,
        "stack-cut": true,
        "scratch-exhausted": true,
        "probe-read-failed": true,
      }),
      position,
      name: text,
    }),
  ),
});

const global: Codec<GlobalSpec> = object<GlobalSpec>({
  object: text,
  offset: number,
  size: number,
  value: union<GlobalSpec["value"]>({
    "cpu-count": nothing,
    "max-cpu-id": nothing,
    "tool-pid": nothing,
    "child-pid": nothing,
    "target-pid": nothing,
    "pid-namespace-device": nothing,
    "pid-namespace-inode": nothing,
    "start-time": nothing,
    "wall-offset": nothing,
    "tai-offset": nothing,
    "named-parameter": object({ name: text }),
  }),
});

const config: Codec<CoreConfig> = object<CoreConfig>({
  maxStringLength: number,
  maxMapKeys: number,
  maxCatBytes: number,
  maxProbes: number,
  maxPrograms: number,
  stackMode,
  onStackLimit: maybe(number),
  ringBufferPages: number,
  printMapsOnExit: flag,
  stringTruncationTrailer: text,
  missingProbes: oneOf<CoreConfig["missingProbes"]>({ error: true, warn: true, ignore: true }),
  license: text,
  cppDemangle: flag,
  lazySymbolication: flag,
  showDebugInfo: flag,
  cacheUserSymbols: maybe(
    oneOf<NonNullable<CoreConfig["cacheUserSymbols"]>>({ "per-pid": true, "per-program": true, none: true }),
  ),
  logSize: number,
});

const constant: Codec<Constant> = union<Constant>({
  integer: object({ value: bigint }),
  boolean: object({ value: flag }),
  string: object({ value: text }),
});

const parameter: Codec<NamedParameter> = object<NamedParameter>({
  name: text,
  type,
  default: constant,
  description: maybe(text),
});

const layout: Codec<KernelLayout> = union<KernelLayout>({
  type: object({ struct: text, field: text, offset: number, size: number }),
  tracepoint: object({ category: text, event: text, field: text, offset: number, size: number }),
});

const manifest: Codec<Manifest> = object<Manifest>({
  version: oneOf<1>({ 1: true }),
  programs: list(program),
  maps: list(map),
  sites: list(site),
  counters,
  ringBuffer: text,
  packets: maybe(text),
  unwinds: maybe(mark),
  globals: list(global),
  perCpuData: list(object({ object: text, bytesPerCpu: number })),
  config,
  namedParameters: list(parameter),
  timeFormats: list(text),
  cgroupFilters: list(text),
  structs: list(structDefinition),
  enums: list(enumDefinition),
  exitWord: maybe(text),
  architecture: oneOf<Manifest["architecture"]>({ x86_64: true, arm64: true }),
  layouts: list(layout),
  requiredFeatures: list(text),
});
