/** The test objects, and sessions that have them loaded. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { compileIr } from "@probewright/llvm-bindings";

import { unmet } from "@probewright/tests/harness/needs";
import { isSanitized, startLoader, type StartOptions, type TestHost } from "./client.ts";
import { bytes, numberOf, text, u32, type Field, type Payload } from "./frames.ts";

const buildScript = new URL("../build.sh", import.meta.url).pathname;

/** Builds the loader when it is not up to date. @throws with the script's own line when it cannot be built */
export function buildLoader(): void {
  if (isSanitized) return;
  execFileSync(buildScript, { stdio: ["ignore", "inherit", "inherit"] });
}

/** Why tests that load programs cannot run here; `false` when they can: node:test's `skip`. */
export function cannotLoad(): string | false {
  return unmet("linux", "root", "bpf", "llvm-bindings", "gcc");
}

/** Numbers of the kernel's enum bpf_prog_type and enum bpf_attach_type. */
export const programType = {
  kprobe: 2,
  tracepoint: 5,
  xdp: 6,
  perfEvent: 7,
  rawTracepoint: 17,
  tracing: 26,
} as const;
export const attachType = { none: 0, rawTracepoint: 23, iterator: 28, uprobeMulti: 48 } as const;

export interface TestProgram {
  readonly name: string;
  readonly type: number;
  readonly attachType?: number;
  readonly target?: string;
  readonly module?: string;
  /** The target is a function of this BPF program. */
  readonly programId?: number;
}

export function objectOf(name: string): Uint8Array {
  const ir = readFileSync(new URL(`objects/${name}.ll`, import.meta.url));
  const result = compileIr(ir);
  if (result.kind === "error") throw new Error(result.message);
  return result.object;
}

/** The fields of PROGRAM after the request id. */
export function programFields(program: TestProgram): readonly Field[] {
  return [
    text(program.name),
    u32(program.type),
    u32(program.attachType ?? attachType.none),
    text(program.target ?? ""),
    text(program.module ?? ""),
    u32(program.programId ?? 0),
    u32(0),
    u32(numberOf("PROGRAM_AUTOLOAD")),
  ];
}

/** Sets little-endian bytes of a section map. */
export function globalFields(map: string, offset: number, value: Uint8Array): readonly Field[] {
  return [text(map), u32(offset), bytes(value)];
}

/** What .rodata of probes.bpf.c is set to. */
export interface Globals {
  readonly wantedProcess?: number;
  readonly burstLength?: bigint;
}

/** A session with the named programs of probes.bpf.c loaded and its ring pumped as ring 1. */
export async function startProbes(
  programs: readonly TestProgram[],
  globals: Globals = {},
  options: StartOptions = {},
): Promise<TestHost> {
  const host = await startLoader(options);
  await host.request("OBJECT", bytes(objectOf("probes")));
  for (const program of programs) await host.request("PROGRAM", ...programFields(program));
  const burst = Buffer.alloc(8);
  burst.writeBigUInt64LE(globals.burstLength ?? 3n);
  await host.request("GLOBAL_DATA", ...globalFields(".rodata", rodataAt.burstLength, burst));
  await host.request(
    "GLOBAL_DATA",
    ...globalFields(".rodata", rodataAt.wantedProcess, u32(globals.wantedProcess ?? 0)),
  );
  await load(host);
  await host.request("START_EVENTS", u32(1), text("ring"), u32(1000));
  return host;
}

/** LOAD that must succeed. @throws with the verifier's words */
export async function load(host: TestHost): Promise<void> {
  const parts = await host.request("LOAD", u32(0), u32(0));
  if (parts.at(-1)?.name !== "LOADED")
    throw new Error(parts.map(({ payload }) => payload.buffer.toString()).join(""));
}

/** Offsets in .rodata, as clang lays the object out; the first test checks them by their effect. */
const rodataAt = { burstLength: 0, wantedProcess: 16 } as const;

export interface MapEntry {
  readonly key: Buffer;
  /** One for each cpu of a per-CPU map. */
  readonly values: readonly Buffer[];
}

/** Reads the frames of a MAP_DATA reply. */
export function mapEntries(parts: readonly { readonly payload: Payload }[]): readonly MapEntry[] {
  return parts.flatMap(({ payload }) => {
    payload.u32();
    const keyBytes = payload.u32();
    const valueBytes = payload.u32();
    const cpus = payload.u32();
    return Array.from({ length: payload.u32() }, () => {
      const key = payload.raw(keyBytes);
      const values = Array.from({ length: cpus }, () => payload.raw(valueBytes / cpus));
      return { key, values };
    });
  });
}

export async function readMap(host: TestHost, map: string): Promise<readonly MapEntry[]> {
  return mapEntries(await host.request("MAP_READ", text(map)));
}

/** The u64 → u64 map `counts` as numbers. */
export async function readCounts(host: TestHost): Promise<ReadonlyMap<bigint, bigint>> {
  const entries = await readMap(host, "counts");
  return new Map(
    entries.map(({ key, values }) => [key.readBigUInt64LE(), values[0]?.readBigUInt64LE() ?? 0n]),
  );
}

/** Lines of `probewright-loader --list` about programs of these names. The kernel keeps 15 characters. */
export function listedPrograms(loader: string, names: readonly string[]): readonly string[] {
  const wanted = new Set(names.map((name) => name.slice(0, 15)));
  const lines = execFileSync(loader, ["--list"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.startsWith("program ") && wanted.has(line.split(" ")[3] ?? ""));
}
