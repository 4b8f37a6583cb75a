/** Whether an object fits the kernel it is to run on. */

import type { KernelFacts } from "../kernel/facts.ts";
import { tracepointArguments } from "../kernel/tracepoint-format.ts";
import { sizeOf } from "../types/layout.ts";
import type { StructDefinition, StructTable } from "../types/type.ts";
import type { KernelLayout, Manifest } from "./manifest.ts";

/** @returns what differs, a phrase each; nothing when it fits. What the facts cannot tell is taken to fit. */
export function misfits(
  { architecture, layouts }: Pick<Manifest, "architecture" | "layouts">,
  facts: KernelFacts,
): readonly string[] {
  if (architecture !== facts.architecture)
    return [`it is for ${architecture}, and this machine is ${facts.architecture}`];
  return layouts.flatMap((layout) => {
    const definition = definitionOf(layout, facts);
    const owner = layout.kind === "type" ? layout.struct : `tracepoint:${layout.category}:${layout.event}`;
    if (definition === "missing") return [];
    if (definition === undefined) return [`there is no ${owner}`];
    const field = definition.fields.find(({ name }) => name === layout.field);
    if (field === undefined) return [`${owner} has no field ${layout.field}`];
    const same = field.offset === layout.offset && sizeOf(field.type, tableOf(facts)) === layout.size;
    return same ? [] : [`${layout.field} lies elsewhere in ${owner}`];
  });
}

function definitionOf(layout: KernelLayout, facts: KernelFacts): StructDefinition | undefined | "missing" {
  if (layout.kind === "type") return facts.findStruct(layout.struct);
  const format = facts.tracepointFormat(layout.category, layout.event);
  return format === undefined || format === "missing" ? format : tracepointArguments(format, facts);
}

/** Types by name as layouts want them: what cannot be told now is not there. */
function tableOf(facts: KernelFacts): StructTable {
  const present = <T>(value: T | undefined | "missing"): T | undefined =>
    value === "missing" ? undefined : value;
  return {
    findStruct: (name) => present(facts.findStruct(name)),
    findEnum: (name) => present(facts.findEnum(name)),
    findTypedef: (name) => present(facts.findTypedef(name)),
    findEnumConstant: (name) => present(facts.findEnumConstant(name)),
  };
}
