/** What reaches the outside: printing, files, commands. */

import {
  debugfUsed,
  notPrintable,
  printArgumentsIgnored,
  printExtraArguments,
  printMapInLoop,
  unknownConversion,
} from "../../diagnostics/catalog/output.ts";
import { describe, show } from "../../types/show.ts";
import { voidType } from "../../types/type.ts";
import { aMap, anAddress, anInteger, anything, aString, printable } from "../accepts.ts";
import { literal, optional, special, value, variadic, type Builtin, type Form } from "../builtin.ts";
import type { Argument, CallSite } from "../call-site.ts";
import { checkFormat, checkKernelFormat } from "../check-format.ts";

const MOST_DEBUG_VALUES = 3;

const formatForm: Form = {
  parameters: [special("format", "format", aString), variadic(value("values", anything))],
  returns: voidType,
};

function formatText({ arguments: [format] }: CallSite): string {
  return format?.constant?.kind === "string" ? format.constant.value : "";
}

function formatRow(
  row: Pick<Builtin, "name" | "since" | "summary" | "docs" | "examples"> & Partial<Builtin>,
): Builtin {
  return {
    kind: "function",
    forms: [formatForm],
    mode: "async",
    needs: [],
    check: checkFormat,
    detail: (call) => ({ kind: "format", format: formatText(call) }),
    ...row,
  };
}

function checkDebugf(call: CallSite): void {
  call.report(debugfUsed(call.build.callee ?? call.place, {}));
  if (call.arguments.length - 1 > MOST_DEBUG_VALUES) {
    const place = call.arguments[MOST_DEBUG_VALUES + 1]?.place ?? call.place;
    const facts = { conversion: "debugf", hint: ` with more than ${MOST_DEBUG_VALUES} values` };
    call.report(unknownConversion(place, facts));
  }
  checkKernelFormat(call);
}

function numberOf(argument: Argument | undefined): number {
  return argument?.constant?.kind === "integer" ? Number(argument.constant.value) : 0;
}

function checkPrint(call: CallSite): void {
  const [subject, ...rest] = call.arguments;
  if (subject === undefined) return;
  if (subject.expression.kind === "map-reference") {
    const { type } = subject.expression;
    if (call.inLoop) call.report(printMapInLoop(call.build.callee ?? call.place, {}));
    const [first] = rest;
    if (first !== undefined && type.kind === "aggregation" && type.function === "stats") {
      call.report(printArgumentsIgnored(first.place, { type: show(type) }));
    }
    return;
  }
  const [extra] = rest;
  if (extra !== undefined) call.report(printExtraArguments(extra.place, {}));
  const { type } = subject.expression;
  const readable = type.kind === "aggregation" ? type.function === "stats" : printable.test(type);
  if (!readable) call.report(notPrintable(subject.place, { type: describe(type) }));
}

export const outputRows: readonly Builtin[] = [
  {
    name: "print",
    kind: "function",
    forms: [
      {
        parameters: [
          special("map", "map", aMap),
          optional(literal("top", anInteger)),
          optional(literal("divisor", anInteger)),
        ],
        returns: voidType,
      },
      {
        parameters: [
          special("value", "value-or-element", { expected: "a printable value", test: () => true }),
          variadic(value("extra", anything)),
        ],
        returns: voidType,
      },
    ],
    mode: "async",
    needs: [],
    since: "0.1",
    summary: "Prints a value, or a whole map.",
    docs: "A map is printed by user space in order of its values; `print(@m, 5)` shows the five largest, `print(@m, 5, 1000)` with the values divided. Any other value is copied when the probe fires and printed with a newline.",
    examples: ["begin { print((1, comm)); }", "interval:s:1 { @[comm] = count(); print(@, 5); clear(@); }"],
    check: checkPrint,
    detail: ({ arguments: [, top, divisor] }) => ({
      kind: "print-map",
      top: numberOf(top),
      divisor: numberOf(divisor),
    }),
  },
  formatRow({
    name: "printf",
    since: "0.1",
    summary: "Prints values by a format.",
    docs: "Conversions: `%d %u %x %o %c %p` for numbers (with `l` or `ll` for more than 32 bits), `%s` for anything as `print` shows it, `%r %rx %rh` for buffers. No newline is added. In iter probes the text goes to the iterator's file.",
    examples: ['tracepoint:syscalls:sys_enter_openat { printf("%-6d %s\\n", pid, str(args.filename)); }'],
  }),
  formatRow({
    name: "errorf",
    since: "0.25",
    summary: "Prints an error message with the place in the script.",
    docs: "To standard error, as `FILE:LINE:COLUMN: ERROR: text`. Tracing goes on.",
    examples: ['interval:s:1 { if (pid == 0) { errorf("no process on CPU %d", cpu); } }'],
  }),
  formatRow({
    name: "warnf",
    since: "0.25",
    summary: "Prints a warning with the place in the script.",
    docs: "As `errorf`, and left out with `--no-warnings`.",
    examples: ['interval:s:1 { warnf("%d CPUs", ncpus); }'],
  }),
  formatRow({
    name: "debugf",
    mode: "in-kernel",
    since: "0.22",
    summary: "Writes to the kernel's trace pipe.",
    docs: "At once, without passing through user space; three values at most, with `%d %u %x %p %s`. For finding mistakes, never to be left in a script.",
    examples: ['begin { debugf("%d", pid); }'],
    check: checkDebugf,
  }),
  formatRow({
    name: "cat",
    since: "0.8",
    summary: "Prints the contents of a file.",
    docs: "The format gives the path. At most `max_cat_bytes`, no newline added. The file is read when the event arrives.",
    examples: ['begin { cat("/proc/%d/cmdline", cpid); }'],
  }),
  formatRow({
    name: "system",
    unsafe: true,
    since: "0.2",
    summary: "Runs a shell command and prints its output.",
    docs: "Only with `--unsafe`. The tool waits for the command to end.",
    examples: ['interval:s:1 { system("ps -p %d", pid); }'],
  }),
  {
    name: "join",
    kind: "function",
    readsMemory: true,
    forms: [
      {
        parameters: [value("strings", anAddress), optional(literal("separator", aString))],
        returns: voidType,
      },
    ],
    mode: "async",
    needs: [],
    since: "0.1",
    summary: "Prints an array of C strings.",
    docs: "Such as the arguments of a command: up to 16 strings of at most 1024 bytes, a blank between them unless told otherwise, and a newline.",
    examples: ["tracepoint:syscalls:sys_enter_execve { join(args.argv); }"],
    detail: ({ arguments: [, separator] }) => ({
      kind: "text",
      text: separator?.constant?.kind === "string" ? separator.constant.value : " ",
    }),
  },
];
