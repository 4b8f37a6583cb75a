/** Definitions written as C again, for sources that hold no C text of their own. */

import type { EnumDefinition, StructDefinition } from "../types/type.ts";

/** Fields in order of offset; merged anonymous members stay merged. */
export function spellStruct({ name, fields }: StructDefinition): string {
  const rows = fields.map((field) => {
    const width = field.bitfield === undefined ? "" : `: ${field.bitfield.width}`;
    return `\t${withName(field.cType ?? "", field.name)}${width};\n`;
  });
  return `${name} {\n${rows.join("")}};`;
}

export function spellEnum({ name, members }: EnumDefinition): string {
  return `${name} {\n${members.map((member) => `\t${member.name} = ${member.value},\n`).join("")}};`;
}

/** Puts the name where C wants it: before the dimensions, behind the star of a function pointer. */
function withName(cType: string, name: string): string {
  const pointer = /^(.*\(\*+)(\).*)$/.exec(cType);
  if (pointer !== null) return `${pointer[1] ?? ""}${name}${pointer[2] ?? ""}`;
  const dimensions = cType.search(/(\[\d*\])+$/);
  const base = dimensions === -1 ? cType : cType.slice(0, dimensions);
  const space = base.endsWith("*") ? "" : " ";
  return `${base}${space}${name}${dimensions === -1 ? "" : cType.slice(dimensions)}`;
}
