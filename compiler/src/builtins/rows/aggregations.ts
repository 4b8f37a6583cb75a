/** Aggregations: values that are gathered on each CPU and put together when they are read. */

import { aggregationParameter } from "../../diagnostics/catalog/calls.ts";
import type { AggregationFunction, AggregationType } from "../../types/type.ts";
import { anInteger, aString } from "../accepts.ts";
import { literal, optional, value, type Builtin } from "../builtin.ts";
import type { Argument, CallSite } from "../call-site.ts";

const MOST_HIST_BITS = 5n;
const MOST_LINEAR_BUCKETS = 1000n;
const MOST_INTERVALS = 1_000_000n;

const reductions = ["last", "avg", "sum", "min", "max"] as const;

function isSigned(argument: Argument | undefined): boolean {
  const type = argument?.expression.type;
  return type?.kind === "integer" && type.signed;
}

function numbers(args: readonly Argument[]): readonly bigint[] {
  return args.flatMap(({ constant }) => (constant?.kind === "integer" ? [constant.value] : []));
}

function simple(
  name: AggregationFunction,
  row: Pick<Builtin, "since" | "summary" | "docs" | "examples">,
): Builtin {
  const measured = name !== "count";
  const returns = ({ arguments: [first] }: CallSite): AggregationType => ({
    kind: "aggregation",
    function: name,
    signed: measured && isSigned(first),
    parameters: [],
  });
  return {
    ...row,
    name,
    kind: "aggregation",
    forms: [{ parameters: measured ? [value("number", anInteger)] : [], returns, returnsText: `${name}_t` }],
    mode: "in-kernel",
    needs: [],
  };
}

function refuse(call: CallSite, index: number, rule: string): void {
  const place = call.arguments[index]?.place ?? call.place;
  call.report(aggregationParameter(place, { name: call.name, rule }));
}

function checkHist(call: CallSite): void {
  const [bits] = numbers(call.arguments.slice(1));
  if (bits !== undefined && (bits < 0n || bits > MOST_HIST_BITS)) refuse(call, 1, "the bits are 0 to 5");
}

function checkLhist(call: CallSite): void {
  const [min, max, step] = numbers(call.arguments.slice(1));
  if (min === undefined || max === undefined || step === undefined) return;
  if (min < 0n) refuse(call, 1, "the minimum is not negative");
  else if (max < min) refuse(call, 2, "the maximum is not below the minimum");
  else if (step < 1n) refuse(call, 3, "the step is at least 1");
  else if (max - min < step) refuse(call, 3, "the step is not larger than the range");
  else if ((max - min) / step > MOST_LINEAR_BUCKETS) {
    refuse(call, 3, `that would be ${(max - min) / step} buckets; ${MOST_LINEAR_BUCKETS} are allowed`);
  }
}

function checkTseries(call: CallSite): void {
  const [interval, count] = numbers(call.arguments.slice(1));
  if (interval !== undefined && interval < 1n) refuse(call, 1, "the interval is at least 1 ns");
  else if (count !== undefined && (count < 1n || count > MOST_INTERVALS)) {
    refuse(call, 2, `the number of intervals is 1 to ${MOST_INTERVALS}`);
  }
  const reduce = call.arguments[3]?.constant;
  if (reduce?.kind === "string" && reductionOf(reduce.value) === undefined) {
    refuse(call, 3, `"${reduce.value}" is none of "avg", "sum", "min", "max"`);
  }
}

function reductionOf(text: string): (typeof reductions)[number] | undefined {
  return text === "last" ? undefined : reductions.find((reduction) => reduction === text);
}

