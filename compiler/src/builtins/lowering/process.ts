/** Lowering of what is known about the current task. */

import { constant, type IrOperand } from "../../ir/ir.ts";
import { getProbeType } from "../../probes/catalog.ts";
import {
  inMemory,
  scalar,
  type Emitter,
  type LoweringRow,
  type Memory,
  type TaskLayout,
} from "../../ir/emitter.ts";

/** Inode of the first pid namespace. Source: PROC_PID_INIT_INO, include/linux/proc_ns.h. */
const INIT_PID_NAMESPACE = 0xeffffffcn;
const NAMESPACE_IDS_BYTES = 8;
/** Source: TASK_COMM_LEN, include/linux/sched.h. */
const COMM_BYTES = 16;
const EACH_BYTE = 0x0101010101010101n;
const EACH_TOP_BIT = 0x8080808080808080n;

export const processLowerings = {
  pid: scalar((emitter, { detail }) => shownId(emitter, "pid", usesInit(detail))),
  tid: scalar((emitter, { detail }) => shownId(emitter, "tid", usesInit(detail))),
  comm: inMemory((emitter, _call, into) => {
    if (emitter.task !== undefined) commOfTask(emitter, emitter.task, into);
    else emitter.build.helper("get_current_comm", [into.pointer, constant("i32", COMM_BYTES)]);
  }),
  uid: scalar((emitter) => owner(emitter).user()),
  gid: scalar((emitter) => owner(emitter).group()),
  username: scalar((emitter) => owner(emitter).user()),
  curtask: scalar(({ build }) => build.once("curtask", () => build.helper("get_current_task", []))),
  cgroup: scalar(({ build }) => build.helper("get_current_cgroup_id", [])),
  cpu: scalar(({ build }) => build.once("cpu", () => build.helper("get_smp_processor_id", []))),
  numaid: scalar(({ build }) => build.helper("get_numa_node_id", [])),
  ncpus: scalar((emitter) => emitter.patched({ kind: "cpu-count" })),
  cpid: scalar((emitter) => emitter.patched({ kind: "child-pid" })),
  has_cpid: scalar((emitter) => emitter.build.isNotZero(emitter.patched({ kind: "child-pid" }))),
  rand: scalar(({ build }) =>
    build.binary("and", build.helper("get_prandom_u32", []), constant("i64", 0xffffffffn)),
  ),
} satisfies Readonly<Record<string, LoweringRow>>;

function usesInit(detail: { readonly kind: string; readonly namespace?: string }): boolean {
  return detail.kind === "pid-namespace" && detail.namespace === "init";
}

/** The ids of the task's user and group, which one helper returns in two halves. */
function owner(emitter: Emitter): Readonly<Record<"user" | "group", () => IrOperand>> {
  const { build } = emitter;
  const both = build.once("uid_gid", () => build.helper("get_current_uid_gid", []));
  return {
    user: () => build.binary("and", both, constant("i64", 0xffffffffn)),
    group: () => build.binary("lshr", both, constant("i64", 32n)),
  };
}

/** The id of the process whose stack or addresses are meant, as the runtime sees it. */
export function pidOf(emitter: Emitter): IrOperand {
  return pidOrTid(emitter, "pid", false);
}

/**
 * Programs that the tool itself runs are run by its loader, of which nobody knows: people see, and signal, the process that
 * they started. Its number in the first namespace is known only where that is the runtime's own.
 */
function shownId(emitter: Emitter, which: "pid" | "tid", init: boolean): IrOperand {
  const { build, probe } = emitter;
  if (probe === undefined || getProbeType(probe.probeType).attachOrder !== "none")
    return pidOrTid(emitter, which, init);
  const tool = build.resize(emitter.patched({ kind: "tool-pid" }), "i32", false);
  if (!init) return tool;
  return build.select(inFirstNamespace(emitter), tool, initId(emitter, which));
}

/** The numbers that people see in the runtime's own pid namespace. */
function pidOrTid(emitter: Emitter, which: "pid" | "tid", init: boolean): IrOperand {
  const { build } = emitter;
  if (init) return initId(emitter, which);
  return build.once(`${which} here`, () => namespaceId(emitter, which));
}

