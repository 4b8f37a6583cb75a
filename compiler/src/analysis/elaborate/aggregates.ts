/** `@m = count()` and its like: updates of a map's aggregation. */

import { anInteger } from "../../builtins/accepts.ts";
import type { Builtin } from "../../builtins/builtin.ts";
import type { Argument } from "../../builtins/call-site.ts";
import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import { wrongArgumentType } from "../../diagnostics/catalog/calls.ts";
import { aggregationVersusValue, differentAggregations } from "../../diagnostics/catalog/maps.ts";
import { aggregationSignDiffers } from "../../diagnostics/catalog/lints.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Call } from "../../syntax/ast.ts";
import { promote, sameAggregation } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import type { AggregationType } from "../../types/type.ts";
import { checkAvailability } from "./availability.ts";
import { matchCall } from "./builtin-calls.ts";
import { callSite } from "./call-view.ts";
import { coreMap } from "./map-access.ts";
import { isAggregationRead, isUnknown } from "./nodes.ts";
import { placeOf, report, type Scope, note } from "../state/scope.ts";
import type { MapState } from "../state/state.ts";
import { learnType } from "./variables.ts";

export function elaborateAggregate(
  state: MapState,
  key: CoreExpression | undefined | "error",
  row: Builtin,
  call: Call,
  place: Place,
  scope: Scope,
): readonly CoreStatement[] {
  const callPlace = placeOf(scope, call);
  note(scope, call.callee, { builtin: row.name });
  const matched = matchCall(row, call, scope);
  if (matched === undefined || !checkAvailability(row, row.name, placeOf(scope, call.callee), scope))
    return [];
  const { form, args } = matched;
  if (gathersAggregation(row.name, args, scope)) return [];
  const site = callSite(row.name, args, callPlace, scope, placeOf(scope, call.callee));
  if (scope.walk.final && !scope.routine.speculative) row.check?.(site);
  const type = typeof form.returns === "function" ? form.returns(site) : form.returns;
  if (type.kind !== "aggregation" || !learnAggregation(state, type, callPlace, scope)) return [];
  const argument = args[0]?.expression;
  const holes = [key, argument].some((part) => part !== undefined && part !== "error" && isUnknown(part));
  if (key === "error" || holes) return [];
  const map = coreMap(state, scope);
  const aggregation = map.value.kind === "aggregation" ? map.value : type;
  if (argument !== undefined) reportNarrowUnsigned(argument, aggregation, scope);
  return [{ kind: "aggregate", place, map, key, aggregation, argument }];
}

/** A uint8 that is 250 stays 250 here when other numbers of the map are signed. */
function reportNarrowUnsigned(
  { type, place }: CoreExpression,
  { function: name, signed }: AggregationType,
  scope: Scope,
): void {
  if (!signed || name === "hist" || name === "lhist" || name === "tseries") return;
  if (type.kind !== "integer" || type.signed || type.size === 8) return;
  report(scope, aggregationSignDiffers(place, { bits: 8 * type.size }));
}

/** An aggregation is no integer to gather; says so. */
function gathersAggregation(name: string, [first]: readonly Argument[], scope: Scope): boolean {
  if (first?.expression === undefined || !isAggregationRead(first.expression)) return false;
  const got = show(first.expression.map.value);
  const facts = { name, parameter: "number", expected: anInteger.expected, got };
  report(scope, wrongArgumentType(first.place, facts));
  return true;
}

function learnAggregation(state: MapState, type: AggregationType, place: Place, scope: Scope): boolean {
  const known = state.value.type;
  if (promote(known, type) !== undefined) return learnType(state.value, type, place, scope, `@${state.name}`);
  const related =
    state.value.decidedBy === undefined
      ? []
      : [{ place: state.value.decidedBy, message: "the other use is here" }];
  if (known.kind === "aggregation" && !sameAggregation(known, type)) {
    const facts = { name: state.name, first: describe(known), second: describe(type) };
    report(scope, differentAggregations(place, facts, { related }));
  } else {
    const facts = { name: state.name, expected: show(known), got: show(type) };
    report(scope, aggregationVersusValue(place, facts, { related }));
  }
  return false;
}

function describe({ function: name, parameters }: AggregationType): string {
  return parameters.length === 0 ? `${name}()` : `${name}(…, ${parameters.join(", ")})`;
}
