/** Which layouts of the kernel's types and tracepoints the code was made for: offsets are numbers in it. */

import type { CoreField, CoreProbe } from "../../core/core.ts";
import { walk, type CoreNode } from "../../core/walk.ts";
import type { KernelLayout } from "../../manifest/manifest.ts";
import { sizeOf } from "../../types/layout.ts";
import { layoutsOfMappings } from "./mapping-layout.ts";
import type { Program } from "./program.ts";

/** Fields of a task that the code of builtins reads. Source: `TaskLayout`. */
const taskFields = ["comm", "pid", "tgid"] as const;

export function kernelLayouts(program: Program): readonly KernelLayout[] {
  const { probes, subprograms } = program.core;
  const found = new Map<string, KernelLayout>();
  const note = (layout: KernelLayout): void => {
    found.set(JSON.stringify(layout), layout);
  };
  for (const probe of probes)
    for (const field of fieldsIn(probe.body)) noteField(program, field, probe, note);
  for (const { body } of subprograms)
    for (const field of fieldsIn(body)) noteField(program, field, undefined, note);
  const task = program.usedTask;
  for (const field of task === undefined ? [] : taskFields) {
    const size = field === "comm" ? 16 : 4;
    note({ kind: "type", struct: "struct task_struct", field, offset: task?.[field] ?? 0, size });
  }
  const mapping = program.usedMapping;
  if (mapping !== undefined) layoutsOfMappings(mapping).forEach(note);
  return [...found.values()];
}

function fieldsIn(body: readonly CoreNode[]): readonly CoreField[] {
  const fields: CoreField[] = [];
  walk(body, (node) => {
    if (node.kind === "field") fields.push(node);
    return true;
  });
  return fields;
}

function noteField(
  { core: { structs } }: Program,
  { object, field }: CoreField,
  probe: CoreProbe | undefined,
  note: (layout: KernelLayout) => void,
): void {
  if (object.type.kind !== "struct") return;
  const definition = structs.findStruct(object.type.name);
  const { name, offset } = field;
  const size = sizeOf(field.type, structs);
  if (definition?.origin === "kernel")
    note({ kind: "type", struct: object.type.name, field: name, offset, size });
  if (definition?.origin !== "probe-arguments") return;
  for (const target of probe?.targets ?? []) {
    if (target.kind !== "tracepoint") continue;
    note({ kind: "tracepoint", category: target.category, event: target.event, field: name, offset, size });
  }
}
