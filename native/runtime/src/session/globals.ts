/** Initial values of the globals that only the running machine knows. */

import { statSync } from "node:fs";

import {
  sizeOf,
  type Constant,
  type GlobalSpec,
  type Manifest,
  type StructTable,
} from "@probewright/compiler";

export interface GlobalFacts {
  readonly possibleCpus: number;
  /** Nanoseconds by which the wall clock and the TAI clock are ahead of the boot clock. */
  readonly wallAhead: bigint;
  readonly taiAhead: bigint;
  readonly childPid: number | undefined;
  readonly targetPid: number | undefined;
  /** Values of named parameters given on the command line; others keep their default. */
  readonly namedParameters: ReadonlyMap<string, Constant>;
  readonly manifest: Manifest;
  readonly structs: StructTable;
}

/** Little-endian bytes of one global. */
export function globalBytes(spec: GlobalSpec, facts: GlobalFacts): Buffer {
  if (spec.value.kind === "named-parameter") return parameterBytes(spec.value.name, spec.size, facts);
  const value = integerOf(spec.value.kind, facts);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes.subarray(0, spec.size);
}

function integerOf(
  kind: Exclude<GlobalSpec["value"]["kind"], "named-parameter">,
  facts: GlobalFacts,
): bigint {
  switch (kind) {
    case "cpu-count":
      return BigInt(facts.possibleCpus);
    case "max-cpu-id":
      return BigInt(maxCpuId(facts.possibleCpus));
    case "tool-pid":
      return BigInt(process.pid);
    case "child-pid":
      return BigInt(facts.childPid ?? 0);
    case "target-pid":
      return BigInt(facts.targetPid ?? 0);
    case "pid-namespace-device":
      return statSync("/proc/self/ns/pid", { bigint: true }).dev;
    case "pid-namespace-inode":
      return statSync("/proc/self/ns/pid", { bigint: true }).ino;
    case "start-time":
      return wallNanoseconds() - facts.wallAhead;
    case "wall-offset":
      return facts.wallAhead;
    case "tai-offset":
      return facts.taiAhead;
  }
}

/** The smallest mask that covers every CPU number: one less than a power of two. */
export function maxCpuId(possibleCpus: number): number {
  let power = 1;
  while (power < possibleCpus) power *= 2;
  return power - 1;
}

function wallNanoseconds(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e3)) * 1000n;
}

function parameterBytes(name: string, size: number, facts: GlobalFacts): Buffer {
  const bytes = Buffer.alloc(size);
  const parameter = facts.manifest.namedParameters.find((each) => each.name === name);
  if (parameter === undefined) return bytes;
  const value = facts.namedParameters.get(name) ?? parameter.default;
  switch (value.kind) {
    case "string":
      Buffer.from(value.value, "utf8").copy(bytes, 0, 0, Math.max(0, size - 1));
      break;
    case "boolean":
      bytes[0] = Number(value.value);
      break;
    case "integer": {
      const wide = Buffer.alloc(8);
      wide.writeBigUInt64LE(BigInt.asUintN(64, value.value));
      wide.copy(bytes, 0, 0, Math.min(size, sizeOf(parameter.type, facts.structs)));
      break;
    }
  }
  return bytes;
}
