/** What may stand where: targets of assignments and increments, operands of `&`, conditions, bounds of ranges. */

import type { Binary, Expression, InvalidTarget, MapAccess, RecordLiteral, Variable } from "./ast.ts";
import { type ItemDraft, UNNUMBERED } from "./item-draft.ts";

/** An expression and how it was written, for rules that tell `x` from `(x)`. */
export interface Written {
  readonly expression: Expression;
  /** It stood in parentheses of its own. */
  readonly parenthesized: boolean;
  /** Offsets of the file, parentheses included. */
  readonly start: number;
  readonly end: number;
}

/**
 * The target of `=`: a variable or a map, with or without keys.
 * @param end where the operator ends in the file: problems are about the target and the operator
 */
export function assignmentTarget(
  draft: ItemDraft,
  written: Written,
  end: number,
): Variable | MapAccess | InvalidTarget {
  const { expression, parenthesized, start } = written;
  const isTarget = expression.kind === "variable" || expression.kind === "map";
  if (isTarget && !parenthesized) return expression;
  if (expression.kind === "tuple-access" || expression.kind === "field-access") {
    const what = expression.kind === "tuple-access" ? "an element of a tuple" : "a field";
    draft.report("immutable-target", { what }, start, end);
  } else if (isGlued(expression)) {
    const { operatorSpan, operator } = expression;
    const at = draft.start + operatorSpan.start;
    draft.report("glued-to-block", { operator }, at, at + operator.length);
  } else if (expression.kind !== "missing") {
    draft.report("invalid-target", { text: draft.text.slice(start, written.end) }, start, end);
  }
  return invalidTarget(expression);
}

/**
 * The target of `++` and `--`: as for `=`, and parentheses do no harm.
 * @param whole offsets of operator and target in the file
 */
export function incrementTarget(
  draft: ItemDraft,
  operator: "++" | "--",
  written: Written,
  whole: { readonly start: number; readonly end: number },
): Variable | MapAccess | InvalidTarget {
  const { expression } = written;
  if (expression.kind === "variable" || expression.kind === "map") return expression;
  if (isBlockLike(expression)) {
    draft.report("glued-to-block", { operator }, whole.end - operator.length, whole.end);
  } else if (expression.kind !== "missing") {
    const text = draft.text.slice(written.start, written.end);
    draft.report("invalid-increment", { operator, text }, whole.start, whole.end);
  }
  return invalidTarget(expression);
}

/** `&` takes a variable or a whole map, and nothing in parentheses. */
export function checkAddressOf(draft: ItemDraft, { expression, parenthesized, start, end }: Written): void {
  const isWholeMap = expression.kind === "map" && expression.keys === undefined;
  if ((expression.kind === "variable" || isWholeMap) && !parenthesized) return;
  if (expression.kind === "missing") return;
  draft.report("invalid-address-of", { text: draft.text.slice(start, end) }, start, end);
}

/**
 * A condition or count: one pair of parentheses around all of it, or something that binds at least as tightly as a
 * prefix operator and does not start with a parenthesis.
 * @returns what is meant
 */
export function checkCondition(draft: ItemDraft, statement: string, written: Written): Expression {
  const { expression, parenthesized } = written;
  if (expression.kind === "record" && !parenthesized) return readAsComparison(draft, expression, written);
  checkParentheses(draft, statement, written);
  return expression;
}

/** What is said of a comparison of strings with a pattern, as in awk and Perl. */
export const NO_PATTERNS =
  "there are no patterns: compare with '==', or look inside with 'strcontains(a, b)'";

/** `(comm = "a")` is a record, and none is a condition. */
function readAsComparison(draft: ItemDraft, record: RecordLiteral, { start, end }: Written): Expression {
  const at = draft.text.indexOf("=", start);
  const [field] = record.fields;
  if (draft.text[at + 1] === "~") {
    draft.report("foreign-syntax", { text: "=~", advice: NO_PATTERNS }, at, at + 2);
    return draft.missing(end, "a condition");
  }
  draft.report("assignment-in-expression", {}, at, at + 1);
  if (field === undefined) return record;
  const left: Expression = {
    kind: "identifier",
    id: UNNUMBERED,
    span: field.name.span,
    name: field.name.text,
  };
  const { span } = record;
  const operatorSpan = draft.span(at, at + 1);
  return { kind: "binary", id: UNNUMBERED, span, operator: "==", operatorSpan, left, right: field.value };
}

function checkParentheses(draft: ItemDraft, statement: string, written: Written): void {
  const { expression, parenthesized, start, end } = written;
  if (parenthesized || expression.kind === "missing") return;
  const loose = expression.kind === "binary" || expression.kind === "conditional";
  if (!loose && draft.text[start] !== "(") return;
  const nothing = expression.kind === "tuple" && expression.elements.length === 0;
  draft.report(nothing ? "condition-missing" : "condition-not-unary", { statement }, start, end);
}

const NOT_PRIMARY: ReadonlySet<Expression["kind"]> = new Set<Expression["kind"]>([
  "unary",
  "increment",
  "binary",
  "conditional",
  "field-access",
  "tuple-access",
  "index",
]);

/** A bound of a range: a literal, name, call, element of a map, or anything in parentheses. */
export function checkRangeBound(draft: ItemDraft, { expression, parenthesized, start, end }: Written): void {
  if (parenthesized || !NOT_PRIMARY.has(expression.kind)) return;
  draft.report("range-bound-not-primary", { text: draft.text.slice(start, end) }, start, end);
}

/** Field names of a record are different. @param name a field's name, with its offsets in the file */
export function checkRepeatedField(
  draft: ItemDraft,
  seen: Set<string>,
  name: { readonly text: string; readonly start: number; readonly end: number },
): void {
  if (seen.has(name.text)) draft.report("repeated-field", { name: name.text }, name.start, name.end);
  seen.add(name.text);
}

/** `if (c) { } *$p = 1;`: an operator that was meant to start a statement. */
function isGlued(expression: Expression): expression is Binary {
  return expression.kind === "binary" && isBlockLike(expression.left);
}

function isBlockLike(expression: Expression): boolean {
  return expression.kind === "if" || expression.kind === "block-expression";
}

function invalidTarget(expression: Expression): InvalidTarget {
  return { kind: "invalid-target", id: UNNUMBERED, span: expression.span, expression };
}
