/** Clocks, and how times are printed. */

import { invalidTimestamp, kernelLacks } from "../../diagnostics/catalog/calls.ts";
import { uint64, voidType } from "../../types/type.ts";
import { aName, anInteger, aString } from "../accepts.ts";
import { literal, optional, value, word, type Builtin } from "../builtin.ts";
import type { CallSite } from "../call-site.ts";

const clocks = ["boot", "monotonic", "tai", "sw_tai"] as const;

function clockOf({ arguments: [mode] }: CallSite): (typeof clocks)[number] {
  return clocks.find((clock) => clock === mode?.word) ?? "boot";
}

/** tai is a helper of later kernels; sw_tai adds an offset measured when the script starts. */
function checkClock(call: CallSite): void {
  if (clockOf(call) !== "tai" || call.hasFeature("ktime_get_tai_ns")) return;
  const facts = { name: call.name, feature: "the TAI clock", since: "6.1", instead: "; use nsecs(sw_tai)" };
  call.report(kernelLacks(call.place, { ...facts, kernel: call.facts.name }));
}

function checkTimestamp({ arguments: [, time], report }: CallSite): void {
  if (time === undefined) return;
  const { expression, constant, place } = time;
  if (
    expression.kind === "call" &&
    expression.detail.kind === "clock" &&
    expression.detail.mode === "monotonic"
  ) {
    report(invalidTimestamp(place, { reason: "a monotonic time says nothing about the date" }));
  }
  if (constant?.kind === "integer" && constant.value < 0n) {
    report(invalidTimestamp(place, { reason: "a time is not negative" }));
  }
}

export const timeRows: readonly Builtin[] = [
  {
    name: "nsecs",
    kind: "value",
    forms: [
      { parameters: [], returns: uint64 },
      { parameters: [word("clock", aName, clocks)], returns: uint64 },
    ],
    bare: true,
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "Nanoseconds since the machine started.",
    docs: "`nsecs` counts while the machine sleeps (`boot`). `nsecs(monotonic)` does not; `nsecs(tai)` is international atomic time and needs Linux 6.1; `nsecs(sw_tai)` is the same by an offset measured at start.",
    examples: [
      "tracepoint:syscalls:sys_enter_read { @start[tid] = nsecs; }",
      "interval:s:1 { print(nsecs(monotonic)); }",
    ],
    check: checkClock,
    detail: (call) => ({ kind: "clock", mode: clockOf(call) }),
  },
  {
    name: "elapsed",
    aliases: ["__builtin_elapsed"],
    kind: "value",
    forms: [{ parameters: [], returns: uint64 }],
    bare: true,
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "Nanoseconds since the script started.",
    docs: "Counted from just before the first `begin` probe runs.",
    examples: ['interval:s:1 { printf("%llu s\\n", elapsed / 1000000000); }'],
  },
  {
    name: "jiffies",
    kind: "value",
    forms: [{ parameters: [], returns: uint64 }],
    bare: true,
    mode: "in-kernel",
    needs: [],
    since: "0.18",
    summary: "The kernel's tick counter.",
    docs: "How many ticks make a second is a setting of the kernel.",
    examples: ["interval:s:1 { print(jiffies); }"],
  },
  {
    name: "strftime",
    kind: "function",
    forms: [
      { parameters: [literal("format", aString), value("time", anInteger)], returns: { kind: "timestamp" } },
    ],
    mode: "async",
    needs: [],
    since: "0.9",
    summary: "A time as text, made when it is printed.",
    docs: "Takes the conversions of strftime(3), and `%f` for microseconds, `%l` for milliseconds, `%k` for nanoseconds. The result can be printed, kept, and used as a key.",
    examples: ['interval:s:1 { printf("%s\\n", strftime("%H:%M:%S.%f", nsecs)); }'],
    check: checkTimestamp,
    detail: ({ arguments: [format] }) => ({
      kind: "text",
      text: format?.constant?.kind === "string" ? format.constant.value : "",
    }),
  },
  {
    name: "time",
    kind: "function",
    forms: [{ parameters: [optional(literal("format", aString))], returns: voidType }],
    mode: "async",
    needs: [],
    since: "0.1",
    summary: "Prints the time of day.",
    docs: "Formatted with strftime(3) when the event arrives, not when the probe fires. Without a format `%H:%M:%S` and a newline.",
    examples: ['interval:s:1 { time("%H:%M:%S\\n"); }'],
    detail: ({ arguments: [format] }) => ({
      kind: "text",
      text: format?.constant?.kind === "string" ? format.constant.value : "%H:%M:%S\n",
    }),
  },
];
