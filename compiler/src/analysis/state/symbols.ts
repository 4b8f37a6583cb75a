/** The named things of a program as the editor sees them, each made once. */

import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Macro, MacroParameter, Subprogram } from "../../syntax/ast.ts";
import { settle } from "../../types/relations.ts";
import type { ImportedFunction } from "./imported-function.ts";
import type { SymbolFact } from "./node-facts.ts";
import type { MapState, VariableState } from "./state.ts";

/** Symbols of what one part of the program owns, by what walks know of it. */
export interface OwnedSymbols {
  readonly variable: (state: VariableState) => SymbolFact;
  readonly map: (state: MapState) => SymbolFact;
}

/** Symbols that all parts of the program see. */
export interface SharedSymbols {
  readonly macro: (macro: Macro) => SymbolFact;
  readonly macroParameter: (name: string, declaration: Place, parameter: MacroParameter) => SymbolFact;
  readonly subprogram: (subprogram: Subprogram) => SymbolFact;
  readonly cFunction: (fn: ImportedFunction) => SymbolFact;
  readonly cMacro: (name: string, declaration: Place | undefined, key: object) => SymbolFact;
  readonly enumConstant: (name: string, enumName: string, value: bigint) => SymbolFact;
}

export interface SymbolTable extends OwnedSymbols, SharedSymbols {}

export function createSharedSymbols(): SharedSymbols {
  const once = createOnce();
  const constants = new Map<string, SymbolFact>();
  return {
    macro: (macro) =>
      once(macro, () => ({
        kind: "macro",
        name: macro.name.text,
        declaration: { item: macro, span: macro.name.span },
      })),
    macroParameter: (name, declaration, parameter) =>
      once(parameter, () => ({ kind: "macro-parameter", name, declaration })),
    subprogram: (subprogram) =>
      once(subprogram, () => ({
        kind: "subprogram",
        name: subprogram.name.text,
        declaration: { item: subprogram, span: subprogram.name.span },
      })),
    cFunction: (fn) =>
      once(fn, () => {
        const { prototype, path } = fn;
        return { kind: "c-function", name: prototype.name, prototype, path, declaration: undefined };
      }),
    cMacro: (name, declaration, key) => once(key, () => ({ kind: "c-macro", name, declaration })),
    enumConstant: (name, enumName, value) => {
      let symbol = constants.get(name);
      if (symbol === undefined) {
        symbol = { kind: "enum-constant", name, enum: enumName, value };
        constants.set(name, symbol);
      }
      return symbol;
    },
  };
}

export function createOwnedSymbols(): OwnedSymbols {
  const once = createOnce();
  return {
    variable: (state) =>
      once(state, () => ({
        kind: "variable",
        name: state.name,
        declaration: state.declaration,
        type: settle(state.value.type),
        decidedBy: state.value.decidedBy,
      })),
    map: (state) =>
      once(state, () => ({
        kind: "map",
        name: state.name,
        declaration: state.declaration?.place ?? state.place,
        key: state.shape?.keyed === true ? settle(state.key.type) : undefined,
        value: settle(state.value.type),
        keyDecidedBy: state.key.decidedBy,
        decidedBy: state.value.decidedBy,
      })),
  };
}

function createOnce(): (key: object, make: () => SymbolFact) => SymbolFact {
  const known = new Map<object, SymbolFact>();
  return (key, make) => {
    let symbol = known.get(key);
    if (symbol === undefined) {
      symbol = make();
      known.set(key, symbol);
    }
    return symbol;
  };
}
