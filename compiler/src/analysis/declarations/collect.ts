/** The definitions of a script and its imports: macros, functions, map declarations, C types. */

import { mapDeclaredTwice } from "../../diagnostics/catalog/maps.ts";
import { duplicateDefinition } from "../../diagnostics/catalog/names.ts";
import { macroRedefined, repeatedMacroParameter } from "../../diagnostics/catalog/macros.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { CDefinition, Item, Macro, MapDeclaration, Subprogram } from "../../syntax/ast.ts";
import type { Name } from "../../syntax/node.ts";

export interface Definitions {
  readonly macros: ReadonlyMap<string, readonly Macro[]>;
  readonly subprograms: ReadonlyMap<string, Subprogram>;
  readonly mapDeclarations: readonly MapDeclaration[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param items of the script and its imports, in order of the program */
export function collectDefinitions(items: readonly Item[]): Definitions {
  const macros = new Map<string, Macro[]>();
  const subprograms = new Map<string, Subprogram>();
  const maps = new Map<string, MapDeclaration>();
  const types = new Map<string, CDefinition>();
  const diagnostics: Diagnostic[] = [];
  for (const item of items) {
    if (item.kind === "macro") {
      diagnostics.push(...checkMacro(item, macros.get(item.name.text) ?? []));
      const same = macros.get(item.name.text);
      if (same === undefined) macros.set(item.name.text, [item]);
      else same.push(item);
    } else if (item.kind === "subprogram") {
      const other = subprograms.get(item.name.text);
      if (other === undefined) subprograms.set(item.name.text, item);
      else diagnostics.push(duplicate("function", item, other));
    } else if (item.kind === "map-declaration") {
      const other = maps.get(item.map.name);
      if (other !== undefined) diagnostics.push(declaredTwice(item, other));
      maps.set(item.map.name, item);
    } else if (item.kind === "c-definition" && item.declaration.name !== undefined) {
      const { tag, name } = item.declaration;
      const key = `${tag} ${name.text}`;
      const other = types.get(key);
      if (other === undefined) types.set(key, item);
      else diagnostics.push(duplicateType(item, name, key, other));
    }
  }
  return { macros, subprograms, mapDeclarations: [...maps.values()], diagnostics };
}

function duplicate(what: string, item: Subprogram, other: Subprogram): Diagnostic {
  const related = [{ place: { item: other, span: other.name.span }, message: "the first one is here" }];
  return duplicateDefinition({ item, span: item.name.span }, { what, name: item.name.text }, { related });
}

function declaredTwice(item: MapDeclaration, other: MapDeclaration): Diagnostic {
  const related = [{ place: { item: other, span: other.map.span }, message: "this one does not count" }];
  return mapDeclaredTwice({ item, span: item.map.span }, { name: item.map.name }, { related });
}

function duplicateType(item: CDefinition, name: Name, what: string, other: CDefinition): Diagnostic {
  const related = [{ place: { item: other, span: other.span }, message: "the first one is here" }];
  return duplicateDefinition({ item, span: name.span }, { what: "type", name: what }, { related });
}

function checkMacro(macro: Macro, others: readonly Macro[]): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const twin = others.find((other) => takesAllOf(other, macro));
  if (twin !== undefined) {
    const related = [{ place: { item: twin, span: twin.name.span }, message: "the first one is here" }];
    const place = { item: macro, span: macro.name.span };
    diagnostics.push(macroRedefined(place, { name: macro.name.text }, { related }));
  }
  const names = new Set<string>();
  for (const { form, name: bare, span } of macro.parameters) {
    const name = `${SIGILS[form]}${bare}`;
    if (names.has(name)) diagnostics.push(repeatedMacroParameter({ item: macro, span }, { name }));
    names.add(name);
  }
  return diagnostics;
}

const SIGILS = { variable: "$", map: "@", expression: "" } as const;

/** Every call that fits the second fits the first, which is found before it. */
function takesAllOf({ parameters }: Macro, { parameters: later }: Macro): boolean {
  return (
    parameters.length === later.length &&
    parameters.every(({ form }, i) => form === "expression" || form === later[i]?.form)
  );
}
