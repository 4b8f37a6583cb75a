/** `comptime`: what must be known while compiling, and the choice of code by it. */

import type { CoreExpression } from "../../core/core.ts";
import { notConstant } from "../../diagnostics/catalog/types.ts";
import type { Comptime, Expression } from "../../syntax/ast.ts";
import { elaborate } from "./parts.ts";
import { constantOf, isConstantTree, isTruthy, isUnknown, unknown } from "./nodes.ts";
import { placeOf, report, within, type Scope } from "../state/scope.ts";
import type { TypeState } from "../state/state.ts";

export function elaborateComptime(comptime: Comptime, scope: Scope): CoreExpression {
  const value = elaborate(comptime.operand, scope);
  if (isUnknown(value) || isConstantTree(value)) return value;
  report(scope, notConstant(value.place, {}));
  return unknown(placeOf(scope, comptime), value.type);
}

/**
 * Which branch of an `if comptime` there is. A condition that depends on types waits until all else is typed; the
 * answer it gets then stays, and the types it asked for are locked.
 * @returns undefined for an ordinary condition; `neither` while it waits, and when it has no answer
 */
export function decideBranch(condition: Expression, scope: Scope): "then" | "else" | "neither" | undefined {
  if (condition.kind !== "comptime") return undefined;
  const { walk, instance } = scope;
  const decided = instance.decisions.get(condition);
  const outer = walk.asked;
  const asked = new Set<TypeState>();
  walk.asked = asked;
  const value = elaborate(condition.operand, within(scope, { unevaluated: true }));
  walk.asked = outer;
  for (const state of asked) outer?.add(state);
  if (decided !== undefined) return isTruthy(decided) ? "then" : "else";
  const constant = constantOf(value);
  if (constant === undefined) {
    if (!isUnknown(value) || asked.size > 0) report(scope, notConstant(value.place, {}));
    return "neither";
  }
  if (asked.size === 0) return isTruthy(constant) ? "then" : "else";
  const place = placeOf(scope, condition);
  walk.pending.push({ instance, node: condition, answer: constant, asked: [...asked], place });
  return "neither";
}
