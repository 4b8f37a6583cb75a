/** The types a manifest carries, as the table that decoding wants. */

import type { Manifest, StructTable } from "@probewright/compiler";

export function structTableOf(manifest: Manifest): StructTable {
  const structs = new Map(manifest.structs.map((definition) => [definition.name, definition]));
  const enums = new Map(manifest.enums.map((definition) => [definition.name, definition]));
  return {
    findStruct: (name) => structs.get(name),
    findEnum: (name) => enums.get(name),
    findTypedef: () => undefined,
    findEnumConstant: () => undefined,
  };
}
