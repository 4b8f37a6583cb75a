/** `$1`, `$#`, and the text that `str($1)` makes of a parameter, as `str(5)` does of a number. */

import { toUtf8 } from "../../base/utf8.ts";
import type { CoreExpression } from "../../core/core.ts";
import { missingPositionalParameter } from "../../diagnostics/catalog/names.ts";
import type { Expression, ParameterCount, PositionalParameter } from "../../syntax/ast.ts";
import { readNumber } from "../../syntax/numbers.ts";
import { constantOf, integerLiteral, stringConstant } from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export function elaborateParameter(
  parameter: PositionalParameter | ParameterCount,
  scope: Scope,
): CoreExpression {
  const place = placeOf(scope, parameter);
  const { positional } = scope.walk.program.options;
  if (parameter.kind === "parameter-count") {
    return integerLiteral(BigInt(positional?.length ?? 0), place);
  }
  const text = textOf(parameter, scope);
  if (text === undefined || text === "") return integerLiteral(0n, place);
  const value = readNumber(text);
  return value === undefined ? stringConstant(toUtf8(text), place) : integerLiteral(value, place);
}

/** @returns undefined when it was not given, after saying so */
function textOf(parameter: PositionalParameter, scope: Scope): string | undefined {
  const { positional } = scope.walk.program.options;
  const text = positional?.[parameter.index - 1];
  if (positional !== undefined && parameter.index > 0 && (text === undefined || text === "")) {
    const facts = { index: parameter.index, count: positional.length };
    report(scope, missingPositionalParameter(placeOf(scope, parameter), facts));
  }
  return text;
}

/** Is it made of positional parameters and numbers to add to them, so that `str()` takes it as text? */
export function isParameterText(expression: Expression): boolean {
  if (expression.kind === "positional-parameter") return true;
  if (expression.kind !== "binary" || expression.operator !== "+") return false;
  const { left, right } = expression;
  return (
    (isParameterText(left) && right.kind === "integer") || (left.kind === "integer" && isParameterText(right))
  );
}

/** `str($1)` is the parameter's text whatever it looks like; `str($1 + 2)` leaves out its first two characters. */
export function elaborateParameterText(expression: Expression, scope: Scope): CoreExpression {
  const place = placeOf(scope, expression);
  return stringConstant(suffixOf(expression, scope), place);
}

function suffixOf(expression: Expression, scope: Scope): string {
  if (expression.kind === "positional-parameter") return toUtf8(textOf(expression, scope) ?? "");
  if (expression.kind !== "binary") return "";
  const [text, count] =
    expression.right.kind === "integer"
      ? [expression.left, expression.right]
      : [expression.right, expression.left];
  return suffixOf(text, scope).slice(count.kind === "integer" ? Number(count.value) : 0);
}

/** `str(5)` is `"5"`. A cast says that an address is meant, and the constants of an enum have names. */
export function numberAsText(written: Expression, value: CoreExpression): CoreExpression {
  const constant = constantOf(value);
  const { type, place } = value;
  const isPlain = type.kind === "integer" && type.enumName === undefined && written.kind !== "cast";
  return constant?.kind === "integer" && isPlain ? stringConstant(constant.value.toString(), place) : value;
}
