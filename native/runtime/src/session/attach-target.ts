/** From a target of the manifest to the attach requests that reach it. */

import type { ProbeTarget, ProgramSpec } from "@probewright/compiler";
import {
  attachKind,
  CPU_ALL_ONLINE,
  CPU_FIRST_ONLINE,
  iteratorTarget,
  perfFlag,
  PID_ANY,
  probeFlag,
} from "../loader/frames.ts";
import type { LoaderError } from "../loader/channel.ts";
import type { FrameWriter } from "../loader/wire.ts";
import type { AttachRequest, Places, Refusal } from "./attach-request.ts";
import { wrongPlaces } from "./wrong-places.ts";

/** `perf_event_attr.type`. Source: include/uapi/linux/perf_event.h. */
const PERF_TYPE_HARDWARE = 0;
const PERF_TYPE_SOFTWARE = 1;
const PERF_COUNT_SW_CPU_CLOCK = 0n;

/** Source: include/uapi/linux/hw_breakpoint.h. */
const breakpointTypes: Readonly<Record<string, number>> = { r: 1, w: 2, x: 4 };

export interface Attachment {
  /** Restricts targets whose kernel side can filter by process; undefined for all. */
  readonly pid: number | undefined;
  /** User probes also where nothing tells that an instruction starts. */
  readonly unsafe: boolean;
}

export function attachRequests(program: ProgramSpec, how: Attachment): readonly AttachRequest[] {
  return program.targets.flatMap((target) => requestsFor(program.function, target, how));
}

function requestsFor(program: string, target: ProbeTarget, how: Attachment): readonly AttachRequest[] {
  const { pid } = how;
  const one = (fields: (writer: FrameWriter) => void, probes = 1, cookie = 0n): readonly AttachRequest[] => [
    { program, cookie, fields, target, probes },
  ];
  switch (target.kind) {
    case "begin":
    case "end":
    case "self":
    case "test":
    case "bench":
      return [];
    case "tracepoint":
      return one((writer) => writer.u16(attachKind.TRACEPOINT).string(target.category).string(target.event));
    case "rawtracepoint":
    case "fentry":
      return one((writer) => writer.u16(attachKind.TRACING));
    case "kprobe":
      return kprobeRequests(program, target);
    case "uprobe":
      return uprobeRequests(program, target, how);
    case "iter":
      return one((writer) =>
        writer
          .u16(attachKind.ITERATOR)
          .u32(pid === undefined ? iteratorTarget.ALL : iteratorTarget.PROCESS)
          .u32(pid ?? 0)
          .string(target.pin === undefined ? "" : pinPath(target.pin)),
      );
    case "profile":
    case "interval":
    case "perf-event":
      return one((writer) => {
        perfFields(writer, target, pid);
      });
    case "watchpoint":
      return one((writer) => {
        breakpointFields(writer, target, pid);
      });
  }
}

function pinPath(pin: string): string {
  return pin.startsWith("/") ? pin : `/sys/fs/bpf/${pin}`;
}

function kprobeRequests(
  program: string,
  target: Extract<ProbeTarget, { kind: "kprobe" }>,
): readonly AttachRequest[] {
  const flags = (target.returns ? probeFlag.RETURN : 0) | (target.session ? probeFlag.SESSION : 0);
  const qualified = (name: string): string =>
    target.module === undefined || target.module === "vmlinux" ? name : `${target.module}:${name}`;
  if (target.multi) {
    const names = target.functions;
    const fields =
      (start: number, end: number) =>
      (writer: FrameWriter): void => {
        writer
          .u16(attachKind.KPROBE_MULTI)
          .u32(flags)
          .u32(end - start);
        for (const name of names.slice(start, end)) writer.string(qualified(name));
        writer.u32(0);
      };
    return [multiRequest(program, target, { names, fields })];
  }
  const names = target.address === undefined ? target.functions : [""];
  return names.map((name) => ({
    program,
    cookie: 0n,
    target,
    probes: 1,
    fields: (writer: FrameWriter) =>
      writer
        .u16(attachKind.KPROBE)
        .string(name === "" ? "" : qualified(name))
        .u64(target.address ?? 0n)
        .u64(target.offset)
        .u32(flags),
  }));
}

function uprobeRequests(
  program: string,
  target: UprobeTarget,
  { pid, unsafe }: Attachment,
): readonly AttachRequest[] {
  const wrong = wrongPlaces(
    target.path,
    target.locations.map(({ offset }) => offset),
  );
  const problemAt = ({ symbol, offset }: Location): LoaderError | undefined => {
    if (wrong.has(offset)) return WRONG_PLACE;
    return symbol === "" && !target.usdt && !unsafe ? UNKNOWN_PLACE : undefined;
  };
  const good = target.locations.filter((location) => problemAt(location) === undefined);
  const leftOut = target.locations.flatMap((location): readonly Refusal[] => {
    const error = problemAt(location);
    return error === undefined ? [] : [{ name: nameOfPlace(location), error }];
  });
  const requests = target.multi
    ? [uprobesRequest(program, { ...target, locations: good }, pid)]
    : good.map((location) => uprobeRequest(program, target, location, pid));
  return leftOut.length === 0
    ? requests
    : [...requests.filter(({ probes }) => probes > 0), nothingToAttach(program, target, leftOut)];
}

