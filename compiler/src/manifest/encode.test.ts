/** The manifest's encoding: what is written is what is read. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { ProbeTarget } from "../core/target.ts";
import type { Type } from "../types/type.ts";
import { decodeManifest, encodeManifest } from "./encode.ts";
import type {
  EventAction,
  GlobalSpec,
  KernelLayout,
  Manifest,
  MapSpec,
  ProgramSpec,
  SourcePosition,
} from "./manifest.ts";

const word = fc.string({ unit: "grapheme", maxLength: 12 });
const size = fc.nat(5000);
const integer = fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n });

const { type } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Type>({ kind: "boolean" }, { kind: "none" }, { kind: "inet" }, { kind: "user-symbol" }),
    fc.record({
      kind: fc.constant("integer" as const),
      size: fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const),
      signed: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("integer" as const),
      size: fc.constant(4 as const),
      signed: fc.boolean(),
      enumName: word,
    }),
    fc.record({ kind: fc.constant("string" as const), size }),
    fc.record({ kind: fc.constant("struct" as const), name: word }),
    fc.record({
      kind: fc.constant("pointer" as const),
      to: tie("type"),
      space: fc.constantFrom("none" as const, "user" as const),
    }),
    fc.record({ kind: fc.constant("array" as const), element: tie("type"), count: size }),
    fc.record({ kind: fc.constant("tuple" as const), elements: fc.array(tie("type"), { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant("record" as const),
      fields: fc.array(fc.record({ name: word, type: tie("type") }), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("aggregation" as const),
      function: fc.constantFrom("hist" as const, "tseries" as const),
      signed: fc.boolean(),
      parameters: fc.array(integer, { maxLength: 3 }),
      reduce: fc.constantFrom("last" as const, "avg" as const),
    }),
  ),
}));

const position: fc.Arbitrary<SourcePosition> = fc.record({
  file: word,
  startLine: size,
  startColumn: size,
  endLine: size,
  endColumn: size,
});

const target: fc.Arbitrary<ProbeTarget> = fc.oneof(
  fc.record({ kind: fc.constantFrom("begin" as const, "end" as const), name: word }),
  fc.record({ kind: fc.constant("tracepoint" as const), name: word, category: word, event: word }),
  fc.record({
    kind: fc.constant("interval" as const),
    name: word,
    written: word,
    period: fc.oneof(fc.record({ hertz: integer }), fc.record({ nanoseconds: integer })),
  }),
  fc.record({
    kind: fc.constant("kprobe" as const),
    name: word,
    functions: fc.array(word, { maxLength: 3 }),
    module: fc.constant(undefined),
    address: fc.option(integer, { nil: undefined }),
    offset: integer,
    returns: fc.boolean(),
    multi: fc.boolean(),
    session: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("uprobe" as const),
    name: word,
    path: word,
    locations: fc.array(fc.record({ symbol: word, offset: integer, cookie: integer }), { maxLength: 2 }),
    returns: fc.boolean(),
    multi: fc.boolean(),
    usdt: fc.boolean(),
  }),
);

const program: fc.Arbitrary<ProgramSpec> = fc.record({
  function: word,
  section: word,
  type: fc.constantFrom("kprobe" as const, "tracing" as const),
  attachType: fc.constantFrom("none" as const, "trace_iter" as const),
  attachTarget: fc.option(fc.record({ function: word, module: word }), { nil: undefined }),
  sleepable: fc.boolean(),
  probeType: word,
  targets: fc.array(target, { maxLength: 3 }),
  position,
});

const map: fc.Arbitrary<MapSpec> = fc.record({
  index: size,
  name: word,
  object: word,
  storage: fc.constantFrom("hash" as const, "array" as const),
  perCpu: fc.boolean(),
  key: fc.option(type, { nil: undefined }),
  writtenKeys: fc.array(word, { maxLength: 3 }),
  value: type,
  keySize: size,
  valueSize: size,
  maxEntries: size,
  presentOffset: fc.option(size, { nil: undefined }),
  position,
});

const layout: fc.Arbitrary<KernelLayout> = fc.oneof(
  fc.record({ kind: fc.constant("type" as const), struct: word, field: word, offset: size, size }),
  fc.record({
    kind: fc.constant("tracepoint" as const),
    category: word,
    event: word,
    field: word,
    offset: size,
    size,
  }),
);

const action: fc.Arbitrary<EventAction> = fc.oneof(
  fc.record({ kind: fc.constantFrom("printf" as const, "cat" as const), format: word }),
  fc.constantFrom<EventAction>({ kind: "exit" }, { kind: "print-value" }),
  fc.record({ kind: fc.constant("print-map" as const), map: size, top: size, divisor: size }),
  fc.record({
    kind: fc.constant("helper-error" as const),
    helper: word,
    map: fc.option(size, { nil: undefined }),
    onlyVerbose: fc.boolean(),
  }),
);

const global: fc.Arbitrary<GlobalSpec> = fc.record({
  object: word,
  offset: size,
  size,
  value: fc.oneof(
    fc.constantFrom<GlobalSpec["value"]>({ kind: "cpu-count" }, { kind: "tai-offset" }),
    fc.record({ kind: fc.constant("named-parameter" as const), name: word }),
  ),
});

const manifest: fc.Arbitrary<Manifest> = fc.record({
  version: fc.constant(1 as const),
  programs: fc.array(program, { maxLength: 2 }),
  maps: fc.array(map, { maxLength: 3 }),
  sites: fc.array(
    fc.record({
      index: size,
      position,
      expandedFrom: fc.array(position, { maxLength: 2 }),
      action,
      fields: fc.array(fc.record({ type, offset: size }), { maxLength: 3 }),
      size,
    }),
    { maxLength: 3 },
  ),
  counters: fc.record({
    object: word,
    count: size,
    sites: fc.array(
      fc.record({ kind: fc.constantFrom("event" as const, "stack-failed" as const), position, name: word }),
      {
        maxLength: 3,
      },
    ),
  }),
  ringBuffer: word,
  unwinds: fc.constantFrom(true as const, undefined),
  packets: fc.option(word, { nil: undefined }),
  globals: fc.array(global, { maxLength: 3 }),
  perCpuData: fc.array(fc.record({ object: word, bytesPerCpu: size }), { maxLength: 1 }),
  config: fc.record({
    maxStringLength: size,
    maxMapKeys: size,
    maxCatBytes: size,
    maxProbes: size,
    maxPrograms: size,
    stackMode: fc.constantFrom("perf" as const, "build_id" as const),
    onStackLimit: fc.option(size, { nil: undefined }),
    ringBufferPages: size,
    printMapsOnExit: fc.boolean(),
    stringTruncationTrailer: word,
    missingProbes: fc.constantFrom("warn" as const, "error" as const),
    license: word,
    cppDemangle: fc.boolean(),
    lazySymbolication: fc.boolean(),
    showDebugInfo: fc.boolean(),
    cacheUserSymbols: fc.constantFrom(undefined, "none" as const),
    logSize: size,
  }),
  namedParameters: fc.array(
    fc.record({
      name: word,
      type,
      default: fc.oneof(
        fc.record({ kind: fc.constant("integer" as const), value: integer }),
        fc.record({ kind: fc.constant("string" as const), value: word }),
      ),
      description: fc.option(word, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
  timeFormats: fc.array(word, { maxLength: 2 }),
  cgroupFilters: fc.array(word, { maxLength: 2 }),
  structs: fc.array(
    fc.record({
      name: word,
      size,
      align: size,
      fields: fc.array(
        fc.record({ name: word, type, offset: size, bitfield: fc.record({ shift: size, width: size }) }),
        {
          maxLength: 2,
        },
      ),
      origin: fc.constantFrom("script" as const, "kernel" as const),
    }),
    { maxLength: 2 },
  ),
  enums: fc.array(
    fc.record({
      name: word,
      size: fc.constant(4 as const),
      members: fc.array(fc.record({ name: word, value: integer }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  architecture: fc.constantFrom("x86_64" as const, "arm64" as const),
  layouts: fc.array(layout, { maxLength: 2 }),
  exitWord: fc.option(word, { nil: undefined }),
  requiredFeatures: fc.array(word, { maxLength: 2 }),
});

/** Fields that are undefined need not be written. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part)),
  );
}

test("every manifest is read back as it was written", () => {
  fc.assert(
    fc.property(manifest, (original) => {
      const read = decodeManifest(encodeManifest(original));
      assert.ok(read.ok, read.ok ? "" : read.error);
      assert.deepEqual(withoutUndefined(read.value), withoutUndefined(original));
    }),
    { numRuns: 200 },
  );
});

test("64-bit numbers stay exact", () => {
  fc.assert(
    fc.property(manifest, integer, (original, value) => {
      const parameter = {
        name: "n",
        type: { kind: "boolean" as const },
        default: { kind: "integer" as const, value },
        description: undefined,
      };
      const read = decodeManifest(encodeManifest({ ...original, namedParameters: [parameter] }));
      assert.ok(read.ok);
      assert.deepEqual(read.value.namedParameters[0]?.default, { kind: "integer", value });
    }),
    { numRuns: 20 },
  );
});

test("what is wrong is told with its place", () => {
  const read = decodeManifest('{"version": 1, "programs": [{"function": 3}]}');
  assert.deepEqual(read, { ok: false, error: "programs.0.function: is no text" });
  const noJson = decodeManifest("{");
  assert.equal(noJson.ok, false);
});
