/** Arguments of builtins: elaborating each as its parameter wants it. */

import { nearest } from "../../base/nearest.ts";
import type { Parameter } from "../../builtins/builtin.ts";
import type { Argument } from "../../builtins/call-site.ts";
import { findBuiltin } from "../../builtins/catalog.ts";
import type { CoreExpression } from "../../core/core.ts";
import { literalRequired, unknownWord } from "../../diagnostics/catalog/calls.ts";
import { typeArgumentMisplaced } from "../../diagnostics/catalog/macros.ts";
import { mapShapeForCall, wholeMapExpected } from "../../diagnostics/catalog/maps.ts";
import type { Expression, MapAccess } from "../../syntax/ast.ts";
import { settle } from "../../types/relations.ts";
import { describe } from "../../types/show.ts";
import { none, type Type } from "../../types/type.ts";
import { elaborate } from "./parts.ts";
import {
  checkDefined,
  claimShape,
  convertKey,
  coreMap,
  elaborateKey,
  mapStateFor,
  noteMap,
} from "./map-access.ts";
import { constantOf, isConstantTree, isUnknown, stringConstant, unknown } from "./nodes.ts";
import type { Mismatch, Written } from "./mismatches.ts";
import { elaborateParameterText, isParameterText, numberAsText } from "./positional.ts";
import { findVariable, placeOf, report, type Scope } from "../state/scope.ts";
import type { MapState } from "../state/state.ts";
import { findThunk, throughParameters } from "./thunks.ts";
import { resolveTypeof, typeOfSubject } from "./type-syntax.ts";
import { coreVariable, declareVariable, learnType, noteVariable, reportUndefined } from "./variables.ts";

/** Can an argument of this form be meant for the parameter at all? */
export function shapeFits({ form, words }: Parameter, written: Written, scope: Scope): boolean {
  switch (form) {
    case "map":
      return written.kind === "map" && written.keys === undefined;
    case "element":
      return written.kind === "map" && written.keys !== undefined;
    case "variable":
      return written.kind === "variable";
    case "word":
      return (
        written.kind === "identifier" &&
        (words?.includes(written.name) === true || !meansSomething(written.name, scope))
      );
    case "type":
      return written.kind === "type-argument" || written.kind === "identifier";
    case "member":
      return written.kind === "identifier";
    default:
      return written.kind !== "type-argument";
  }
}

function meansSomething(name: string, scope: Scope): boolean {
  const { program } = scope.walk;
  return (
    findThunk(scope, name) !== undefined ||
    program.macros.has(name) ||
    findBuiltin(name)?.bare === true ||
    program.defines.find(name) !== undefined ||
    program.structs.findEnumConstant(name) !== undefined
  );
}

/**
 * @param before the arguments already elaborated; a key belongs to the map among them
 * @returns undefined after a reported mistake
 */
export function elaborateArgument(
  callee: string,
  parameter: Parameter,
  written: Written,
  before: readonly Argument[],
  scope: Scope,
): Argument | Mismatch | undefined {
  switch (parameter.form) {
    case "map":
      return mapArgument(callee, parameter, written, scope);
    case "element":
      return elementArgument(parameter, written, scope);
    case "key":
      return keyArgument(written, before, scope);
    case "variable":
      return variableArgument(parameter, written, before, scope);
    case "word":
      return wordArgument(callee, parameter, written, scope);
    case "type":
      return typeArgument(written, scope);
    case "member":
      return memberArgument(parameter, written, scope);
    default:
      return valueArgument(callee, parameter, written, scope);
  }
}

function argument(expression: CoreExpression, extra: Partial<Argument> = {}): Argument {
  return {
    place: expression.place,
    expression,
    constant: constantOf(expression),
    word: undefined,
    type: undefined,
    key: undefined,
    ...extra,
  };
}

/** Something of another form than the parameter takes. */
function otherThan(parameter: Parameter, written: Written, scope: Scope): Mismatch {
  const type = written.kind === "type-argument" ? undefined : elaborate(written, scope).type;
  return { parameter, written, got: "this", type };
}

function valueArgument(
  callee: string,
  parameter: Parameter,
  written: Written,
  scope: Scope,
): Argument | Mismatch | undefined {
  if (written.kind === "type-argument") {
    report(scope, typeArgumentMisplaced(placeOf(scope, written), { where: `as an argument of '${callee}'` }));
    return undefined;
  }
  const value = elaborateValue(parameter, written, scope);
  if (isUnknown(value)) return argument(value);
  if (!parameter.accepts.test(value.type)) {
    return { parameter, written, got: describe(settle(value.type)), type: value.type };
  }
  const literal = parameter.form === "literal" || parameter.form === "format";
  if (literal && !isConstantTree(value)) {
    report(scope, literalRequired(value.place, { name: callee, parameter: parameter.name }));
    return undefined;
  }
  return argument(value);
}

function elaborateValue(parameter: Parameter, written: Expression, scope: Scope): CoreExpression {
  // A format may be longer than a string of the program.
  if (parameter.form === "format" && written.kind === "string") {
    return stringConstant(written.value, placeOf(scope, written));
  }
  if (parameter.form === "text") {
    return isParameterText(written)
      ? elaborateParameterText(written, scope)
      : numberAsText(written, elaborate(written, scope));
  }
  if (parameter.form === "value-or-element" && written.kind === "map") {
    const element = aggregateElement(written, scope);
    if (element !== undefined) return element;
  }
  return elaborate(written, scope);
}

