/** Ending the run, errors on purpose, and what reaches into other processes. */

import { fromUtf8 } from "../../base/utf8.ts";
import type { Constant, CoreStatement } from "../../core/core.ts";
import {
  descriptionNotLiteral,
  failReached,
  invalidSignal,
  literalRequired,
  notSupported,
} from "../../diagnostics/catalog/calls.ts";
import { boolean, int64, string, uint64, voidType, type Type } from "../../types/type.ts";
import { aCondition, anInteger, aParameterValue, aString, anything, type Accepts } from "../accepts.ts";
import { literal, optional, special, value, variadic, type Builtin } from "../builtin.ts";
import type { CallSite } from "../call-site.ts";
import { parseFormat } from "../format.ts";
import { signalNumber } from "../signals.ts";

const LAST_SIGNAL = 64n;

const signalValue: Accepts = {
  expected: "a signal number or name",
  test: ({ kind }) => kind === "integer" || kind === "string",
};

function checkSignal({ arguments: [signal], report, name }: CallSite): void {
  const constant = signal?.constant;
  if (signal === undefined) return;
  if (constant === undefined && signal.expression.type.kind === "string") {
    report(literalRequired(signal.place, { name, parameter: "a signal name" }));
  }
  if (constant?.kind === "integer" && (constant.value < 1n || constant.value > LAST_SIGNAL)) {
    report(invalidSignal(signal.place, { text: constant.value.toString() }));
  }
  if (constant?.kind === "string" && signalNumber(constant.value) === undefined) {
    report(invalidSignal(signal.place, { text: `"${constant.value}"` }));
  }
}

function signalRow(name: "signal" | "signal_thread", whom: string): Builtin {
  return {
    name,
    kind: "function",
    forms: [{ parameters: [value("signal", signalValue)], returns: voidType }],
    mode: "in-kernel",
    needs: ["signal"],
    unsafe: true,
    since: "0.4",
    summary: `Sends a signal to the current ${whom}.`,
    docs: 'By number or by name, with or without `SIG`: `signal("KILL")`. Only with `--unsafe`.',
    examples: [`tracepoint:syscalls:sys_enter_execve /uid == 1000/ { ${name}("SIGSTOP"); }`],
    check: checkSignal,
    expand: ({ arguments: [signal], build }) => {
      if (signal === undefined) return build.unknown();
      const number = signal.constant?.kind === "string" ? signalNumber(signal.constant.value) : undefined;
      const argument = number === undefined ? signal.expression : build.integer(BigInt(number), uint64);
      return argument.type.kind === "integer" ? build.call(name, voidType, [argument]) : build.unknown();
    },
  };
}

/** The text of a `fail` whose values are all constants. */
function failText({ arguments: [format, ...values] }: CallSite): string {
  if (format?.constant?.kind !== "string") return "fail()";
  let next = 0;
  const text = parseFormat(format.constant.value)
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      const constant = values[next]?.constant;
      next += 1;
      return constant === undefined ? piece.text : String(constant.value);
    })
    .join("");
  return fromUtf8(text);
}

/** Literals hold bytes; people read and write text. */
function readable(constant: Constant): Constant {
  return constant.kind === "string" ? { kind: "string", value: fromUtf8(constant.value) } : constant;
}

function getoptType({ arguments: [, fallback], config }: CallSite): Type {
  const constant = fallback?.constant;
  if (constant === undefined || constant.kind === "boolean") return boolean;
  if (constant.kind === "string") return string(config.maxStringLength);
  return constant.value < 0n ? int64 : uint64;
}

