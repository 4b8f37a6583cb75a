/** Every construct, for a walk to hand to each of them. */

import type { Constructs } from "../state/scope.ts";
import { elaborateAnyExpression } from "./expression.ts";
import { elaborateAnyStatement, elaborateExpressionStatement } from "./statements.ts";

export const constructs: Constructs = {
  expression: elaborateAnyExpression,
  statement: elaborateAnyStatement,
  effect: elaborateExpressionStatement,
};
