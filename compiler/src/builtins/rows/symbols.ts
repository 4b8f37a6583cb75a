/** Symbols: addresses to names and names to addresses. */

import { symbolAddressHidden, symbolNotFound } from "../../diagnostics/catalog/calls.ts";
import { pointer, uint64, integer, type IntegerSize } from "../../types/type.ts";
import { anAddress, anInteger, aString } from "../accepts.ts";
import { literal, optional, value, type Builtin } from "../builtin.ts";
import type { CallDetail } from "../../core/core.ts";
import type { Argument, CallSite } from "../call-site.ts";

const USER_SYMBOL = /^[A-Za-z0-9./_-]+$/;

function textOf(argument: Argument | undefined): string {
  return argument?.constant?.kind === "string" ? argument.constant.value : "";
}

function symbolRow(name: "ksym" | "usym", where: string): Builtin {
  return {
    name,
    kind: "function",
    forms: [
      {
        parameters: [value("address", anAddress)],
        returns: { kind: name === "ksym" ? "kernel-symbol" : "user-symbol" },
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: `Name of the ${where} function at an address.`,
    docs: "The address is kept, and resolved when the value is printed. An unknown address prints as a number.",
    examples: [`kprobe:f { print(${name}(reg("ip"))); }`],
  };
}

function checkKaddr({ arguments: [symbol], facts, report }: CallSite): void {
  if (symbol === undefined || facts.source !== "live") return;
  const name = textOf(symbol);
  const address = facts.kernelSymbol(name);
  if (address === undefined) report(symbolNotFound(symbol.place, { name, where: "/proc/kallsyms" }));
  else if (address === "hidden") report(symbolAddressHidden(symbol.place, { name }));
}

/** 0 where nobody knows addresses; undefined when it is hidden. */
function addressOf(name: string, { facts }: CallSite): bigint | undefined {
  const address = facts.kernelSymbol(name);
  if (address === "hidden") return undefined;
  return typeof address === "bigint" ? address : 0n;
}

/** The kernel's table of how far the variables of each CPU are from where their symbols are. Source: mm/percpu.c. */
const PER_CPU_DISTANCES = "__per_cpu_offset";

function checkPerCpuKaddr(call: CallSite): void {
  const {
    arguments: [symbol],
    facts,
    report,
  } = call;
  if (symbol === undefined || facts.source === "none") return;
  const name = textOf(symbol);
  if (facts.isKernelVariable(name) === undefined) {
    report(symbolNotFound(symbol.place, { name, where: "the kernel's per-CPU variables" }));
  } else if (facts.source === "live" && facts.kernelSymbol(PER_CPU_DISTANCES) === undefined) {
    report(symbolNotFound(symbol.place, { name: PER_CPU_DISTANCES, where: "/proc/kallsyms" }));
  } else {
    checkKaddr(call);
  }
}

function perCpuDetail(call: CallSite): CallDetail | undefined {
  const address = addressOf(textOf(call.arguments[0]), call);
  const distances = addressOf(PER_CPU_DISTANCES, call);
  if (address === undefined || distances === undefined) return undefined;
  return { kind: "per-cpu-symbol", address, distances };
}

/** The type that a user symbol's size suggests. */
function uaddrType({ userSymbol, arguments: [symbol] }: CallSite): ReturnType<typeof pointer> {
  const size = userSymbol(textOf(symbol))?.size;
  const known = ([1, 2, 4, 8] as const).find((each) => each === size);
  const width: IntegerSize = known ?? 8;
  return pointer(integer(width, false), "user");
}

function userSymbolDetail({ arguments: [symbol], userSymbol, binary }: CallSite): CallDetail {
  const address = userSymbol(textOf(symbol))?.address ?? 0n;
  if (binary?.positionIndependent !== true) return { kind: "user-symbol", address, codeDistance: undefined };
  // One segment holds all code.
  const code = binary.symbols.find((each) => each.kind === "function" && each.size > 0);
  const offset = code === undefined ? undefined : binary.fileOffset(code.address);
  const codeDistance = code === undefined || offset === undefined ? 0n : code.address - offset;
  return { kind: "user-symbol", address, codeDistance };
}

export const symbolRows: readonly Builtin[] = [
  symbolRow("ksym", "kernel"),
  symbolRow("usym", "user"),
  {
    name: "kaddr",
    kind: "function",
    space: "kernel",
    forms: [{ parameters: [literal("symbol", aString)], returns: uint64 }],
    mode: "compile-time",
    needs: [],
    since: "0.1",
    summary: "Address of a kernel symbol.",
    docs: "Looked up in the running kernel before the program is loaded.",
    examples: ['interval:s:1 { print(*(uint64 *)kaddr("jiffies")); }'],
    check: checkKaddr,
    detail: (call) => {
      const address = addressOf(textOf(call.arguments[0]), call);
      return address === undefined ? undefined : { kind: "text", text: address.toString() };
    },
  },
  {
    name: "uaddr",
    aliases: ["__builtin_uaddr"],
    kind: "function",
    forms: [{ parameters: [literal("symbol", aString)], returns: uaddrType, returnsText: "pointer" }],
    mode: "in-kernel",
    needs: ["user-addresses"],
    since: "0.1",
    summary: "Address of a symbol of the traced program.",
    docs: "A pointer to an integer as wide as the symbol. The address in the file is moved by where the running process has loaded it.",
    examples: ['uprobe:/bin/sh:main { print(*uaddr("optind")); }'],
    check: ({ arguments: [symbol], userSymbol, binary, report }) => {
      const name = textOf(symbol);
      if (symbol === undefined) return;
      const unreadable = !USER_SYMBOL.test(name);
      if (unreadable || (binary !== undefined && userSymbol(name) === undefined)) {
        report(symbolNotFound(symbol.place, { name, where: "the traced program" }));
      }
    },
    detail: userSymbolDetail,
  },
  {
    name: "percpu_kaddr",
    kind: "function",
    space: "kernel",
    forms: [{ parameters: [literal("symbol", aString), optional(value("cpu", anInteger))], returns: uint64 }],
    mode: "in-kernel",
    needs: [],
    since: "0.22",
    summary: "Address of a per-CPU kernel variable, on this CPU or another.",
    docs: "The variable must be in the kernel's type information and in /proc/kallsyms, where kernels built without CONFIG_KALLSYMS_ALL have functions only. For a CPU that does not exist the address is 0.",
    examples: ['interval:s:1 { print(*(uint64 *)percpu_kaddr("process_counts")); }'],
    check: checkPerCpuKaddr,
    detail: perCpuDetail,
  },
  {
    name: "cgroupid",
    kind: "function",
    forms: [{ parameters: [literal("path", aString)], returns: uint64 }],
    mode: "compile-time",
    needs: [],
    since: "0.5",
    summary: "Id of a cgroup, by its directory.",
    docs: "Looked up while compiling, to compare with `cgroup`.",
    examples: [
      'tracepoint:syscalls:sys_enter_openat /cgroup == cgroupid("/sys/fs/cgroup/system.slice")/ { print(comm); }',
    ],
    check: ({ arguments: [path], facts, report }) => {
      if (path === undefined || facts.source !== "live") return;
      if (facts.cgroupId(textOf(path)) === undefined) {
        report(symbolNotFound(path.place, { name: textOf(path), where: "the cgroup file system" }));
      }
    },
    detail: ({ arguments: [path], facts }) => {
      const id = facts.cgroupId(textOf(path));
      return { kind: "text", text: typeof id === "bigint" ? id.toString() : "0" };
    },
  },
  {
    name: "cgroup_path",
    kind: "function",
    forms: [
      {
        parameters: [value("id", anInteger), optional(literal("filter", aString))],
        returns: { kind: "cgroup-path" },
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.17",
    summary: "Path of a cgroup, found when it is printed.",
    docs: "Printed as `hierarchy:path`; the filter is a pattern for the hierarchies to show.",
    examples: ["tracepoint:syscalls:sys_enter_openat { print(cgroup_path(cgroup)); }"],
  },
];
