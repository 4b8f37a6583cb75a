/** Programs of the test object, and how tests ask for their attachment. */

import assert from "node:assert/strict";

import { RequestError, type TestHost } from "./client.ts";
import { numberOf, text, u16, u32, u64, type Field } from "./frames.ts";
import { attachType, programType, readCounts } from "./probes.ts";

/** PERF_CPU_FIRST_ONLINE and PERF_CPU_ALL_ONLINE. */
export const FIRST_ONLINE = -2;
export const ALL_ONLINE = -1;

/** enum perf_type_id, enum perf_sw_ids and the types of breakpoints. */
export const PERF_TYPE_SOFTWARE = 1;
export const CPU_CLOCK = 0n;
export const HW_BREAKPOINT_W = 2;

export const ENOENT = 2;
export const ESRCH = 3;
export const EINVAL = 22;

export const begin = { name: "begin", type: programType.rawTracepoint };
export const burst = { name: "burst", type: programType.rawTracepoint };
export const onTracepoint = { name: "on_tracepoint", type: programType.tracepoint };
export const onClock = { name: "on_clock", type: programType.perfEvent };
export const onFunction = { name: "on_function", type: programType.kprobe };
export const onFunctionMulti = {
  name: "on_function_multi",
  type: programType.kprobe,
  attachType: attachType.uprobeMulti,
};
export const onRaw = { name: "on_raw", type: programType.rawTracepoint };
export const onSwitch = {
  name: "on_switch",
  type: programType.tracing,
  attachType: attachType.rawTracepoint,
  target: "sched_switch",
};
export const dumpTasks = {
  name: "dump_tasks",
  type: programType.tracing,
  attachType: attachType.iterator,
  target: "task",
};

export function attachFields(
  link: number,
  program: string,
  cookie: bigint,
  kind: string,
  ...rest: readonly Field[]
): readonly Field[] {
  return [u32(link), text(program), u64(cookie), u16(numberOf(`ATTACH_${kind}`)), ...rest];
}

export async function attach(host: TestHost, ...fields: Parameters<typeof attachFields>): Promise<number> {
  const [part] = await host.request("ATTACH", ...attachFields(...fields));
  part?.payload.u32();
  return part?.payload.u32() ?? 0;
}

export async function refusal(promise: Promise<unknown>): Promise<RequestError> {
  const error: unknown = await promise.then(
    () => new Error("was accepted"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RequestError, String(error));
  return error;
}

/** Makes this process call getppid. */
export function callGetppid(times: number): void {
  for (let i = 0; i < times; i += 1) assert.ok(process.ppid > 0);
}

export async function sumAll(host: TestHost, key: bigint): Promise<bigint> {
  return (await readCounts(host)).get(key) ?? 0n;
}