/** `@m[k]` of statistics, which only user space can put together. */
function aggregateElement(access: MapAccess, scope: Scope): CoreExpression | undefined {
  const state = mapStateFor(access.map, scope);
  if (state === undefined) return unknown(placeOf(scope, access));
  const { type } = state.value;
  if (type.kind !== "aggregation" || type.function !== "stats") return undefined;
  noteMap(access.map, state, "read", scope);
  state.read = true;
  const place = placeOf(scope, access);
  const key = elaborateKey(access, state, scope);
  if (key === "error" || (key !== undefined && isUnknown(key))) return unknown(place);
  return { kind: "map-read", type, place, map: coreMap(state, scope), key };
}

function mapArgument(
  callee: string,
  parameter: Parameter,
  written: Written,
  scope: Scope,
): Argument | Mismatch | undefined {
  const place = placeOf(scope, written);
  if (written.kind === "map" && written.keys !== undefined) {
    elaborate(written, scope);
    report(scope, wholeMapExpected(place, { function: callee }));
    return undefined;
  }
  if (written.kind !== "map") {
    return otherThan(parameter, written, scope);
  }
  const state = mapStateFor(written.map, scope);
  if (state === undefined) return undefined;
  noteMap(written.map, state, "read", scope);
  state.read = true;
  if (!checkDefined(state, place, scope)) return undefined;
  const { shape } = parameter;
  if (shape !== undefined && state.shape !== undefined && state.shape.keyed !== (shape === "keyed")) {
    report(scope, mapShapeForCall(place, { function: callee, name: state.name, keyed: state.shape.keyed }));
    return undefined;
  }
  return argument(reference(state, place, scope), { place });
}

function reference(state: MapState, place: Argument["place"], scope: Scope): CoreExpression {
  const { type } = state.value;
  if (type.kind === "none") return unknown(place);
  return { kind: "map-reference", type: settle(type), place, map: coreMap(state, scope) };
}

function elementArgument(
  parameter: Parameter,
  written: Written,
  scope: Scope,
): Argument | Mismatch | undefined {
  if (written.kind !== "map" || written.keys === undefined) {
    return otherThan(parameter, written, scope);
  }
  const state = mapStateFor(written.map, scope);
  if (state === undefined) return undefined;
  noteMap(written.map, state, "read-write", scope);
  state.read = true;
  const key = elaborateKey(written, state, scope);
  if (key === "error") return undefined;
  const place = placeOf(scope, written);
  if (key === undefined || isUnknown(key)) return argument(unknown(place));
  return argument(reference(state, place, scope), { place, key });
}

function keyArgument(written: Written, before: readonly Argument[], scope: Scope): Argument | undefined {
  if (written.kind === "type-argument") return undefined;
  const key = elaborate(written, scope);
  const state = mapOf(before, scope);
  if (state === undefined || isUnknown(key)) return argument(isUnknown(key) ? key : unknown(key.place));
  if (!claimShape(state, true, key.place, scope)) return undefined;
  const converted = convertKey(key, state, scope);
  return converted === undefined ? undefined : argument(converted);
}

function mapOf(before: readonly Argument[], scope: Scope): MapState | undefined {
  const [first] = before;
  if (first?.expression.kind !== "map-reference") return undefined;
  return scope.walk.states.maps.get(first.expression.map.name);
}

/** A variable that the call writes a value of the map to. */
function variableArgument(
  parameter: Parameter,
  written: Written,
  before: readonly Argument[],
  scope: Scope,
): Argument | Mismatch | undefined {
  if (written.kind !== "variable") {
    return otherThan(parameter, written, scope);
  }
  const state = findVariable(scope, written.name);
  if (state === undefined) {
    reportUndefined(written, scope);
    // Uses of it behind the call are no mistakes of their own.
    scope.walk.untyped.add(declareVariable(written, "assignment", scope));
    return undefined;
  }
  noteVariable(written, state, "write", scope);
  state.assigned = true;
  state.assignedYet = true;
  const place = placeOf(scope, written);
  const map = mapOf(before, scope);
  if (map === undefined || map.value.type.kind === "none") return argument(unknown(place));
  if (!learnType(state.value, map.value.type, place, scope, `$${state.name}`)) {
    const accepts = { expected: describe(map.value.type), test: () => true };
    return {
      parameter: { ...parameter, accepts },
      written,
      got: describe(state.value.type),
      type: undefined,
    };
  }
  const variable = coreVariable(state, scope);
  return argument({ kind: "variable", type: variable.type, place, variable });
}

function wordArgument(
  callee: string,
  parameter: Parameter,
  written: Written,
  scope: Scope,
): Argument | Mismatch | undefined {
  const place = placeOf(scope, written);
  const words = parameter.words ?? [];
  if (written.kind !== "identifier") {
    return otherThan(parameter, written, scope);
  }
  if (!words.includes(written.name)) {
    const facts = { name: callee, parameter: parameter.name, word: written.name, words };
    report(scope, unknownWord(place, { ...facts, nearest: nearest(written.name, words) }));
    return undefined;
  }
  return argument(
    { kind: "block", type: none, place, statements: [], value: undefined },
    { word: written.name },
  );
}

function typeArgument(written: Written, scope: Scope): Argument | undefined {
  const place = placeOf(scope, written);
  let type: Type;
  if (written.kind === "type-argument") type = resolveTypeof(written.type, scope);
  else type = typeOfSubject({ kind: "expression", expression: written }, scope);
  if (type.kind === "none") return undefined;
  return argument({ kind: "block", type: none, place, statements: [], value: undefined }, { type });
}

function memberArgument(
  parameter: Parameter,
  written: Written,
  scope: Scope,
): Argument | Mismatch | undefined {
  const { expression, scope: home } = throughParameters(written, scope);
  if (expression.kind !== "identifier") {
    return { parameter, written, got: "this", type: undefined };
  }
  const place = placeOf(home, expression);
  return argument(
    { kind: "block", type: none, place, statements: [], value: undefined },
    { word: expression.name },
  );
}
