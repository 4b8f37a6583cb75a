/** The tools a builtin's row builds other code with, at the place of its call. */

import type { Builder } from "../../builtins/call-site.ts";
import type { CoreExpression, CoreMap, CoreVariable, NamedParameter } from "../../core/core.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { literalType, settle } from "../../types/relations.ts";
import { boolean, none, type IntegerType } from "../../types/type.ts";
import { nodeId } from "../../base/brand.ts";
import { buildField } from "./access.ts";
import { buildBinary } from "./binary.ts";
import { coerce } from "./convert.ts";
import { stepInto } from "./introspection.ts";
import { readType } from "./map-access.ts";
import { requireLowering } from "./lowered.ts";
import { booleanConstant, cast, stringConstant, typedInteger, unknown } from "./nodes.ts";
import { report, type Scope } from "../state/scope.ts";
import { buildNot } from "./unary.ts";
import { namedParameterConflict } from "../../diagnostics/catalog/calls.ts";

export function createBuilder(place: Place, scope: Scope, callee: Place | undefined): Builder {
  return {
    callee,
    integer: (value, type) =>
      typedInteger(
        value,
        type?.kind === "integer" ? type : (settle(literalType(value)) as IntegerType),
        place,
      ),
    boolean: (value) => booleanConstant(value, place),
    string: (value) => stringConstant(value, place),
    call: (name, type, args = [], detail = { kind: "none" }) => {
      requireLowering(name, place, scope);
      return { kind: "call", type, place, name, arguments: args, detail };
    },
    cast: (operand, type) => ({ ...cast(operand, type, false), place }),
    binary: (operator, left, right) => buildBinary(operator, left, right, place, scope),
    not: (operand) => buildNot(operand, place, scope),
    field: (object, name) =>
      buildField(object, { kind: "name", id: nodeId(0), span: place.span, text: name }, place, scope),
    statements: (statements) => ({ kind: "block", type: none, place, statements, value: undefined }),
    record: (fields) => ({
      kind: "record",
      type: { kind: "record", fields: fields.map(([name, value]) => ({ name, type: value.type })) },
      place,
      values: fields.map(([, value], index) => ({ index, value })),
    }),
    offsetOf: (type, member, memberPlace) => {
      const step = { kind: "name", id: nodeId(0), span: memberPlace.span, text: member } as const;
      return stepInto(type, step, member, scope)?.offset;
    },
    find: (map, key, variable) => findElement(map, key, variable, place, scope),
    namedParameter: (parameter) => addNamedParameter(parameter, place, scope),
    unknown: () => unknown(place),
  };
}

function addNamedParameter(parameter: NamedParameter, place: Place, scope: Scope): NamedParameter {
  const { namedParameters } = scope.walk.states;
  const known = namedParameters.get(parameter.name);
  if (known === undefined || !scope.walk.final) {
    namedParameters.set(parameter.name, parameter);
    return parameter;
  }
  const conflict = conflictOf(known, parameter);
  if (conflict !== undefined) {
    report(scope, namedParameterConflict(place, { name: parameter.name, what: conflict }));
  }
  return known;
}

function conflictOf(known: NamedParameter, other: NamedParameter): string | undefined {
  if (known.default.kind !== other.default.kind || known.default.value !== other.default.value)
    return "default";
  const described = known.description !== undefined && other.description !== undefined;
  return described && known.description !== other.description ? "description" : undefined;
}

/** Looks twice, once to know and once to read: the variable keeps its value when there is no element. */
function findElement(
  map: CoreMap,
  key: CoreExpression,
  variable: CoreVariable,
  place: Place,
  scope: Scope,
): CoreExpression {
  const found: CoreVariable = { name: "found", type: boolean, place, decidedBy: place };
  if (scope.walk.final) scope.routine.variables.push(found);
  const reference: CoreExpression = { kind: "map-reference", type: map.value, place, map };
  const has: CoreExpression = {
    kind: "call",
    type: boolean,
    place,
    name: "has_key",
    arguments: [reference, key],
    detail: { kind: "none" },
  };
  const type = readType(map.value) ?? map.value;
  const read: CoreExpression = { kind: "map-read", type, place, map, key };
  const value = coerce(read, variable.type, scope, () => undefined);
  const condition: CoreExpression = { kind: "variable", type: boolean, place, variable: found };
  return {
    kind: "block",
    type: boolean,
    place,
    statements: [
      { kind: "assign-variable", place, variable: found, value: has },
      {
        kind: "if",
        place,
        condition,
        then: [{ kind: "assign-variable", place, variable, value }],
        otherwise: [],
      },
    ],
    value: condition,
  };
}
