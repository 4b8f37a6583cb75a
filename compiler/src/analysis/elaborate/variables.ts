/** Variables: finding, declaring, reading and widening them. */

import { nearest } from "../../base/nearest.ts";
import { findBuiltin } from "../../builtins/catalog.ts";
import type { CoreExpression, CoreVariable } from "../../core/core.ts";
import { parameterRedeclared } from "../../diagnostics/catalog/macros.ts";
import {
  loopVariableShadows,
  undefinedVariable,
  unresolvedVariableType,
  usedBeforeAssigned,
  variableRedeclared,
} from "../../diagnostics/catalog/names.ts";
import { typeLocked } from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Variable } from "../../syntax/ast.ts";
import { promote, settle } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import type { Type } from "../../types/type.ts";
import type { Access } from "../state/node-facts.ts";
import { unknown } from "./nodes.ts";
import { findVariable, placeOf, report, visibleVariables, type Scope, note } from "../state/scope.ts";
import { freshType, identicalType, type TypeState, type VariableState } from "../state/state.ts";

export function elaborateVariable(variable: Variable, scope: Scope): CoreExpression {
  const place = placeOf(scope, variable);
  const state = findVariable(scope, variable.name);
  if (state === undefined) {
    reportUndefined(variable, scope);
    return unknown(place);
  }
  noteVariable(variable, state, "read", scope);
  return readVariable(state, place, scope);
}

export function readVariable(state: VariableState, place: Place, scope: Scope): CoreExpression {
  const { walk } = scope;
  walk.asked?.add(state.value);
  if (!scope.unevaluated) {
    state.read = true;
    if (!state.assignedYet && state.origin === "let" && state.assigned) {
      report(scope, usedBeforeAssigned(place, { name: state.name }));
    }
  }
  if (state.value.type.kind === "none") {
    if (!walk.untyped.has(state)) {
      report(scope, unresolvedVariableType(place, { name: state.name }, declaredHere(state)));
      walk.untyped.add(state);
    }
    return unknown(place);
  }
  return { kind: "variable", type: state.value.type, place, variable: coreVariable(state, scope) };
}

/** The same name with another sigil or none, else the variable most like it. */
function nearestTo(name: string, scope: Scope): string | undefined {
  if (scope.walk.program.writtenMaps().includes(name)) return `@${name}`;
  if (findBuiltin(name)?.bare === true) return name;
  const near = nearest(name, visibleVariables(scope));
  return near === undefined ? undefined : `$${near}`;
}

export function reportUndefined(variable: Variable, scope: Scope): void {
  const near = nearestTo(variable.name, scope);
  const place = placeOf(scope, variable);
  const fixes =
    near === undefined
      ? []
      : [{ title: `Change to ${near}`, edits: [{ place, text: near }], automatic: false }];
  report(scope, undefinedVariable(place, { name: variable.name, nearest: near }, { fixes }));
}

export function noteVariable(variable: Variable, state: VariableState, access: Access, scope: Scope): void {
  if (!scope.walk.final) return;
  note(scope, variable, {
    symbol: scope.walk.symbols.variable(state),
    access,
    type: settle(state.value.type),
  });
}

/** The variable of the core tree; the same object for all uses. Types are final in the last walk only. */
export function coreVariable(state: VariableState, scope: Scope): CoreVariable {
  const { walk } = scope;
  const known = walk.coreVariables.get(state);
  if (known !== undefined) return known;
  const variable: CoreVariable = {
    name: state.name,
    type: settle(state.value.type),
    place: state.declaration,
    decidedBy: state.value.decidedBy ?? state.declaration,
  };
  if (walk.final) {
    walk.coreVariables.set(state, variable);
    scope.routine.variables.push(variable);
  }
  return variable;
}

/** Makes a variable known from here to the end of the scope's block. */
export function declareVariable(
  variable: Variable,
  origin: VariableState["origin"],
  scope: Scope,
): VariableState {
  const hidden = findVariable(scope, variable.name);
  if (hidden !== undefined) reportShadowing(variable, origin, hidden, scope);
  // A macro's parameter stays the caller's variable.
  if (hidden !== undefined && scope.expansion?.names.has(`$${variable.name}`) === true) return hidden;
  let state = scope.instance.variables.get(variable);
  if (state === undefined) {
    state = {
      kind: "variable",
      name: variable.name,
      declaration: placeOf(scope, variable),
      value: freshType(),
      hasDeclaredType: false,
      origin,
      // Of one that hides another nothing more is said.
      assigned: hidden !== undefined,
      assignedYet: false,
      read: hidden !== undefined,
    };
    scope.instance.variables.set(variable, state);
  }
  state.assignedYet = false;
  scope.variables.set(variable.name, state);
  return state;
}

function reportShadowing(
  variable: Variable,
  origin: VariableState["origin"],
  hidden: VariableState,
  scope: Scope,
): void {
  const place = placeOf(scope, variable);
  const facts = { name: variable.name };
  if (scope.expansion?.names.has(`$${variable.name}`) === true) {
    report(scope, parameterRedeclared(place, facts));
    return;
  }
  const extras = { related: [{ place: hidden.declaration, message: "the other one is here" }] };
  report(
    scope,
    origin === "loop" ? loopVariableShadows(place, facts, extras) : variableRedeclared(place, facts, extras),
  );
}

function declaredHere(state: VariableState): { readonly related: { place: Place; message: string }[] } {
  return { related: [{ place: state.declaration, message: "declared here" }] };
}

/**
 * Lets a type take part in deciding what a variable, key or value is.
 * @returns false when it does not go with what is there already
 */
export function learnType(state: TypeState, type: Type, place: Place, scope: Scope, what: string): boolean {
  if (type.kind === "none") return true;
  const promoted = promote(state.type, type);
  if (promoted === undefined) return false;
  if (identicalType(promoted, state.type)) return true;
  if (state.lock !== undefined && !identicalType(settle(promoted), settle(state.lock.type))) {
    const extras = { related: [{ place: state.lock.place, message: "the type was asked for here" }] };
    report(
      scope,
      typeLocked(place, { what, locked: show(state.lock.type), got: show(settle(promoted)) }, extras),
    );
    return true;
  }
  state.type = promoted;
  state.decidedBy = place;
  scope.walk.progress.changed = true;
  return true;
}
