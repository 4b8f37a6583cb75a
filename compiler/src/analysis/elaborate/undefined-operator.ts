/** An operator that nothing defines for the types of its operands. */

import type { CoreExpression } from "../../core/core.ts";
import { operatorNotDefined } from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { describe } from "../../types/show.ts";
import { typeInScript } from "./nodes.ts";
import { report, type Scope } from "../state/scope.ts";

export function reportUndefinedOperator(
  operator: string,
  operands: readonly CoreExpression[],
  place: Place,
  scope: Scope,
): void {
  const [first, second] = operands;
  if (first === undefined) return;
  const facts =
    second === undefined
      ? { operator, left: undefined, right: describe(typeInScript(first)) }
      : { operator, left: describe(typeInScript(first)), right: describe(typeInScript(second)) };
  const joins = operator === "+" && operands.every(({ type }) => type.kind === "string");
  const hints = joins ? ["'str_concat(a, b)' joins strings; so does printing one after the other"] : [];
  report(scope, operatorNotDefined(place, facts, { hints }));
}
