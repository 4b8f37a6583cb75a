/** Findings of the stack plan. Codes PW76xx. */

import { diagnosticRow } from "../row.ts";

export const stackOverflow = diagnosticRow<{
  readonly probe: string;
  readonly bytes: number;
  readonly most: number;
  /** What takes most, e.g. `$a (301 bytes)`. */
  readonly largest: readonly string[];
}>({
  code: "PW7601",
  name: "stack-overflow",
  severity: "error",
  message: ({ probe, bytes, most, largest }) =>
    `'${probe}' needs ${bytes} bytes of stack along its deepest chain of calls; the kernel allows ${most}${largest.length === 0 ? "" : `. Most goes to ${largest.join(", ")}`}`,
  explain:
    "A program and everything it calls share 512 bytes, each function's part rounded up to 32. Usually large values move to scratch memory by themselves; with `on_stack_limit` set, values up to that size stay on the stack whatever comes of it. Leave the setting out, or lower it.",
  example:
    "config = { on_stack_limit = 512 }\nbegin { $a = str(0, 400); $b = str(1, 400); print(($a, $b)); }\n^^^^^",
});

export const callsTooDeep = diagnosticRow<{
  readonly probe: string;
  readonly frames: number;
  readonly most: number;
}>({
  code: "PW7602",
  name: "calls-too-deep",
  severity: "error",
  message: ({ probe, frames, most }) =>
    `'${probe}' calls through ${frames} functions; the kernel allows ${most}`,
  explain:
    "A `fn` and the body of each `for` is a function of its own, and the kernel lets at most eight be active at a time. Merge loops or functions.",
  example:
    "begin { for ($a : 0..2) { for ($b : 0..2) { for ($c : 0..2) { for ($d : 0..2) { for ($e : 0..2) { for ($f : 0..2) { for ($g : 0..2) { for ($h : 0..2) { print($a); } } } } } } } } }\n^^^^^",
});

export const stackOverflowElsewhere = diagnosticRow<{
  readonly probe: string;
  readonly bytes: number;
  readonly most: number;
}>({
  code: "PW7603",
  name: "stack-overflow-elsewhere",
  severity: "warning",
  message: ({ probe, bytes, most }) =>
    `with stock bpftrace '${probe}' would need ${bytes} bytes of stack, and the kernel allows ${most}`,
  explain:
    "Here values move to scratch memory when the stack gets full. Stock bpftrace goes by the size of each value alone: up to `on_stack_limit`, 32 bytes unless set, it stays on the stack. Run the script with Probewright, split the probe, or set a lower `on_stack_limit`.",
  example: "",
});

export const stackNearlyFull = diagnosticRow<{
  readonly probe: string;
  readonly bytes: number;
  readonly most: number;
  readonly share: number;
}>({
  code: "PW7604",
  name: "stack-nearly-full",
  severity: "hint",
  message: ({ probe, bytes, most, share }) =>
    `'${probe}' takes ${bytes} of ${most} bytes of stack, more than ${share} %`,
  explain:
    "The stack is shared by a program and all it calls. What does not fit moves to scratch memory by itself, so this is no mistake; it tells where there is little room left. `probewright stack` shows what takes it.",
  example: "",
});
