/** Who is running: ids, names, the task itself, the CPU it is on. */

import type { CoreExpression } from "../../core/core.ts";
import { childPresenceDiffers, noCommand } from "../../diagnostics/catalog/lints.ts";
import { boolean, int32, pointer, string, struct, uint32, uint64, type Type } from "../../types/type.ts";
import { aName, anInteger, aTask } from "../accepts.ts";
import { value, word, type Builtin, type Form } from "../builtin.ts";
import type { CallSite } from "../call-site.ts";

const TASK: Type = pointer(struct("struct task_struct"), "kernel");
const COMM_BYTES = 16;
/** Room for names that other processes may have given themselves. */
const PROCESS_NAME_BYTES = 64;

const none: Form["parameters"] = [];
const namespaces = ["curr_ns", "init"];

/** A row without parameters whose value is computed by its lowering. */
function plain(
  row: Pick<Builtin, "name" | "since" | "summary" | "docs" | "examples" | "check"> & {
    readonly returns: Type;
  },
): Builtin {
  const { returns, ...rest } = row;
  return {
    ...rest,
    aliases: [`__builtin_${row.name}`],
    kind: "value",
    forms: [{ parameters: none, returns }],
    bare: true,
    mode: "in-kernel",
    needs: [],
  };
}

function idRow(name: "pid" | "tid", what: string): Builtin {
  return {
    name,
    kind: "value",
    forms: [
      { parameters: none, returns: uint32 },
      { parameters: [word("namespace", aName, namespaces)], returns: uint32 },
    ],
    bare: true,
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: `The ${what} as numbered in this tool's own pid namespace.`,
    docs: `\`${name}(init)\` gives the number in the first namespace, as the host sees it. Inside a container the two differ. In \`begin\`, \`end\` and \`self\` probes it is that of the tool itself, as \`ps\` shows it.`,
    examples: [
      `tracepoint:syscalls:sys_enter_openat { @[${name}] = count(); }`,
      `interval:s:1 { print((${name}, ${name}(init))); }`,
    ],
    detail: ({ arguments: [namespace] }) => ({
      kind: "pid-namespace",
      namespace: namespace?.word === "init" ? "init" : "current",
    }),
  };
}

/** The task in question: an argument, or the current one. */
function taskOf({ arguments: [task], build }: CallSite): CoreExpression {
  return task?.expression ?? build.call("curtask", TASK);
}

function ofTask(name: string, what: string, returns: Type, path: readonly string[]): Builtin {
  return {
    name,
    kind: "value",
    forms: [
      { parameters: none, returns },
      { parameters: [value("task", aTask)], returns },
    ],
    bare: true,
    mode: "in-kernel",
    needs: [],
    since: "0.24",
    summary: `${what} of the current task, or of the task given.`,
    docs: `Follows \`${path.join("->")}\` from the task. Needs the kernel's type information.`,
    examples: [`tracepoint:sched:sched_process_exec { print(${name}); }`],
    expand: (call) => {
      let at = taskOf(call);
      for (const step of path) at = call.build.field(at, step);
      return at;
    },
  };
}

