/** `break`, `continue` and `return`. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import {
  jumpInMacro,
  jumpOutsideLoop,
  mixedReturns,
  probeReturnType,
  returnTypeMismatch,
} from "../../diagnostics/catalog/control-flow.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Break, Continue, Return } from "../../syntax/ast.ts";
import { isValue, settle } from "../../types/relations.ts";
import { describe, show } from "../../types/show.ts";
import { int64, type Type } from "../../types/type.ts";
import { coerce } from "./convert.ts";
import { elaborate } from "./parts.ts";
import { cast, isAggregationRead, isUnknown, typeInScript } from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export function elaborateJump(jump: Break | Continue, scope: Scope): readonly CoreStatement[] {
  const place = wordPlace(jump, jump.kind, scope);
  if (scope.loop !== "none") return [{ kind: "jump", place, to: jump.kind }];
  report(
    scope,
    scope.jumpsForbidden
      ? jumpInMacro(place, { jump: jump.kind })
      : jumpOutsideLoop(place, { jump: jump.kind }),
  );
  return [];
}

export function elaborateReturn(node: Return, scope: Scope): readonly CoreStatement[] {
  const place = placeOf(scope, node);
  const word = wordPlace(node, "return", scope);
  if (scope.jumpsForbidden) report(scope, jumpInMacro(word, { jump: "return" }));
  const value = node.value === undefined ? undefined : elaborate(node.value, scope);
  if (scope.loop !== "none") checkMixed(value !== undefined, word, scope);
  const { returns } = scope.routine;
  const converted =
    returns === undefined ? probeValue(value, scope) : functionValue(value, returns, place, scope);
  return [{ kind: "return", place, value: converted }];
}

function wordPlace({ span }: Break | Continue | Return, word: string, scope: Scope): Place {
  return placeOf(scope, { span: { start: span.start, end: span.start + word.length } });
}

function checkMixed(withValue: boolean, place: Place, { routine, walk }: Scope): void {
  if (!walk.final) return;
  const seen = routine.loopReturns;
  const other = withValue ? seen.withoutValue : seen.withValue;
  if (other !== undefined) {
    walk.report(mixedReturns(place, {}, { related: [{ place: other, message: "the other kind is here" }] }));
  }
  if (withValue) seen.withValue ??= place;
  else seen.withoutValue ??= place;
}

function probeValue(value: CoreExpression | undefined, scope: Scope): CoreExpression | undefined {
  if (value === undefined || isUnknown(value)) return value;
  if (value.type.kind === "integer" && !isAggregationRead(value)) {
    // The kernel looks at the bits; a sign change is no surprise there.
    const { type } = value;
    return type.size === 8 && !type.signed
      ? cast(value, int64, true)
      : coerce(value, int64, scope, () => undefined);
  }
  report(scope, probeReturnType(value.place, { type: describe(settle(typeInScript(value))) }));
  return undefined;
}

function functionValue(
  value: CoreExpression | undefined,
  returns: Type,
  place: Place,
  scope: Scope,
): CoreExpression | undefined {
  if (value !== undefined && isUnknown(value)) return value;
  const given = value !== undefined && isValue(value.type);
  if (!isValue(returns)) {
    if (given)
      report(scope, returnTypeMismatch(value.place, { expected: "nothing", got: show(settle(value.type)) }));
    return undefined;
  }
  if (!given) {
    report(scope, returnTypeMismatch(place, { expected: show(returns), got: "nothing" }));
    return undefined;
  }
  return coerce(value, returns, scope, () => {
    report(
      scope,
      returnTypeMismatch(value.place, { expected: show(returns), got: show(settle(value.type)) }),
    );
  });
}