export const controlRows: readonly Builtin[] = [
  {
    name: "exit",
    kind: "function",
    forms: [{ parameters: [optional(value("status", anInteger))], returns: voidType }],
    mode: "async",
    needs: [],
    terminates: true,
    since: "0.1",
    summary: "Ends the run.",
    docs: "Also returns from the probe. `end` probes still run and maps are printed. The status (8 bits) becomes that of the tool. An iterator is read to its end all the same, so `iter` probes go on for the objects that are left.",
    examples: ["interval:s:10 { exit(); }", "begin { exit(3); }"],
  },
  {
    name: "fail",
    kind: "function",
    forms: [
      {
        parameters: [special("format", "format", aString), variadic(literal("values", anything))],
        returns: voidType,
      },
    ],
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "Makes the compilation fail with a message.",
    docs: "Unless it stands in the dead branch of an `if comptime`. All values are literals.",
    examples: ['begin { if comptime (1 > 2) { fail("numbers are broken"); } }'],
    check: (call) => {
      call.report(failReached(call.build.callee ?? call.place, { text: failText(call) }));
    },
    expand: ({ build }) => build.statements([]),
  },
  {
    name: "static_assert",
    kind: "function",
    forms: [
      {
        parameters: [literal("condition", aCondition), special("message", "format", aString)],
        returns: voidType,
      },
    ],
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "Makes the compilation fail unless a condition holds.",
    docs: "The condition must be known while compiling.",
    examples: ['begin { static_assert(sizeof(uint64) == 8, "a strange machine"); }'],
    check: (call) => {
      const [condition, message] = call.arguments;
      const constant = condition?.constant;
      if (constant === undefined || (constant.value !== false && constant.value !== 0n)) return;
      const text = message?.constant?.kind === "string" ? message.constant.value : "static_assert()";
      call.report(failReached(call.build.callee ?? call.place, { text }));
    },
    expand: ({ build }) => build.statements([]),
  },
  {
    name: "assert",
    kind: "function",
    forms: [
      {
        parameters: [value("condition", aCondition), special("message", "format", aString)],
        returns: voidType,
      },
    ],
    mode: "async",
    needs: [],
    since: "0.25",
    summary: "Ends the run with an error unless a condition holds.",
    docs: "Prints the message as `errorf` does, then exits with status 1.",
    examples: ['begin { assert(ncpus > 0, "no CPUs"); }'],
    expand: ({ arguments: [condition, message], build, place }) => {
      if (condition === undefined || message?.constant?.kind !== "string") return build.unknown();
      const format = message.constant.value.replaceAll("%", "%%");
      const failure = build.call("errorf", voidType, [build.string(format)], { kind: "format", format });
      const leave = build.call("exit", voidType, [build.integer(1n)]);
      const otherwise: CoreStatement[] = [failure, leave].map((expression) => ({
        kind: "evaluate",
        place,
        expression,
      }));
      return build.statements([{ kind: "if", place, condition: condition.expression, then: [], otherwise }]);
    },
  },
  {
    name: "override",
    kind: "function",
    forms: [{ parameters: [value("result", anInteger)], returns: voidType }],
    mode: "in-kernel",
    needs: ["override"],
    usesContext: true,
    unsafe: true,
    since: "0.10",
    summary: "Makes the traced function return a value without running.",
    docs: "Only with `--unsafe`, in kprobes of functions the kernel allows errors to be injected into.",
    examples: ["kprobe:__x64_sys_getuid { override(1000); }"],
  },
  signalRow("signal", "process"),
  signalRow("signal_thread", "thread"),
  {
    name: "unwatch",
    kind: "function",
    forms: [{ parameters: [value("address", anInteger)], returns: voidType }],
    mode: "async",
    needs: [],
    since: "0.12",
    summary: "Would remove a watchpoint.",
    docs: "Documented for the language, but no version has an implementation.",
    examples: ["begin { if comptime (false) { unwatch(1); } }"],
    check: ({ name, build, place, report }) => {
      report(
        notSupported(build.callee ?? place, { name, reason: "the language has no implementation of it" }),
      );
    },
  },
  {
    name: "getopt",
    kind: "function",
    forms: [
      {
        parameters: [
          literal("name", aString),
          optional(literal("default", aParameterValue)),
          optional(value("description", anything)),
        ],
        returns: getoptType,
        returnsText: "value",
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.24",
    summary: "A named parameter of the script, `--name=value`.",
    docs: "Without a default it is a switch. The default decides the type: boolean, number or string. `--help` after the script lists all parameters with their descriptions.",
    examples: ['begin { if (getopt("verbose", false, "say more")) { print("verbose"); } }'],
    check: ({ arguments: [, , description], report }) => {
      if (description === undefined || description.constant?.kind === "string") return;
      report(descriptionNotLiteral(description.place, {}));
    },
    expand: (call) => {
      const {
        arguments: [name, fallback, description],
        build,
      } = call;
      if (name?.constant?.kind !== "string") return build.unknown();
      const type = getoptType(call);
      const parameter = build.namedParameter({
        name: fromUtf8(name.constant.value),
        type,
        default: readable(fallback?.constant ?? { kind: "boolean", value: false }),
        description:
          description?.constant?.kind === "string" ? fromUtf8(description.constant.value) : undefined,
      });
      return build.call("getopt", type, [], { kind: "named-parameter", parameter });
    },
  },
];
