/** Root that may not do what root does, as in a container: seen before a run is started. */

import { readFileSync } from "node:fs";

import type { Obstacle } from "./obstacle.ts";

const CAP_SYS_ADMIN = 1n << 21n;
const CAP_PERFMON = 1n << 38n;
const CAP_BPF = 1n << 39n;

export function strippedRoot(): Obstacle | undefined {
  if (process.platform !== "linux" || process.geteuid?.() !== 0) return undefined;
  const lacking = lackingCapabilities(readFileSync("/proc/self/status", "utf8"));
  if (lacking.length === 0) return undefined;
  return {
    message: `this root lacks ${lacking.join(" and ")}, as in a container`,
    advice: ["run it on the host, or give the container these"],
  };
}

/**
 * What a program that root starts will lack: it gets all that bounds it, unless nothing new may be gained.
 *
 * @param status text of /proc/PID/status
 */
export function lackingCapabilities(status: string): readonly string[] {
  const field = (name: string): string => new RegExp(`^${name}:\\s*(\\w+)$`, "m").exec(status)?.[1] ?? "";
  const bounds = field("CapBnd");
  if (bounds === "") return [];
  const given = BigInt(`0x${bounds}`) & (field("NoNewPrivs") === "1" ? BigInt(`0x${field("CapPrm")}`) : -1n);
  return [
    ...((given & (CAP_BPF | CAP_SYS_ADMIN)) === 0n ? ["CAP_BPF"] : []),
    ...((given & (CAP_PERFMON | CAP_SYS_ADMIN)) === 0n ? ["CAP_PERFMON"] : []),
  ];
}