export const aggregationRows: readonly Builtin[] = [
  simple("count", {
    since: "0.1",
    summary: "Counts how often it is called.",
    docs: "Each CPU counts for itself, so nothing is lost and nothing waits. Better than `@x++` on a busy machine.",
    examples: ["tracepoint:syscalls:sys_enter_read { @[comm] = count(); }"],
  }),
  simple("sum", {
    since: "0.1",
    summary: "Adds numbers up.",
    docs: "Signed when the numbers are.",
    examples: ["tracepoint:syscalls:sys_exit_read /args.ret > 0/ { @[comm] = sum(args.ret); }"],
  }),
  simple("min", {
    since: "0.1",
    summary: "Keeps the smallest number.",
    docs: "A key that was never measured has none.",
    examples: ["tracepoint:syscalls:sys_exit_read { @ = min(args.ret); }"],
  }),
  simple("max", {
    since: "0.1",
    summary: "Keeps the largest number.",
    docs: "A key that was never measured has none.",
    examples: ["tracepoint:syscalls:sys_exit_read { @ = max(args.ret); }"],
  }),
  simple("avg", {
    since: "0.1",
    summary: "The average of numbers.",
    docs: "Total and count are kept; the division is an integer one.",
    examples: ["tracepoint:syscalls:sys_exit_read { @[comm] = avg(args.ret); }"],
  }),
  simple("stats", {
    since: "0.1",
    summary: "Count, average and total together.",
    docs: "Only to be printed; use `count`, `avg` and `sum` where the program itself needs a value.",
    examples: ["tracepoint:syscalls:sys_exit_read { @[comm] = stats(args.ret); }"],
  }),
  {
    name: "hist",
    kind: "aggregation",
    forms: [
      {
        parameters: [value("number", anInteger), optional(literal("bits", anInteger))],
        returns: ({ arguments: args }) => ({
          kind: "aggregation",
          function: "hist",
          signed: true,
          parameters: [numbers(args.slice(1))[0] ?? 0n],
        }),
        returnsText: "hist_t",
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "A histogram with buckets that double in size.",
    docs: "`hist(n, 2)` cuts each power of two into 2^2 buckets; up to 5 bits.",
    examples: ["tracepoint:syscalls:sys_exit_read { @[comm] = hist(args.ret); }"],
    check: checkHist,
  },
  {
    name: "lhist",
    kind: "aggregation",
    forms: [
      {
        parameters: [
          value("number", anInteger),
          literal("min", anInteger),
          literal("max", anInteger),
          literal("step", anInteger),
        ],
        returns: ({ arguments: args }) => ({
          kind: "aggregation",
          function: "lhist",
          signed: true,
          parameters: numbers(args.slice(1)),
        }),
        returnsText: "lhist_t",
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "A histogram with buckets of equal size.",
    docs: "From `min` to `max` in steps; what is below or above has a bucket each. At most 1000 buckets.",
    examples: ["tracepoint:syscalls:sys_exit_read { @ = lhist(args.ret, 0, 1000, 100); }"],
    check: checkLhist,
  },
  {
    name: "tseries",
    kind: "aggregation",
    forms: [
      {
        parameters: [
          value("number", anInteger),
          literal("interval", anInteger),
          literal("intervals", anInteger),
          optional(literal("reduce", aString)),
        ],
        returns: ({ arguments: args }) => {
          const reduce = args[3]?.constant;
          return {
            kind: "aggregation",
            function: "tseries",
            signed: isSigned(args[0]),
            parameters: numbers(args.slice(1, 3)),
            reduce: (reduce?.kind === "string" ? reductionOf(reduce.value) : undefined) ?? "last",
          };
        },
        returnsText: "tseries_t",
      },
    ],
    mode: "in-kernel",
    needs: [],
    unstable: "tseries",
    since: "0.24",
    summary: "The course of a number over time.",
    docs: 'Keeps one value for each of the last intervals: the last measured, or with a fourth argument their `"avg"`, `"sum"`, `"min"` or `"max"`.',
    examples: ["tracepoint:syscalls:sys_exit_read { @ = tseries(args.ret, 1s, 20); }"],
    check: checkTseries,
  },
];
