/** Kernel and user stacks. */

import {
  kernelStackBuildId,
  kernelStackFallsBack,
  notSupported,
  stackLimit,
} from "../../diagnostics/catalog/calls.ts";
import type { StackMode, StackType } from "../../types/type.ts";
import { anInteger, aName } from "../accepts.ts";
import { literal, word, type Builtin, type Form } from "../builtin.ts";
import type { Argument, CallSite } from "../call-site.ts";

const DEFAULT_FRAMES = 127;
const MOST_FRAMES = 1024n;

const modes: readonly StackMode[] = ["bpftrace", "perf", "raw", "build_id"];

const modeParameter = word("mode", aName, modes);
const limitParameter = literal("limit", anInteger);

function limitOf(args: readonly Argument[]): bigint | undefined {
  const last = args.at(-1)?.constant;
  return last?.kind === "integer" ? last.value : undefined;
}

function stackType(user: boolean, { arguments: args, config }: CallSite): StackType {
  const written = modes.find((mode) => mode === args[0]?.word);
  const wanted = written ?? config.stackMode;
  // Build ids name user binaries; a kernel stack has addresses only.
  const mode = wanted === "build_id" && !user ? "raw" : wanted;
  const limit = limitOf(args);
  const frames = limit !== undefined && limit >= 1n && limit <= MOST_FRAMES ? Number(limit) : DEFAULT_FRAMES;
  return { kind: "stack", user, mode, limit: frames };
}

function checkStack(user: boolean, { arguments: args, config, place, report }: CallSite): void {
  const limit = limitOf(args);
  const [first] = args;
  if (limit !== undefined && (limit < 1n || limit > MOST_FRAMES)) {
    report(stackLimit(args.at(-1)?.place ?? place, { limit: limit.toString() }));
  }
  if (user) return;
  if (first?.word === "build_id") report(kernelStackBuildId(first.place, {}));
  if (first?.word === undefined && config.stackMode === "build_id") report(kernelStackFallsBack(place, {}));
}

function forms(user: boolean): readonly Form[] {
  const returns = (call: CallSite): StackType => stackType(user, call);
  const returnsText = user ? "ustack" : "kstack";
  return [
    { parameters: [], returns, returnsText },
    { parameters: [modeParameter], returns, returnsText },
    { parameters: [limitParameter], returns, returnsText },
    { parameters: [modeParameter, limitParameter], returns, returnsText },
  ];
}

function stackRow(name: "kstack" | "ustack", user: boolean): Builtin {
  return {
    name,
    kind: "value",
    forms: forms(user),
    bare: true,
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: user ? "The stack of the user program." : "The stack of the kernel.",
    docs: `Frames are resolved to names when the stack is printed. \`${name}(perf, 5)\` says how and how many: the modes are bpftrace, perf, raw and build_id (user stacks only), the limit is 127 unless given, at most 1024. ${user ? "Walks frame pointers, so programs built without them give short stacks." : "Starts at the traced function."}`,
    examples: [
      user ? "profile:hz:99 { @[ustack] = count(); }" : "kprobe:vfs_read { @[kstack] = count(); }",
      `profile:hz:99 { @[${name}(perf, 5)] = count(); }`,
    ],
    check: (call) => {
      checkStack(user, call);
    },
  };
}

export const stackRows: readonly Builtin[] = [
  stackRow("kstack", false),
  stackRow("ustack", true),
  {
    name: "dw_ustack",
    aliases: ["__builtin_dw_ustack"],
    kind: "value",
    forms: forms(true),
    bare: true,
    mode: "in-kernel",
    needs: [],
    requires: ["loop", "btf"],
    unstable: "dw_ustack",
    since: "0.25",
    summary: "The stack of the user program, for programs built without frame pointers.",
    docs: "As `ustack`, but the callers are found by the call frame information (`.eh_frame`) that compilers put into programs and libraries for exceptions: no frame pointers and no debug information are needed. On x86-64 only. The process is named with `-p`, `-c` or `--dwarf-pid`; its files are read before anything is attached, and again while it loads more. A stack ends early, and is counted, where nothing tells who called: in code that was made while the program runs, and in files without that information. With `build_id` each frame has its address only.",
    examples: [
      "profile:hz:99 { @[dw_ustack()] = count(); }",
      "uprobe:/bin/sh:main { @[dw_ustack(perf, 5)] = count(); }",
    ],
    check: (call) => {
      checkStack(true, call);
      const { facts, name, place, report } = call;
      if (facts.architecture !== "x86_64")
        report(notSupported(place, { name, reason: "it walks the stacks of x86-64 programs only" }));
    },
  },
];
