/** Refusals of the kernel in words, with what helps. */

import { constants } from "node:os";

import { spokenName, type ProbeTarget } from "@probewright/compiler";
import type { LoaderError } from "../loader/channel.ts";
import { isFiltered, OPEN_FILTER } from "./machine.ts";
import { sampleRateLimit } from "./switches.ts";
import type { AttachRequest, Refusal } from "./attach-request.ts";

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

/** The kernel's own, not meant for programs and unknown to the C library. Source: include/linux/errno.h. */
export const ENOTSUPP = 524;

/** E.g. `not permitted (EPERM)`. */
export function errnoText(code: number): string {
  if (code === ENOTSUPP) return "not supported by this kernel (ENOTSUPP)";
  const name = Object.entries(errno).find(([, value]) => value === code)?.[0];
  if (code === 0) return "unknown reason";
  return `${texts.get(code) ?? "refused"} (${name ?? `errno ${code.toString()}`})`;
}

export interface Explanation {
  readonly message: string;
  readonly advice: readonly string[];
}

/** A program, a map, a link and what it hangs on are files to the loader. */
export const MORE_FILES = "allow more open files: `ulimit -n 65536`; every probe and every map takes some";

/** So many places are named. */
const MOST_NAMES = 8;

/** Why a probe could not be attached, or which of its places; at least one refusal. */
export function explainRefusals(
  { target }: Pick<AttachRequest, "target">,
  refusals: readonly Refusal[],
): Explanation {
  const [first] = refusals;
  if (first === undefined) return { message: `cannot attach ${spokenName(target)}`, advice: [] };
  const advice = advise(target, first.error);
  const named = refusals.filter(({ name }) => name !== undefined);
  const places = placesOf(target);
  if (named.length === 0 || places === 1)
    return { message: `cannot attach ${spokenName(target)}: ${reason(target, first.error)}`, advice };
  const why = new Map<string, string[]>();
  for (const { name = "", error } of named) {
    const text = reason(target, error);
    why.set(text, [...(why.get(text) ?? []), name]);
  }
  const which = [...why].map(([text, names]) => `${listed(names)} (${text})`);
  const share = `${named.length.toString()} of the ${places.toString()} places of ${spokenName(target)}`;
  return { message: `cannot attach ${share}: ${which.join("; ")}`, advice };
}

function placesOf(target: ProbeTarget): number {
  if (target.kind === "uprobe") return target.locations.length;
  return target.kind === "kprobe" ? target.functions.length : 1;
}

function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const more = distinct.length - MOST_NAMES;
  return `${distinct.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more.toString()} more` : ""}`;
}

function reason(target: ProbeTarget, error: LoaderError): string {
  if (error.errno === errno.EMFILE) return errnoText(error.errno);
  switch (error.stage) {
    case "died":
    case "place":
      return error.text;
    case "pmu":
      return `this kernel has no ${target.kind} support`;
    case "path":
      return `the file is ${errnoText(error.errno)}`;
    case "tracefs":
      if (error.errno === errno.ENOENT) return "this kernel has no such tracepoint";
      break;
    default:
      break;
  }
  return (
    reasonOfTarget(target, error) ??
    `${error.text === "" ? error.stage : error.text}: ${errnoText(error.errno)}`
  );
}

/** What an errno means for one kind of target. */
function reasonOfTarget(target: ProbeTarget, error: LoaderError): string | undefined {
  switch (target.kind) {
    case "profile":
    case "interval":
      return error.errno === errno.EINVAL ? limitOf(target)?.reason : undefined;
    case "kprobe":
      return error.errno === errno.EINVAL || error.errno === errno.EADDRNOTAVAIL
        ? "the kernel lets no kprobe be put there: on functions that probes themselves need, or between instructions"
        : undefined;
    case "perf-event":
      return target.eventType === "hardware"
        ? `this machine counts no such hardware event: ${errnoText(error.errno)}`
        : undefined;
    case "watchpoint":
      return error.errno === errno.ENOSPC ? "all debug registers are in use" : undefined;
    case "uprobe":
      return error.errno === ENOTSUPP || error.errno === errno.ENOEXEC
        ? "the kernel cannot probe the instruction there"
        : undefined;
    case "tracepoint":
      return error.stage === "attach" && error.errno === errno.EACCES
        ? "the program reads past the tracepoint's last field"
        : undefined;
    default:
      return undefined;
  }
}

/** What filters answer. */
const filterCodes: ReadonlySet<number> = new Set([errno.EPERM, errno.EACCES, errno.ENOSYS]);

function limitOf(target: ProbeTarget): ReturnType<typeof sampleRateLimit> {
  if (target.kind !== "profile" && target.kind !== "interval") return undefined;
  return "hertz" in target.period ? sampleRateLimit(target.period.hertz) : undefined;
}

function advise(target: ProbeTarget, error: LoaderError): readonly string[] {
  if (error.stage === "died") return [];
  if (error.errno === errno.EMFILE) return [MORE_FILES];
  const limit = error.errno === errno.EINVAL ? limitOf(target) : undefined;
  if (limit !== undefined) return [limit.advice];
  if (target.kind === "perf-event" && target.eventType === "hardware" && error.errno === errno.ENOENT)
    return [
      "virtual machines often have no hardware counters: `profile:hz:99` or `software:cpu-clock:…` sample without",
    ];
  if (error.stage === "pmu" && target.kind === "kprobe")
    return ["use fentry or a tracepoint, or a kernel built with CONFIG_KPROBES"];
  if (isFiltered() && filterCodes.has(error.errno)) return [OPEN_FILTER];
  if (error.errno === errno.EPERM || error.errno === errno.EACCES)
    return ["run as root; for root the kernel may be locked down: `probewright doctor` tells"];
  return ['set missing_probes = "warn" in the config block to run without probes that cannot be attached'];
}