export const processRows: readonly Builtin[] = [
  idRow("pid", "process id"),
  idRow("tid", "thread id"),
  {
    name: "comm",
    aliases: ["__builtin_comm"],
    kind: "value",
    forms: [
      { parameters: none, returns: string(COMM_BYTES) },
      { parameters: [value("pid", anInteger)], returns: string(PROCESS_NAME_BYTES) },
    ],
    bare: true,
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "Name of the current thread, or of the process with the given id.",
    docs: "The kernel keeps 15 characters. A thread's name starts as that of its program and can be changed by it.",
    examples: ["tracepoint:syscalls:sys_enter_openat { @[comm] = count(); }"],
    // Looking up another process is a kernel function that only some programs may call.
    available: ({ arguments: args, needs }) => args.length === 0 || needs("tracing"),
    expand: ({ arguments: [pid], build }) =>
      pid === undefined
        ? build.call("comm", string(COMM_BYTES))
        : build.call("process_name", string(PROCESS_NAME_BYTES), [pid.expression]),
  },
  plain({
    name: "uid",
    returns: uint64,
    since: "0.1",
    summary: "User id of the current process, in the first user namespace.",
    docs: "To print the user's name use `username`.",
    examples: ["tracepoint:syscalls:sys_enter_execve /uid == 0/ { print(comm); }"],
  }),
  plain({
    name: "gid",
    returns: uint64,
    since: "0.1",
    summary: "Group id of the current process, in the first user namespace.",
    docs: "The real group id, not the effective one.",
    examples: ["tracepoint:syscalls:sys_enter_execve { @[gid] = count(); }"],
  }),
  plain({
    name: "username",
    returns: { kind: "username" },
    since: "0.7",
    summary: "Name of the current user, looked up when it is printed.",
    docs: "The program keeps the user id; the password file is read by the tool. A user without entry prints as nothing.",
    examples: ['tracepoint:syscalls:sys_enter_execve { printf("%s %s\\n", username, comm); }'],
  }),
  plain({
    name: "curtask",
    returns: TASK,
    since: "0.5",
    summary: "The current `struct task_struct`.",
    docs: "A pointer to kernel memory; fields are read with `.`: `curtask.start_time`.",
    examples: ["interval:s:1 { print(curtask); }"],
  }),
  plain({
    name: "cgroup",
    returns: uint64,
    since: "0.5",
    summary: "Id of the current task's cgroup (version 2).",
    docs: '`cgroup_path(cgroup)` prints its path, and `cgroupid("/sys/fs/cgroup/…")` gives an id to compare with.',
    examples: ["tracepoint:syscalls:sys_enter_openat { @[cgroup] = count(); }"],
  }),
  plain({
    name: "cpu",
    returns: uint64,
    since: "0.1",
    summary: "Number of the CPU the program runs on.",
    docs: "Counts from 0. Programs are not moved to another CPU while they run.",
    examples: ["profile:hz:99 { @[cpu] = count(); }"],
  }),
  plain({
    name: "ncpus",
    returns: uint64,
    since: "0.22",
    summary: "How many CPUs there can be.",
    docs: "The number of possible CPUs, which may be more than are online. Known before the program is loaded.",
    examples: ["begin { print(ncpus); }"],
  }),
  plain({
    name: "numaid",
    returns: uint64,
    since: "0.15",
    summary: "The NUMA node the program runs on.",
    docs: "0 on machines with uniform memory.",
    examples: ["profile:hz:99 { @[numaid] = count(); }"],
  }),
  plain({
    name: "cpid",
    returns: uint64,
    since: "0.6",
    summary: "Process id of the command started with `-c`.",
    docs: "0 when no command was given.",
    examples: ["tracepoint:syscalls:sys_enter_write /pid == cpid/ { @ = count(); }"],
    check: ({ build, options, place, report }) => {
      if (options.command === false) report(noCommand(build.callee ?? place, {}));
    },
  }),
  plain({
    name: "has_cpid",
    returns: boolean,
    since: "0.24",
    summary: "Whether a command was started with `-c`.",
    docs: "True when there is such a child. Stock bpftrace answers the opposite.",
    examples: ["begin { if (has_cpid) { print(cpid); } }"],
    check: ({ build, place, report }) => {
      report(childPresenceDiffers(build.callee ?? place, {}));
    },
  }),
  plain({
    name: "rand",
    returns: uint64,
    since: "0.1",
    summary: "A random number of 32 bits.",
    docs: "From the kernel's own generator; not for secrets.",
    examples: ["profile:hz:99 /rand % 10 == 0/ { @[comm] = count(); }"],
  }),
  ofTask("ppid", "Process id of the parent", int32, ["real_parent", "tgid"]),
  ofTask("pcomm", "Name of the parent", string(COMM_BYTES), ["real_parent", "comm"]),
  ofTask("leader_tid", "Thread id of the group's leader", int32, ["group_leader", "pid"]),
  ofTask("leader_comm", "Name of the thread group's leader", string(COMM_BYTES), ["group_leader", "comm"]),
  {
    name: "usermode",
    aliases: ["__builtin_usermode"],
    kind: "value",
    forms: [{ parameters: none, returns: { kind: "integer", size: 1, signed: false } }],
    bare: true,
    mode: "in-kernel",
    needs: ["registers"],
    usesContext: true,
    since: "0.23",
    summary: "1 when the CPU was in user mode, else 0.",
    docs: "From the privilege bits of the code segment, so only on x86_64.",
    examples: ["profile:hz:99 { @[usermode] = count(); }"],
  },
];
