/** Assignments to variables and maps, and declarations with `let`. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import { findBuiltin } from "../../builtins/catalog.ts";
import {
  aggregationCopied,
  aggregationVersusValue,
  assignedWithoutRunning,
  mapValueMismatch,
} from "../../diagnostics/catalog/maps.ts";
import { variableTypeNotAllowed } from "../../diagnostics/catalog/names.ts";
import { notStorable, variableTypeMismatch } from "../../diagnostics/catalog/types.ts";
import type { Extras } from "../../diagnostics/row.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Assignment, Expression, MapAccess, Variable, VariableDeclaration } from "../../syntax/ast.ts";
import { contains, isCastable, isEmptyValue, isValue, promote, settle } from "../../types/relations.ts";
import { describe, show } from "../../types/show.ts";
import type { Type } from "../../types/type.ts";
import { elaborateAggregate } from "./aggregates.ts";
import { buildBinary } from "./binary.ts";
import { coerce } from "./convert.ts";
import { elaborate } from "./parts.ts";
import { coreMap, elaborateKey, mapStateFor, noteMap, readMap } from "./map-access.ts";
import { isUnknown, unknown } from "./nodes.ts";
import { findVariable, placeOf, report, type Scope } from "../state/scope.ts";
import { identicalType, type MapState, type VariableState } from "../state/state.ts";
import { throughParameters } from "./thunks.ts";
import { resolveType } from "./type-syntax.ts";
import {
  coreVariable,
  declareVariable,
  learnType,
  noteVariable,
  readVariable,
  reportUndefined,
} from "./variables.ts";

export function elaborateAssignment(statement: Assignment, scope: Scope): readonly CoreStatement[] {
  const { target } = statement;
  switch (target.kind) {
    case "variable":
      return assignToVariable(statement, target, scope);
    case "map":
      return assignToMap(statement, target, scope);
    case "invalid-target":
      // That it is no target is said; what else is wrong with it does not matter.
      elaborate(target.expression, { ...scope, walk: { ...scope.walk, report: () => undefined } });
      elaborate(statement.value, scope);
      return [];
  }
}

function assignToVariable(statement: Assignment, target: Variable, scope: Scope): readonly CoreStatement[] {
  const place = placeOf(scope, statement);
  const existing = findVariable(scope, target.name);
  if (statement.operator !== undefined) {
    if (existing === undefined) {
      reportUndefined(target, scope);
      elaborate(statement.value, scope);
      return [];
    }
    const old = compoundOperand(existing, placeOf(scope, target), scope);
    const right = elaborate(statement.value, scope);
    const value = buildBinary(statement.operator, old, right, place, scope);
    noteVariable(target, existing, "read-write", scope);
    return storeInVariable(existing, value, place, scope);
  }
  const value = elaborate(statement.value, scope);
  const state = existing ?? declareVariable(target, "assignment", scope);
  noteVariable(target, state, existing === undefined ? "declaration" : "write", scope);
  return storeInVariable(state, value, place, scope);
}

/** The old value of `$x += …`; a variable that nothing else gives a type is a number. */
function compoundOperand(state: VariableState, place: Place, scope: Scope): CoreExpression {
  if (state.value.type.kind === "none") {
    scope.walk.states.undecided.set(state.value, "arithmetic");
    return unknown(place);
  }
  return readVariable(state, place, scope);
}

export function storeInVariable(
  state: VariableState,
  value: CoreExpression,
  place: Place,
  scope: Scope,
): readonly CoreStatement[] {
  state.assigned = true;
  state.assignedYet = true;
  if (isUnknown(value)) {
    if (isValue(value.type)) learn(state, value, place, scope);
    // Whatever left the value without a type has been reported.
    scope.walk.untyped.add(state);
    return [];
  }
  if (!canBeKept(value.type)) {
    report(scope, notStorable(value.place, { type: describe(value.type), where: "a variable" }));
    // The mistake is said; its consequences are not another one.
    scope.walk.untyped.add(state);
    return [];
  }
  if (!learn(state, value, place, scope)) return [];
  if (state.value.type.kind === "none") return [];
  const converted = coerce(value, state.value.type, scope, () => {
    reportVariableMismatch(state, value, scope);
  });
  const variable = coreVariable(state, scope);
  return [{ kind: "assign-variable", place, variable, value: converted }];
}

function canBeKept(type: Type): boolean {
  return isValue(type) && !isEmptyValue(type) && !contains(type, isUnstorable);
}

function isUnstorable({ kind }: Type): boolean {
  return kind === "aggregation" || kind === "timestamp-mode" || kind === "void" || kind === "none";
}

function learn(state: VariableState, value: CoreExpression, place: Place, scope: Scope): boolean {
  if (state.hasDeclaredType) {
    const { type } = state.value;
    if (type.kind === "none" || promote(type, value.type) !== undefined) return true;
    // What a declared pointer points to has been said once and for all.
    if (type.kind === "pointer" && value.type.kind === "pointer") return true;
    reportVariableMismatch(state, value, scope);
    return false;
  }
  if (learnType(state.value, value.type, place, scope, `$${state.name}`)) return true;
  reportVariableMismatch(state, value, scope);
  return false;
}

function reportVariableMismatch(state: VariableState, value: CoreExpression, scope: Scope): void {
  const expected = show(settle(state.value.type));
  const facts = { name: state.name, expected, got: show(settle(value.type)) };
  report(scope, variableTypeMismatch(value.place, facts, decidedHere(state.value.decidedBy, expected)));
}

function decidedHere(place: Place | undefined, type: string): Extras {
  return place === undefined ? {} : { related: [{ place, message: `it became ${type} here` }] };
}

