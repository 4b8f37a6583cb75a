/** Lowering of what is known about the current task. */

import { constant, type IrOperand } from "../../ir/ir.ts";
import { inMemory, scalar, type Emitter, type LoweringRow } from "../../ir/emitter.ts";

/** Inode of the first pid namespace. Source: PROC_PID_INIT_INO, include/linux/proc_ns.h. */
const INIT_PID_NAMESPACE = 0xeffffffcn;
const NAMESPACE_IDS_BYTES = 8;

export const processLowerings = {
  pid: scalar((emitter, { detail }) => pidOrTid(emitter, "pid", usesInit(detail))),
  tid: scalar((emitter, { detail }) => pidOrTid(emitter, "tid", usesInit(detail))),
  comm: inMemory((emitter, _call, into) => {
    emitter.build.helper("get_current_comm", [into.pointer, constant("i32", 16)]);
  }),
  uid: scalar((emitter) => lowHalf(emitter, "uid_gid", "get_current_uid_gid")),
  gid: scalar((emitter) => highHalf(emitter, "uid_gid", "get_current_uid_gid")),
  username: scalar((emitter) => lowHalf(emitter, "uid_gid", "get_current_uid_gid")),
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

function lowHalf(
  emitter: Emitter,
  key: string,
  helper: "get_current_uid_gid" | "get_current_pid_tgid",
): IrOperand {
  const { build } = emitter;
  const both = build.once(key, () => build.helper(helper, []));
  return build.binary("and", both, constant("i64", 0xffffffffn));
}

function highHalf(
  emitter: Emitter,
  key: string,
  helper: "get_current_uid_gid" | "get_current_pid_tgid",
): IrOperand {
  const { build } = emitter;
  const both = build.once(key, () => build.helper(helper, []));
  return build.binary("lshr", both, constant("i64", 32n));
}

/** The numbers that people see in the runtime's own pid namespace. In the first one the cheap helper knows them. */
export function pidOf(emitter: Emitter): IrOperand {
  return pidOrTid(emitter, "pid", false);
}

function pidOrTid(emitter: Emitter, which: "pid" | "tid", init: boolean): IrOperand {
  const { build } = emitter;
  const both = build.once(init ? "pid_tgid" : "ns_pid_tgid", () =>
    init ? build.helper("get_current_pid_tgid", []) : namespacePidTgid(emitter),
  );
  const half = which === "pid" ? build.binary("lshr", both, constant("i64", 32n)) : both;
  return build.resize(half, "i32", false);
}

function namespacePidTgid(emitter: Emitter): IrOperand {
  const { build } = emitter;
  const inode = emitter.patched({ kind: "pid-namespace-inode" });
  const result = build.local("pid_tgid", "i64");
  const first = build.binary(
    "or",
    build.compare("eq", inode, constant("i64", INIT_PID_NAMESPACE)),
    build.isZero(inode),
  );
  build.either(
    first,
    () => {
      build.write(result, build.helper("get_current_pid_tgid", []));
    },
    () => {
      const device = emitter.patched({ kind: "pid-namespace-device" });
      const ids = emitter.temporary("pid and tid", NAMESPACE_IDS_BYTES, 8);
      build.helper("get_ns_current_pid_tgid", [
        device,
        inode,
        ids.pointer,
        constant("i32", NAMESPACE_IDS_BYTES),
      ]);
      // {u32 thread, u32 process}, in the order of the other helper; cleared when the task is in another namespace.
      build.write(result, build.load("i64", ids.pointer, 8));
    },
  );
  return build.read(result);
}