/** In the first namespace. The task's own words are `tgid` for a process and `pid` for a thread. */
function initId(emitter: Emitter, which: "pid" | "tid"): IrOperand {
  const { build, task } = emitter;
  if (task !== undefined) {
    return build.load("i32", build.offset(currentTask(emitter), which === "pid" ? task.tgid : task.pid), 4);
  }
  const both = build.once("pid_tgid", () => build.helper("get_current_pid_tgid", []));
  return half(emitter, which, both);
}

function half({ build }: Emitter, which: "pid" | "tid", both: IrOperand): IrOperand {
  return build.resize(
    which === "pid" ? build.binary("lshr", both, constant("i64", 32n)) : both,
    "i32",
    false,
  );
}

function currentTask({ build }: Emitter): IrOperand {
  return build.once("task", () => build.helper("get_current_task_btf", []));
}

/** In the first namespace the task itself says it; in another one a helper does, both ids at once. */
function namespaceId(emitter: Emitter, which: "pid" | "tid"): IrOperand {
  const { build } = emitter;
  const both = build.once("ids here", () => namespaceIds(emitter));
  if (emitter.task === undefined) return half(emitter, which, both);
  currentTask(emitter);
  const result = build.local(which, "i32");
  build.either(
    inFirstNamespace(emitter),
    () => {
      build.write(result, initId(emitter, which));
    },
    () => {
      build.write(result, half(emitter, which, both));
    },
  );
  return build.read(result);
}

/** Known when the object is loaded, so one of the two ways is never there. */
function inFirstNamespace(emitter: Emitter): IrOperand {
  const { build } = emitter;
  const inode = emitter.patched({ kind: "pid-namespace-inode" });
  return build.binary(
    "or",
    build.compare("eq", inode, constant("i64", INIT_PID_NAMESPACE)),
    build.isZero(inode),
  );
}

/** Process in the upper half, thread in the lower; 0 where the task says it. */
function namespaceIds(emitter: Emitter): IrOperand {
  const { build } = emitter;
  const result = build.local("ids", "i64");
  build.either(
    inFirstNamespace(emitter),
    () => {
      const zero = constant("i64", 0n);
      build.write(result, emitter.task === undefined ? build.helper("get_current_pid_tgid", []) : zero);
    },
    () => {
      const inode = emitter.patched({ kind: "pid-namespace-inode" });
      const device = emitter.patched({ kind: "pid-namespace-device" });
      const ids = emitter.temporary("pid and tid", NAMESPACE_IDS_BYTES, 8);
      build.helper("get_ns_current_pid_tgid", [
        device,
        inode,
        ids.pointer,
        constant("i32", NAMESPACE_IDS_BYTES),
      ]);
      // {u32 thread, u32 process}; cleared when the task is in another namespace.
      build.write(result, build.load("i64", ids.pointer, 8));
    },
  );
  return build.read(result);
}

/**
 * The name read from the task itself: the helper costs ten times as much. Older kernels leave bytes of a longer name behind
 * the NUL, which would make the same name another key.
 */
function commOfTask(emitter: Emitter, task: TaskLayout, into: Memory): void {
  const { build } = emitter;
  const name = build.offset(currentTask(emitter), task.comm);
  const first = build.load("i64", name, 8);
  const second = build.load("i64", build.offset(name, 8), 8);
  const ended = zeroBytes(emitter, first);
  const kept = build.select(
    build.isZero(ended),
    build.binary("and", second, beforeFirst(emitter, zeroBytes(emitter, second))),
    constant("i64", 0n),
  );
  const align = Math.min(into.align, 8);
  build.store(into.pointer, build.binary("and", first, beforeFirst(emitter, ended)), align);
  build.store(build.offset(into.pointer, 8), kept, align);
}

/** A number with bits in the top of zero bytes; the lowest of them is exact. */
function zeroBytes({ build }: Emitter, word: IrOperand): IrOperand {
  const borrowed = build.binary("sub", word, constant("i64", EACH_BYTE));
  const inverted = build.binary("xor", word, constant("i64", -1n));
  return build.binary("and", build.binary("and", borrowed, inverted), constant("i64", EACH_TOP_BIT));
}

/** All bits below the lowest that is set; all bits when none is. */
function beforeFirst({ build }: Emitter, marks: IrOperand): IrOperand {
  const lowest = build.binary("and", marks, build.binary("sub", constant("i64", 0n), marks));
  return build.binary("sub", lowest, constant("i64", 1n));
}
