/** Facts about the places where things are defined, so that definitions count among their references. */

import { settle } from "../types/relations.ts";
import type { Listener } from "./state/collector.ts";
import type { MapState } from "./state/state.ts";
import type { Program } from "./state/program.ts";

export function noteDefinitions(
  program: Program,
  maps: () => ReadonlyMap<string, MapState>,
  { symbols, note }: Listener,
): void {
  for (const macros of program.macros.values()) {
    for (const macro of macros) {
      const symbol = symbols.macro(macro);
      note({ item: macro, span: macro.name.span }, macro.name, { symbol, access: "declaration" });
      for (const parameter of macro.parameters) {
        if (parameter.form !== "expression") continue;
        const place = { item: macro, span: parameter.span };
        const own = symbols.macroParameter(parameter.name, place, parameter);
        note(place, parameter, { symbol: own, access: "declaration" });
      }
    }
  }
  for (const subprogram of program.subprograms.values()) {
    const place = { item: subprogram, span: subprogram.name.span };
    note(place, subprogram.name, { symbol: symbols.subprogram(subprogram), access: "declaration" });
  }
  for (const item of program.mapDeclarations) {
    const state = maps().get(item.map.name);
    if (state === undefined) continue;
    const fact = {
      symbol: symbols.map(state),
      access: "declaration",
      type: settle(state.value.type),
    } as const;
    note({ item, span: item.map.span }, item.map, fact);
  }
  for (const define of program.defines.own()) {
    if (define.place === undefined || define.node === undefined) continue;
    const symbol = symbols.cMacro(define.name, define.place, define);
    note(define.place, define.node, { symbol, access: "declaration" });
  }
}
