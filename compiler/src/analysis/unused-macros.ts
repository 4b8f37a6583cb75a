/** Macros that nothing uses: their bodies are elaborated too, with parameters of which nothing is known. */

import type { ProgramContext } from "../builtins/call-site.ts";
import { nodeId } from "../base/brand.ts";
import { capabilities, type Capability } from "../probes/capability.ts";
import { REGISTER_ARGUMENTS } from "../probes/context.ts";
import type { Expression, Macro, MacroParameter } from "../syntax/ast.ts";
import { uint64 } from "../types/type.ts";
import { elaborateBlock } from "./elaborate/blocks.ts";
import type { Routine, Scope, Thunk, Walk } from "./state/scope.ts";
import { freshMap, type MapState, type States } from "./state/state.ts";
import { instanceFor, routineScope } from "./elaborate/subprograms.ts";
import { declareVariable } from "./elaborate/variables.ts";

/** A macro may be for any probe. */
const anyProbe: ProgramContext = {
  probeType: "any",
  probeTypeName: "any",
  probeName: "any",
  capabilities: new Set(Object.keys(capabilities) as Capability[]), // the table's keys
  argsType: undefined,
  argsReason: undefined,
  returnType: uint64,
  resultSlot: undefined,
  contextType: undefined,
  argumentCount: REGISTER_ARGUMENTS,
  space: "kernel",
  binaryPath: undefined,
};

/** @param used what other code uses; a macro that only an unused one uses is seen there */
export function elaborateUnusedMacros(walk: Walk, used: ReadonlySet<Macro>): void {
  for (const macros of walk.program.macros.values()) {
    for (const macro of macros) {
      if (!used.has(macro) && !walk.usedMacros.has(macro)) elaborateBlock(macro.body, bodyScope(macro, walk));
    }
  }
}

function bodyScope(macro: Macro, walk: Walk): Scope {
  const routine: Routine = {
    kind: "probe",
    context: anyProbe,
    speculative: true,
    returns: undefined,
    variables: [],
    loopReturns: { withValue: undefined, withoutValue: undefined },
  };
  const home = routineScope(macro, routine, instanceFor(macro, walk), walk);
  const thunks = new Map<string, Thunk>();
  const maps = new Map<string, MapState>();
  const scope: Scope = {
    ...home,
    jumpsForbidden: true,
    expansion: {
      macro,
      thunks,
      maps,
      names: new Set(macro.parameters.map(({ form, name }) => (form === "variable" ? `$${name}` : name))),
      caller: home,
    },
  };
  for (const parameter of macro.parameters) {
    if (parameter.form === "map") maps.set(parameter.name, mapOf(parameter, macro, walk.states));
    else if (parameter.form === "expression")
      thunks.set(parameter.name, { argument: hole(parameter), scope: home });
    else declareUnknown(parameter, scope);
  }
  return scope;
}

/** Any expression. */
function hole({ span }: MacroParameter): Expression {
  return { kind: "missing", id: nodeId(0), span, expected: "" };
}

function mapOf(parameter: MacroParameter, macro: Macro, states: States): MapState {
  let state = states.parameterMaps.get(parameter);
  if (state === undefined) {
    state = freshMap(parameter.name, { item: macro, span: parameter.span });
    state.written = true;
    states.parameterMaps.set(parameter, state);
  }
  return state;
}

function declareUnknown(parameter: MacroParameter, scope: Scope): void {
  const { parameterVariables } = scope.walk.states;
  let variable = parameterVariables.get(parameter);
  if (variable === undefined) {
    variable = { kind: "variable", id: parameter.id, span: parameter.span, name: parameter.name };
    parameterVariables.set(parameter, variable);
  }
  const state = declareVariable(variable, "parameter", { ...scope, expansion: undefined });
  state.assigned = true;
  state.assignedYet = true;
  scope.walk.untyped.add(state);
}
