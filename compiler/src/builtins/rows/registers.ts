/** What comes with the probe: arguments, return value, registers, its name. */

import {
  argumentNumber,
  noTypedArguments,
  tracepointContext,
  unreadableArgument,
  unknownRegister,
} from "../../diagnostics/catalog/calls.ts";
import { outsideProbe } from "../../diagnostics/catalog/names.ts";
import { nearest } from "../../base/nearest.ts";
import { none, string, uint64 } from "../../types/type.ts";
import { aString } from "../accepts.ts";
import { literal, type Builtin } from "../builtin.ts";
import type { ProgramContext } from "../call-site.ts";
import { registerFiles } from "../lowering/registers.ts";

/** Which probes of the same function have its arguments by name. */
function typedHints({ probeTypeName }: ProgramContext): readonly string[] {
  if (probeTypeName === "kprobe")
    return ["a 'fentry' of the function has them by name; here they are arg0, arg1, …"];
  if (probeTypeName === "kretprobe") return ["a 'fexit' of the function has them by name"];
  return [];
}

export const registerRows: readonly Builtin[] = [
  {
    name: "args",
    kind: "value",
    forms: [{ parameters: [], returns: ({ context }) => context.argsType ?? none, returnsText: "struct" }],
    bare: true,
    mode: "in-kernel",
    needs: [],
    usesContext: true,
    probeOnly: true,
    since: "0.1",
    summary: "The traced event's arguments, with their names and types.",
    docs: "In tracepoints the fields of the event, in fentry, fexit and rawtracepoint the function's parameters, in uprobes the parameters from debug information. `args.name` reads one, `print(args)` shows all.",
    examples: ['tracepoint:syscalls:sys_enter_openat { printf("%s\\n", str(args.filename)); }'],
    available: ({ context, place, report, name }) => {
      if (context.probeType === undefined) report(outsideProbe(place, { name }));
      else if (context.argsReason !== undefined)
        report(noTypedArguments(place, { reason: context.argsReason }, { hints: typedHints(context) }));
      else return true;
      return false;
    },
  },
  {
    name: "argN",
    kind: "value",
    forms: [{ parameters: [], returns: uint64 }],
    bare: true,
    mode: "in-kernel",
    needs: ["argument-registers"],
    usesContext: true,
    since: "0.1",
    summary: "One argument of the traced function, by number: `arg0`, `arg1`, …",
    docs: "The raw content of the register that carries the argument. Cast it: `((struct file *)arg0)->f_inode`.",
    examples: ["kprobe:vfs_read { @ = hist(arg2); }"],
    available: ({ context, place, report, name }) => {
      const index = Number(name.slice("arg".length));
      const where = context.unreadableArguments?.get(index);
      if (index < context.argumentCount && where === undefined) return true;
      if (where !== undefined) report(unreadableArgument(place, { name, where }));
      else
        report(argumentNumber(place, { name, count: context.argumentCount, probe: context.probeType ?? "" }));
      return false;
    },
    detail: ({ name }) => ({ kind: "argument", index: Number(name.slice("arg".length)) }),
  },
  {
    name: "retval",
    aliases: ["__builtin_retval"],
    kind: "value",
    forms: [{ parameters: [], returns: ({ context }) => context.returnType ?? none, returnsText: "value" }],
    bare: true,
    mode: "in-kernel",
    needs: ["return-value"],
    usesContext: true,
    since: "0.1",
    summary: "What the traced function returns.",
    docs: "A 64-bit number in kretprobe and uretprobe, so cast it to the function's own type where that is smaller; typed in fexit.",
    examples: ["kretprobe:vfs_read { @ = hist((int64)retval); }"],
    detail: ({ context: { resultSlot } }) =>
      resultSlot === undefined ? { kind: "none" } : { kind: "argument", index: resultSlot },
  },
  {
    name: "ctx",
    kind: "value",
    forms: [
      { parameters: [], returns: ({ context }) => context.contextType ?? none, returnsText: "pointer" },
    ],
    bare: true,
    mode: "in-kernel",
    needs: [],
    usesContext: true,
    probeOnly: true,
    since: "0.1",
    summary: "The program's raw context.",
    docs: "A pointer to `struct pt_regs` in kprobes and uprobes, to the perf event's data in profile and its like, and to the iterator's own struct in iter probes.",
    examples: ["kprobe:f { print(((struct pt_regs *)ctx)->ip); }"],
    available: ({ context, place, report, name, needs }) => {
      if (context.probeType === "tracepoint") report(tracepointContext(place, {}));
      else if (context.probeType === undefined) report(outsideProbe(place, { name }));
      else return needs("context");
      return false;
    },
  },
  {
    name: "func",
    aliases: ["__builtin_func"],
    kind: "value",
    forms: [
      {
        parameters: [],
        returns: ({ context }) => ({ kind: context.space === "user" ? "user-symbol" : "kernel-symbol" }),
        returnsText: "symbol",
      },
    ],
    bare: true,
    mode: "in-kernel",
    needs: ["function-name"],
    usesContext: true,
    since: "0.1",
    summary: "The function that is traced.",
    docs: "Resolved to a name when it is printed. Useful where one probe has several targets.",
    examples: ["kprobe:vfs_read,kprobe:vfs_write { @[func] = count(); }"],
    available: ({ context, needsFeature }) =>
      context.probeType === "kprobe" || context.probeType === "uprobe" || needsFeature("get_func_ip"),
    expand: ({ context, build }) =>
      context.space === "user"
        ? build.call("func", { kind: "user-symbol" })
        : build.call("func", { kind: "kernel-symbol" }),
  },
  {
    name: "reg",
    kind: "function",
    forms: [{ parameters: [literal("name", aString)], returns: uint64 }],
    mode: "in-kernel",
    needs: ["registers"],
    usesContext: true,
    since: "0.3",
    summary: "A CPU register at the time of the event.",
    docs: "Named as in the kernel's `struct pt_regs`: on x86_64 `ip sp bp ax bx cx dx si di r8` to `r15`, `flags`, `cs`, `ss`, `orig_rax`.",
    examples: ['kprobe:f { print(reg("sp")); }'],
    check: ({ arguments: [register], facts, report }) => {
      const file = registerFiles[facts.architecture];
      if (register?.constant?.kind !== "string" || register.constant.value in file.offsets) return;
      const { value: name } = register.constant;
      const near = nearest(name, Object.keys(file.offsets));
      report(unknownRegister(register.place, { name, architecture: facts.architecture, nearest: near }));
    },
    detail: ({ arguments: [register] }) => ({
      kind: "register",
      name: register?.constant?.kind === "string" ? register.constant.value : "",
    }),
  },
  {
    name: "probe",
    aliases: ["__builtin_probe"],
    kind: "value",
    forms: [
      {
        parameters: [],
        returns: ({ context }) => string(context.probeName.length + 1),
        returnsText: "string",
      },
    ],
    bare: true,
    mode: "compile-time",
    needs: [],
    probeOnly: true,
    since: "0.5",
    summary: "Full name of the probe.",
    docs: "A constant of each program, so every target of a probe that uses it becomes a program of its own.",
    examples: ["kprobe:vfs_read,kprobe:vfs_write { @[probe] = count(); }"],
    expand: ({ context, build }) => build.string(context.probeName),
  },
  {
    name: "probetype",
    aliases: ["__builtin_probetype"],
    kind: "value",
    forms: [
      {
        parameters: [],
        returns: ({ context }) => string(context.probeTypeName.length + 1),
        returnsText: "string",
      },
    ],
    bare: true,
    mode: "compile-time",
    needs: [],
    probeOnly: true,
    since: "0.24",
    summary: "Type of the probe, e.g. `kprobe`.",
    docs: "`special` for begin, end and self, `benchmark` for bench.",
    examples: ["begin { print(probetype); }"],
    expand: ({ context, build }) => build.string(context.probeTypeName),
  },
];
