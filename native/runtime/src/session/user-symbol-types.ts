/** Whether a script can print names of what is at addresses of processes. */

import type { Manifest, Type } from "@probewright/compiler";

export function printsUserSymbols({ maps, sites }: Manifest): boolean {
  const types = [
    ...maps.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value])),
    ...sites.flatMap(({ fields }) => fields.map(({ type }) => type)),
  ];
  return types.some(hasUserSymbol);
}

function hasUserSymbol(type: Type): boolean {
  switch (type.kind) {
    case "user-symbol":
      return true;
    case "stack":
      return type.user && type.mode !== "raw";
    case "array":
      return hasUserSymbol(type.element);
    case "tuple":
      return type.elements.some(hasUserSymbol);
    case "record":
      return type.fields.some((field) => hasUserSymbol(field.type));
    default:
      return false;
  }
}
