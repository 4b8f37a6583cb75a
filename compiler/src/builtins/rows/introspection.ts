/** Questions answered while compiling: types, settings, abilities of the kernel and of binaries. */

import type { CoreExpression } from "../../core/core.ts";
import { boolean, none, uint64, type Type } from "../../types/type.ts";
import { anything, aString } from "../accepts.ts";
import { literal, value, type Builtin } from "../builtin.ts";
import type { CallSite } from "../call-site.ts";
import { signalNumber } from "../signals.ts";

function typeTest(name: string, what: string, test: (type: Type) => boolean): Builtin {
  return {
    name,
    kind: "type-function",
    forms: [{ parameters: [value("value", anything)], returns: boolean }],
    mode: "compile-time",
    needs: [],
    since: "0.24",
    summary: `Whether a value is ${what}.`,
    docs: "Answered from the value's type; the value is not computed. Meant for `if comptime` in macros.",
    examples: [
      `macro describe(x) { if comptime (${name}(x)) { "yes" } else { "no" } } begin { print(describe(1)); }`,
    ],
    expand: ({ arguments: [subject], build }) =>
      subject === undefined ? build.unknown() : build.boolean(test(subject.expression.type)),
  };
}

function configRecord({ settings, build }: CallSite): CoreExpression {
  const fields = [...settings].map(([name, setting]) => {
    const value = setting ?? 0;
    if (typeof value === "boolean") return [name, build.boolean(value)] as const;
    if (typeof value === "number") return [name, build.integer(BigInt(value), uint64)] as const;
    return [name, build.string(value)] as const;
  });
  return build.record(fields);
}

export const introspectionRows: readonly Builtin[] = [
  typeTest("is_str", "a string", ({ kind }) => kind === "string"),
  typeTest("is_ptr", "a pointer", ({ kind }) => kind === "pointer"),
  typeTest("is_array", "an array", ({ kind }) => kind === "array"),
  typeTest("is_integer", "an integer", ({ kind }) => kind === "integer"),
  typeTest("is_unsigned_integer", "an unsigned integer", (type) => type.kind === "integer" && !type.signed),
  {
    name: "is_literal",
    aliases: ["__builtin_is_literal"],
    kind: "type-function",
    forms: [{ parameters: [value("value", anything)], returns: boolean }],
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "Whether a value is known while compiling.",
    docs: "True for literals and for what is computed from them.",
    examples: ["begin { print(is_literal(1 + 2)); }"],
    expand: ({ arguments: [subject], build }) => build.boolean(subject?.constant !== undefined),
  },
  {
    name: "config",
    aliases: ["__builtin_config"],
    kind: "value",
    forms: [{ parameters: [], returns: none, returnsText: "record" }],
    bare: true,
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "The settings this script runs with.",
    docs: "A record with one field for each setting, after the config block and the environment: `config.max_strlen`.",
    examples: ["begin { print(config.max_strlen); }"],
    expand: configRecord,
  },
  {
    name: "kfunc_exist",
    aliases: ["__builtin_kfunc_exist"],
    kind: "type-function",
    forms: [{ parameters: [literal("name", aString)], returns: boolean }],
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "Whether the kernel has a function that programs may call.",
    docs: "Looked up in the kernel's type information.",
    examples: ['begin { print(kfunc_exist("bpf_task_from_pid")); }'],
    expand: ({ arguments: [name], facts, build }) =>
      build.boolean(name?.constant?.kind === "string" && facts.findFunctions(name.constant.value).length > 0),
  },
  {
    name: "kfunc_allowed",
    aliases: ["__builtin_kfunc_allowed"],
    kind: "type-function",
    forms: [{ parameters: [literal("name", aString)], returns: boolean }],
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "Whether this probe's program may call a kernel function.",
    docs: "Functions are offered to some program types only. Tracing programs have most of them.",
    examples: ['begin { print(kfunc_allowed("bpf_task_from_pid")); }'],
    expand: ({ arguments: [name], facts, context, build }) =>
      build.boolean(
        name?.constant?.kind === "string" &&
          context.capabilities.has("tracing") &&
          facts.findFunctions(name.constant.value).length > 0,
      ),
  },
  {
    name: "elf_is_exe",
    aliases: ["__builtin_elf_is_exe"],
    kind: "value",
    forms: [{ parameters: [], returns: boolean }],
    bare: true,
    mode: "compile-time",
    needs: ["user-addresses"],
    since: "0.25",
    summary: "Whether the traced binary is loaded at fixed addresses.",
    docs: "False for shared objects and position-independent executables, whose addresses are known only at run time.",
    examples: ["uprobe:/bin/sh:main { print(elf_is_exe); }"],
    expand: ({ build, binary }) => build.boolean(binary !== undefined && !binary.positionIndependent),
  },
  {
    name: "safe_mode",
    aliases: ["__builtin_safe_mode"],
    kind: "value",
    forms: [{ parameters: [], returns: boolean }],
    bare: true,
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "Whether unsafe functions are refused.",
    docs: "False when the script runs with `--unsafe`.",
    examples: ["begin { print(__builtin_safe_mode); }"],
    expand: ({ options, build }) => build.boolean(!options.unsafe),
  },
  {
    name: "arch",
    aliases: ["__builtin_arch"],
    kind: "value",
    forms: [{ parameters: [], returns: none, returnsText: "string" }],
    bare: true,
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "The architecture the program is compiled for.",
    docs: "`x86_64` or `arm64`.",
    examples: ["begin { print(__builtin_arch); }"],
    expand: ({ facts, build }) => build.string(facts.architecture),
  },
  {
    name: "signal_num",
    aliases: ["__builtin_signal_num"],
    kind: "type-function",
    forms: [{ parameters: [literal("name", aString)], returns: uint64 }],
    mode: "compile-time",
    needs: [],
    since: "0.25",
    summary: "Number of a signal, by name.",
    docs: "0 when there is no such signal.",
    examples: ['begin { print(__builtin_signal_num("SIGKILL")); }'],
    expand: ({ arguments: [name], build }) =>
      build.integer(
        BigInt((name?.constant?.kind === "string" ? signalNumber(name.constant.value) : undefined) ?? 0),
        uint64,
      ),
  },
];
