/** C prototypes as they are written in C. */

import type { FunctionPrototype } from "@probewright/compiler";

export function spellPrototype({ name, parameters, returnsCType }: FunctionPrototype): string {
  return `${spaced(returnsCType)}${name}(${parameters.length === 0 ? "void" : parameters.map(spellParameter).join(", ")})`;
}

export function spellParameter({ name, cType }: FunctionPrototype["parameters"][number]): string {
  return `${spaced(cType)}${name}`;
}

/** A star stands at the name. */
function spaced(cType: string): string {
  return cType.endsWith("*") ? cType : `${cType} `;
}