/** What the kernel does not refuse and we do. */
const WRONG_PLACE: LoaderError = {
  errno: 0,
  stage: "place",
  text: "this kernel would carry out the instruction there wrongly, and the traced program would go wrong",
};
const UNKNOWN_PLACE: LoaderError = {
  errno: 0,
  stage: "place",
  text: "no function that the symbols tell is there, so an instruction may not start there; --unsafe attaches nevertheless",
};

type UprobeTarget = Extract<ProbeTarget, { kind: "uprobe" }>;
type Location = UprobeTarget["locations"][number];

function nameOfPlace({ symbol, offset }: Location): string {
  return symbol === "" ? `0x${offset.toString(16)}` : symbol;
}

function nothingToAttach(program: string, target: ProbeTarget, leftOut: readonly Refusal[]): AttachRequest {
  return { program, cookie: 0n, fields: () => undefined, target, probes: 0, leftOut };
}

function uprobesRequest(program: string, target: UprobeTarget, pid: number | undefined): AttachRequest {
  const fields =
    (start: number, end: number) =>
    (writer: FrameWriter): void => {
      writer
        .u16(attachKind.UPROBE_MULTI)
        .string(target.path)
        .i32(pid ?? PID_ANY)
        .u32(target.returns ? probeFlag.RETURN : 0)
        .u32(end - start);
      for (const { offset, semaphoreOffset, cookie } of target.locations.slice(start, end)) {
        writer
          .u64(offset)
          .u64(semaphoreOffset ?? 0n)
          .u64(cookie ?? 0n);
      }
    };
  return multiRequest(program, target, { names: target.locations.map(nameOfPlace), fields });
}

function uprobeRequest(
  program: string,
  target: UprobeTarget,
  { offset, semaphoreOffset, cookie }: Location,
  pid: number | undefined,
): AttachRequest {
  return {
    program,
    cookie: cookie ?? 0n,
    target,
    probes: 1,
    fields: (writer: FrameWriter) =>
      writer
        .u16(attachKind.UPROBE)
        .string(target.path)
        .u64(offset)
        .u64(semaphoreOffset ?? 0n)
        .i32(pid ?? PID_ANY)
        .u32(target.returns ? probeFlag.RETURN : 0),
  };
}

function multiRequest(program: string, target: ProbeTarget, places: Places): AttachRequest {
  const { length } = places.names;
  return { program, cookie: 0n, fields: places.fields(0, length), target, probes: length, places };
}

function perfFields(
  writer: FrameWriter,
  target: Extract<ProbeTarget, { kind: "profile" | "interval" | "perf-event" }>,
  pid: number | undefined,
): void {
  const software = target.kind !== "perf-event" || target.eventType === "software";
  const config = target.kind === "perf-event" ? BigInt(target.config) : PERF_COUNT_SW_CPU_CLOCK;
  writer
    .u16(attachKind.PERF_EVENT)
    .u32(software ? PERF_TYPE_SOFTWARE : PERF_TYPE_HARDWARE)
    .u64(config);
  let flags = 0;
  if (target.kind === "perf-event") writer.u64(target.samplePeriod);
  else if ("hertz" in target.period) {
    flags |= perfFlag.FREQUENCY;
    writer.u64(target.period.hertz);
  } else writer.u64(target.period.nanoseconds);
  if (target.kind === "interval") {
    writer.i32(CPU_FIRST_ONLINE).i32(PID_ANY).u32(flags);
    return;
  }
  const ofTask = pid === undefined ? 0 : perfFlag.ALL_THREADS | perfFlag.INHERIT;
  writer
    .i32(CPU_ALL_ONLINE)
    .i32(pid ?? PID_ANY)
    .u32(flags | ofTask);
}

function breakpointFields(
  writer: FrameWriter,
  target: Extract<ProbeTarget, { kind: "watchpoint" }>,
  pid: number | undefined,
): void {
  const type = [...target.mode].reduce((bits, letter) => bits | (breakpointTypes[letter] ?? 0), 0);
  // An execution breakpoint must have the size of a long. Source: perf_event_open(2).
  const length = target.mode === "x" ? 8 : target.length;
  writer.u16(attachKind.BREAKPOINT).u64(target.address).u32(length).u32(type);
  const ofTask = pid === undefined ? 0 : perfFlag.ALL_THREADS | perfFlag.INHERIT;
  writer
    .i32(CPU_ALL_ONLINE)
    .i32(pid ?? PID_ANY)
    .u32(ofTask);
}
