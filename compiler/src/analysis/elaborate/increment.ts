/** `++` and `--` on variables and maps. */

import type { CoreExpression, CoreIncrement } from "../../core/core.ts";
import { operatorNotDefined } from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Increment } from "../../syntax/ast.ts";
import { sizeOf } from "../../types/layout.ts";
import { describe } from "../../types/show.ts";
import { int64, uint64, type Type } from "../../types/type.ts";
import { checkMapMayBeWritten } from "./assignment.ts";
import { elaborate } from "./parts.ts";
import { claimShape, coreMap, elaborateKey, mapStateFor, noteMap } from "./map-access.ts";
import { isUnknown, unknown } from "./nodes.ts";
import { findVariable, placeOf, report, type Scope } from "../state/scope.ts";
import type { TypeState, VariableState } from "../state/state.ts";
import { coreVariable, learnType, noteVariable, reportUndefined } from "./variables.ts";

export function elaborateIncrement(increment: Increment, scope: Scope): CoreExpression {
  const place = placeOf(scope, increment);
  const { target } = increment;
  switch (target.kind) {
    case "variable": {
      const state = findVariable(scope, target.name);
      if (state === undefined) {
        reportUndefined(target, scope);
        return unknown(place);
      }
      noteVariable(target, state, "read-write", scope);
      state.assigned = true;
      state.assignedYet = true;
      const step = learnStep(state.value, increment, place, scope, state);
      if (step === undefined) return unknown(place);
      const variable = coreVariable(state, scope);
      return node(increment, place, variable.type, step, { kind: "variable", variable });
    }
    case "map": {
      const state = mapStateFor(target.map, scope);
      if (state === undefined || !checkMapMayBeWritten(state, placeOf(scope, target), scope))
        return unknown(place);
      noteMap(target.map, state, "read-write", scope);
      const key = elaborateKey(target, state, scope);
      if (key === "error" || !claimShape(state, target.keys !== undefined, place, scope))
        return unknown(place);
      state.written = true;
      const step = learnStep(state.value, increment, place, scope, undefined);
      if (step === undefined || (key !== undefined && isUnknown(key))) return unknown(place);
      const map = coreMap(state, scope);
      return node(increment, place, map.value, step, { kind: "map", map, key });
    }
    case "invalid-target":
      // That it is no target is said; what else is wrong with it does not matter.
      elaborate(target.expression, { ...scope, walk: { ...scope.walk, report: () => undefined } });
      return unknown(place);
  }
}

function node(
  { operator, prefix }: Increment,
  place: Place,
  type: Type,
  step: number,
  target: CoreIncrement["target"],
): CoreIncrement {
  return { kind: "increment", type, place, operator, prefix, target, step };
}

/** @returns what is added; undefined when the type is not known yet, or cannot be counted up */
function learnStep(
  state: TypeState,
  { operator }: Increment,
  place: Place,
  scope: Scope,
  variable: VariableState | undefined,
): number | undefined {
  const { type } = state;
  switch (type.kind) {
    case "none":
      scope.walk.states.undecided.set(state, "arithmetic");
      return undefined;
    case "integer":
      if (variable?.hasDeclaredType !== true) {
        const result = type.signed || operator === "--" ? int64 : uint64;
        learnType(state, result, place, scope, variable === undefined ? "the map" : `$${variable.name}`);
      }
      return 1;
    case "pointer":
      return type.to.kind === "void" ? 1 : sizeOf(type.to, scope.walk.program.structs);
    default:
      report(scope, operatorNotDefined(place, { operator, left: undefined, right: describe(type) }));
      return undefined;
  }
}
