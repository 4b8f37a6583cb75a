/** Where the kernel keeps a task's name and ids, for programs that may look there themselves. */

import type { CoreProgram } from "../../core/core.ts";
import type { TaskLayout } from "../../ir/emitter.ts";
import { sizeOf } from "../../types/layout.ts";
import type { CodegenEnvironment } from "./environment.ts";

/** Source: TASK_COMM_LEN, include/linux/sched.h. */
const COMM_BYTES = 16;
const ID_BYTES = 4;

/** Programs of network hooks, as which tests and benchmarks run, may not ask for the task. */
const withoutTask: ReadonlySet<string> = new Set(["test", "bench"]);

/** @returns undefined when the kernel's types are not known to be as expected */
export function findTaskLayout(
  { probes, structs }: CoreProgram,
  { hasFeature }: CodegenEnvironment,
): TaskLayout | undefined {
  const definition = structs.findStruct("struct task_struct");
  const usable = hasFeature("btf") === true && probes.every(({ probeType }) => !withoutTask.has(probeType));
  if (!usable || definition?.origin !== "kernel") return undefined;
  const offsetOf = (name: string, size: number): number | undefined => {
    const field = definition.fields.find((candidate) => candidate.name === name);
    return field !== undefined && sizeOf(field.type, structs) === size ? field.offset : undefined;
  };
  const [comm, pid, tgid] = [
    offsetOf("comm", COMM_BYTES),
    offsetOf("pid", ID_BYTES),
    offsetOf("tgid", ID_BYTES),
  ];
  return comm === undefined || pid === undefined || tgid === undefined ? undefined : { comm, pid, tgid };
}
