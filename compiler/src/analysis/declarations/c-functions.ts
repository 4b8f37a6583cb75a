/** Functions of imported C files: which there are. */

import { cFunctionTwice, cProgramsIgnored } from "../../diagnostics/catalog/imports.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Subprogram } from "../../syntax/ast.ts";
import type { StructTable } from "../../types/type.ts";
import type { ImportedFunction } from "../state/imported-function.ts";
import type { ImportedModule } from "./imports.ts";

export interface ImportedFunctions {
  readonly functions: ReadonlyMap<string, ImportedFunction>;
  readonly diagnostics: readonly Diagnostic[];
}

export function collectCFunctions(
  modules: readonly ImportedModule[],
  subprograms: ReadonlyMap<string, Subprogram>,
): ImportedFunctions {
  const functions = new Map<string, ImportedFunction>();
  const diagnostics: Diagnostic[] = [];
  for (const { module, place } of modules) {
    const { path, programs } = module;
    if (programs.length > 0) diagnostics.push(cProgramsIgnored(place, { path, programs }));
    for (const each of module.functions) {
      const { name } = each.prototype;
      const known = functions.get(name);
      // Each file may have functions of its own by one name.
      if (known === undefined || known.isStatic) functions.set(name, { ...each, path });
      const other = known?.isStatic === false ? `'${known.path}'` : undefined;
      const twin = other ?? (subprograms.has(name) ? "the script" : undefined);
      if (twin !== undefined && !each.isStatic)
        diagnostics.push(cFunctionTwice(place, { name, path, other: twin }));
    }
  }
  return { functions, diagnostics };
}

/** Looks in `table` first: what a C file says of kernel types need not be the whole of them. */
export function withModules(table: StructTable, modules: readonly ImportedModule[]): StructTable {
  if (modules.length === 0) return table;
  const first = <T>(find: (types: StructTable) => T | undefined): T | undefined => {
    for (const types of [table, ...modules.map(({ module }) => module.types)]) {
      const found = find(types);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    findStruct: (name) => first((types) => types.findStruct(name)),
    findEnum: (name) => first((types) => types.findEnum(name)),
    findTypedef: (name) => first((types) => types.findTypedef(name)),
    findEnumConstant: (name) => first((types) => types.findEnumConstant(name)),
  };
}
