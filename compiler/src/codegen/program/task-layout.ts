/** Where the kernel keeps a task's name and ids, for programs that may look there themselves. */

import type { CoreProgram } from "../../core/core.ts";
import type { TaskLayout } from "../../ir/emitter.ts";
import type { MemberPlace } from "../../kernel/facts.ts";
import type { StructTable } from "../../types/type.ts";
import { sizeOf } from "../../types/layout.ts";
import type { CodegenEnvironment } from "./environment.ts";

/** Source: TASK_COMM_LEN, include/linux/sched.h. */
const COMM_BYTES = 16;
const ID_BYTES = 4;

/** Programs of network hooks, as which tests and benchmarks run, may not ask for the task. */
const withoutTask: ReadonlySet<string> = new Set(["test", "bench"]);

const taskMembers = ["comm", "pid", "tgid"] as const;

/** @returns undefined when the kernel's types are not known to be as expected */
export function findTaskLayout(
  { probes, structs }: CoreProgram,
  { hasFeature, findMembers }: CodegenEnvironment,
): TaskLayout | undefined {
  if (probes.some(({ probeType }) => withoutTask.has(probeType))) return undefined;
  const known = findMembers?.("task_struct", taskMembers);
  if (known === undefined && hasFeature("btf") !== true) return undefined;
  const [comm, pid, tgid] = known ?? membersOfDefinition(structs);
  const isAsExpected = comm?.size === COMM_BYTES && pid?.size === ID_BYTES && tgid?.size === ID_BYTES;
  return isAsExpected ? { comm: comm.offset, pid: pid.offset, tgid: tgid.offset } : undefined;
}

function membersOfDefinition(structs: StructTable): readonly (MemberPlace | undefined)[] {
  const definition = structs.findStruct("struct task_struct");
  if (definition?.origin !== "kernel") return [];
  return taskMembers.map((name) => {
    const field = definition.fields.find((candidate) => candidate.name === name);
    return field === undefined ? undefined : { offset: field.offset, size: sizeOf(field.type, structs) };
  });
}