export function elaborateDeclaration(statement: VariableDeclaration, scope: Scope): readonly CoreStatement[] {
  const place = placeOf(scope, statement);
  const type = statement.type === undefined ? undefined : resolveType(statement.type, scope);
  const value = statement.value === undefined ? undefined : elaborate(statement.value, scope);
  const state = declareVariable(statement.variable, "let", scope);
  if (type !== undefined) declareType(state, type, statement, scope);
  noteVariable(statement.variable, state, "declaration", scope);
  return value === undefined ? [] : storeInVariable(state, value, place, scope);
}

function declareType(state: VariableState, type: Type, statement: VariableDeclaration, scope: Scope): void {
  const place = placeOf(scope, statement.type ?? statement);
  if (contains(type, isUnstorable) && type.kind !== "none") {
    report(scope, variableTypeNotAllowed(place, { type: show(type) }));
    scope.walk.untyped.add(state);
    return;
  }
  // A bare `string` says what kind it is and leaves its size to what is assigned.
  state.hasDeclaredType = !(type.kind === "string" && type.size === 0);
  if (type.kind === "none") {
    scope.walk.untyped.add(state);
    return;
  }
  if (!state.hasDeclaredType) learnType(state.value, type, place, scope, `$${state.name}`);
  else if (!identicalType(state.value.type, type)) {
    state.value.type = type;
    state.value.decidedBy = place;
    scope.walk.progress.changed = true;
  }
}

/** @returns false, after saying so, where code is only looked at and not run */
export function checkMapMayBeWritten(state: MapState, place: Place, scope: Scope): boolean {
  if (!scope.unevaluated) return true;
  report(scope, assignedWithoutRunning(place, { name: state.name }));
  return false;
}

function assignToMap(statement: Assignment, target: MapAccess, scope: Scope): readonly CoreStatement[] {
  const place = placeOf(scope, statement);
  const state = mapStateFor(target.map, scope);
  if (state === undefined || !checkMapMayBeWritten(state, placeOf(scope, target), scope)) {
    elaborate(statement.value, scope);
    return [];
  }
  noteMap(target.map, state, statement.operator === undefined ? "write" : "read-write", scope);
  const key = elaborateKey(target, state, scope);
  state.written = true;
  const { expression, scope: home } = throughParameters(statement.value, scope);
  const row = expression.kind === "call" ? findBuiltin(expression.callee.text) : undefined;
  if (statement.operator === undefined && expression.kind === "call" && row?.kind === "aggregation") {
    if (!home.walk.program.macros.has(row.name)) {
      return elaborateAggregate(state, key, row, expression, place, home);
    }
  }
  const value = mapValue(statement, target, state, key, place, scope);
  if (value === undefined || key === "error") return [];
  return storeInMap(state, key, value, place, scope);
}

/** @returns undefined after a reported mistake */
function mapValue(
  statement: Assignment,
  target: MapAccess,
  state: MapState,
  key: CoreExpression | undefined | "error",
  place: Place,
  scope: Scope,
): CoreExpression | undefined {
  if (statement.operator === undefined) {
    if (copiesAggregation(statement.value, state, scope)) return undefined;
    return elaborate(statement.value, scope);
  }
  const right = elaborate(statement.value, scope);
  if (key === "error") return undefined;
  if (state.value.type.kind === "none") {
    scope.walk.states.undecided.set(state.value, "arithmetic");
    return unknown(place);
  }
  if (state.value.type.kind === "aggregation") {
    reportValueMismatch(state, right, place, scope);
    return undefined;
  }
  const old = readMap(state, key, placeOf(scope, target), scope);
  return buildBinary(statement.operator, old, right, place, scope);
}

/** An aggregation is not a value to be copied; into a map of integers its sum over the CPUs is. */
function copiesAggregation(value: Expression, target: MapState, scope: Scope): boolean {
  if (value.kind !== "map") return false;
  const source = mapStateFor(value.map, scope);
  if (source?.value.type.kind !== "aggregation") return false;
  const { type } = source.value;
  const castable = isCastable(type.function);
  if (castable && target.value.type.kind === "integer") return false;
  report(scope, aggregationCopied(placeOf(scope, value), { from: source.name, type: show(type), castable }));
  return true;
}

function storeInMap(
  state: MapState,
  key: CoreExpression | undefined,
  value: CoreExpression,
  place: Place,
  scope: Scope,
): readonly CoreStatement[] {
  if (isUnknown(value)) {
    if (isValue(value.type)) learnType(state.value, value.type, place, scope, `@${state.name}`);
    return [];
  }
  if (!canBeKept(value.type)) {
    report(scope, notStorable(value.place, { type: describe(value.type), where: "a map" }));
    return [];
  }
  if (!learnType(state.value, value.type, place, scope, `@${state.name}`)) {
    reportValueMismatch(state, value, value.place, scope);
    return [];
  }
  const converted = coerce(value, state.value.type, scope, () => {
    reportValueMismatch(state, value, value.place, scope);
  });
  if (key !== undefined && isUnknown(key)) return [];
  return [{ kind: "assign-map", place, map: coreMap(state, scope), key, value: converted }];
}

function reportValueMismatch(state: MapState, value: CoreExpression, place: Place, scope: Scope): void {
  const { type, decidedBy } = state.value;
  const expected = show(settle(type));
  const facts = { name: state.name, expected, got: show(settle(value.type)) };
  const extras = decidedHere(decidedBy, expected);
  const aggregation = type.kind === "aggregation";
  report(
    scope,
    aggregation ? aggregationVersusValue(place, facts, extras) : mapValueMismatch(place, facts, extras),
  );
}
