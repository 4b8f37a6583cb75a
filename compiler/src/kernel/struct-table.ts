/** All C types a script can name: its own definitions over those of the kernel, the later layer first. */

import type { EnumDefinition, StructDefinition, StructTable, Type } from "../types/type.ts";
import type { KernelFacts, Missing } from "./facts.ts";

/** Types from one source, such as the script's C definitions or the arguments of its probes. */
export interface TypeDefinitions {
  readonly structs: readonly StructDefinition[];
  readonly enums: readonly EnumDefinition[];
  /** A typedef'd name and what it stands for. */
  readonly typedefs: readonly { readonly name: string; readonly type: Type }[];
}

export const noDefinitions: TypeDefinitions = { structs: [], enums: [], typedefs: [] };

/**
 * Looks in `script` first, then asks `facts`; what facts note as missing is undefined until they have it.
 * A bare name stands for a typedef, or else for nothing: `struct x` and `x` differ as in C.
 */
export function createStructTable({
  script,
  facts,
}: {
  readonly script: TypeDefinitions;
  readonly facts: Pick<KernelFacts, "findStruct" | "findEnum" | "findTypedef" | "findEnumConstant">;
}): StructTable {
  const structs = new Map(script.structs.map((definition) => [definition.name, definition]));
  const enums = new Map(script.enums.map((definition) => [definition.name, definition]));
  const typedefs = new Map(script.typedefs.map(({ name, type }) => [name, type]));
  const constants = new Map(
    script.enums.flatMap((definition) =>
      definition.members.map(({ name, value }) => [name, { enum: definition.name, value }] as const),
    ),
  );
  return {
    findStruct: (name) => {
      const alias = typedefs.get(name);
      const own = structs.get(alias?.kind === "struct" ? alias.name : name);
      return own ?? present(facts.findStruct(alias?.kind === "struct" ? alias.name : name));
    },
    findEnum: (name) => {
      const alias = typedefs.get(name);
      const key = alias?.kind === "integer" ? (alias.enumName ?? name) : name;
      return enums.get(key) ?? present(facts.findEnum(key));
    },
    findTypedef: (name) => typedefs.get(name) ?? present(facts.findTypedef(name)),
    findEnumConstant: (name) => constants.get(name) ?? facts.findEnumConstant(name),
  };
}

function present<T>(value: T | undefined | Missing): T | undefined {
  return value === "missing" ? undefined : value;
}
