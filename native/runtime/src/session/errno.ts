/** Refusals of the kernel in words, with what helps. */

import { constants } from "node:os";

import type { ProbeTarget } from "@probewright/compiler";
import type { LoaderError } from "../loader/channel.ts";

const { errno } = constants;

const texts: ReadonlyMap<number, string> = new Map([
  [errno.EPERM, "not permitted"],
  [errno.EACCES, "permission denied"],
  [errno.ENOENT, "not there"],
  [errno.EINVAL, "not accepted by the kernel"],
  [errno.ENOSPC, "no room left"],
  [errno.ENOMEM, "out of memory"],
  [errno.EBUSY, "busy"],
  [errno.EEXIST, "already there"],
  [errno.E2BIG, "too big"],
  [errno.EOPNOTSUPP, "not supported by this kernel"],
  [errno.ESRCH, "no such process"],
  [errno.EMFILE, "too many open files"],
  [errno.EILSEQ, "in the middle of an instruction"],
  [errno.EADDRNOTAVAIL, "not a place the kernel lets be probed"],
  [errno.ENODEV, "no such event source"],
]);

/** E.g. `not permitted (EPERM)`. */
export function errnoText(code: number): string {
  const name = Object.entries(errno).find(([, value]) => value === code)?.[0];
  if (code === 0) return "unknown reason";
  return `${texts.get(code) ?? "refused"} (${name ?? `errno ${code.toString()}`})`;
}

export interface Explanation {
  readonly message: string;
  readonly advice: readonly string[];
}

/** Why a probe could not be attached. */
export function explainAttach(target: ProbeTarget, error: LoaderError): Explanation {
  const message = `cannot attach ${target.name}: ${reason(target, error)}`;
  return { message, advice: advise(target, error) };
}

function reason(target: ProbeTarget, error: LoaderError): string {
  if (error.stage === "died") return error.text;
  if (error.stage === "pmu") return `this kernel has no ${target.kind} support`;
  if (error.stage === "tracefs" && error.errno === errno.ENOENT) return "this kernel has no such tracepoint";
  if (error.stage === "path") return `the file is ${errnoText(error.errno)}`;
  if (target.kind === "perf-event" && target.eventType === "hardware")
    return `this machine counts no such hardware event: ${errnoText(error.errno)}`;
  if (target.kind === "watchpoint" && error.errno === errno.ENOSPC) return "all debug registers are in use";
  if (target.kind === "tracepoint" && error.stage === "attach" && error.errno === errno.EACCES)
    return "the program reads past the tracepoint's last field";
  return `${error.text === "" ? error.stage : error.text}: ${errnoText(error.errno)}`;
}

function advise(target: ProbeTarget, error: LoaderError): readonly string[] {
  if (error.stage === "died") return [];
  if (error.stage === "pmu" && target.kind === "kprobe")
    return ["use fentry or a tracepoint, or a kernel built with CONFIG_KPROBES"];
  if (error.errno === errno.EPERM || error.errno === errno.EACCES)
    return ["run as root, or see `probewright doctor` for what is missing"];
  return ['set missing_probes = "warn" in the config block to run without probes that cannot be attached'];
}
