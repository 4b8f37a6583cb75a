/** Statements of the parser's tree → statements. */

import type { SyntaxKind } from "@probewright/grammar";

import type {
  ArithmeticOperator,
  Assignment,
  Block,
  Expression,
  ExpressionStatement,
  For,
  ImportStatement,
  Range,
  Statement,
  TypeSyntax,
  Unroll,
  Variable,
  VariableDeclaration,
  While,
} from "../ast.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { isArithmeticOperator } from "../operators.ts";
import { assignmentTarget, checkRangeBound, type Written } from "../targets.ts";
import { emptyBlock, lowerBlock, lowerCondition } from "./control.ts";
import { lowerMapName, lowerString, lowerVariable } from "./leaves.ts";
import { lowerExpression, lowerType, lowerWritten, missingExpression } from "./lower.ts";
import {
  lowerField,
  lowerNamedChildren,
  type Reader,
  type RuleTable,
  spanHere,
  toFirstChild,
  toNextChild,
} from "./reader.ts";

export const statementRules: RuleTable<Statement> = {
  import_statement: lowerImportStatement,
  while_statement: lowerWhile,
  unroll_statement: lowerUnroll,
  for_statement: lowerFor,
  break_statement: (reader) => lowerJump(reader, "break"),
  continue_statement: (reader) => lowerJump(reader, "continue"),
  return_statement: (reader) => {
    const span = spanHere(reader);
    return { kind: "return", id: UNNUMBERED, span, value: lowerField(reader, "value", lowerExpression) };
  },
  discard_statement: (reader) => {
    const span = spanHere(reader);
    const value = lowerField(reader, "value", lowerExpression) ?? missingExpression(reader);
    return { kind: "discard", id: UNNUMBERED, span, value };
  },
  let_statement: lowerLet,
  assignment_statement: lowerAssignment,
  expression_statement: lowerExpressionStatement,
};

/** Goes through the children, though nothing is made of them: comments and what is unfinished show there. */
function lowerJump(reader: Reader, kind: "break" | "continue"): Statement {
  lowerNamedChildren(reader, () => undefined);
  return { kind, id: UNNUMBERED, span: spanHere(reader) };
}

function missingVariable({ cursor, draft }: Reader): Variable {
  return { kind: "variable", id: UNNUMBERED, span: draft.span(cursor.end, cursor.end), name: "" };
}

function lowerImportStatement(reader: Reader): ImportStatement {
  const span = spanHere(reader);
  const path = lowerField(reader, "path", lowerString) ?? missingExpression(reader);
  return { kind: "import-statement", id: UNNUMBERED, span, path };
}

function lowerWhile(reader: Reader): While {
  const { cursor } = reader;
  const span = spanHere(reader);
  let condition: Expression | undefined;
  let body: Block | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "condition") condition = lowerCondition(reader, "while");
    else if (cursor.field === "body") body = lowerBlock(reader);
  }
  return {
    kind: "while",
    id: UNNUMBERED,
    span,
    condition: condition ?? missingExpression(reader),
    body: body ?? emptyBlock(reader),
  };
}

function lowerUnroll(reader: Reader): Unroll {
  const { cursor } = reader;
  const span = spanHere(reader);
  let count: Expression | undefined;
  let body: Block | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "count") count = lowerCondition(reader, "unroll");
    else if (cursor.field === "body") body = lowerBlock(reader);
  }
  return {
    kind: "unroll",
    id: UNNUMBERED,
    span,
    count: count ?? missingExpression(reader),
    body: body ?? emptyBlock(reader),
  };
}

function lowerFor(reader: Reader): For {
  const { cursor } = reader;
  const span = spanHere(reader);
  let variable: Variable | undefined;
  let over: For["over"] | undefined;
  let body: Block | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "variable") variable = lowerVariable(reader);
    else if (cursor.field === "iterable")
      over = cursor.kind === "map" ? lowerMapName(reader) : lowerRange(reader);
    else if (cursor.field === "body") body = lowerBlock(reader);
  }
  return {
    kind: "for",
    id: UNNUMBERED,
    span,
    variable: variable ?? missingVariable(reader),
    over: over ?? missingExpression(reader),
    body: body ?? emptyBlock(reader),
  };
}

function lowerRange(reader: Reader): Range {
  const { cursor } = reader;
  const span = spanHere(reader);
  let start: Expression | undefined;
  let end: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "start") start = lowerRangeBound(reader);
    else if (cursor.field === "end") end = lowerRangeBound(reader);
  }
  return {
    kind: "range",
    id: UNNUMBERED,
    span,
    start: start ?? missingExpression(reader),
    end: end ?? missingExpression(reader),
  };
}

function lowerRangeBound(reader: Reader): Expression {
  const written = lowerWritten(reader);
  checkRangeBound(reader.draft, written);
  return written.expression;
}

function lowerLet(reader: Reader): VariableDeclaration {
  const { cursor } = reader;
  const span = spanHere(reader);
  let variable: Variable | undefined;
  let type: TypeSyntax | undefined;
  let value: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "variable") variable = lowerVariable(reader);
    else if (cursor.field === "type") type = lowerType(reader);
    else if (cursor.field === "value") value = lowerExpression(reader);
  }
  variable ??= missingVariable(reader);
  return { kind: "variable-declaration", id: UNNUMBERED, span, variable, type, value };
}

function lowerAssignment(reader: Reader): Assignment {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let written: Written | undefined;
  let operator: ArithmeticOperator | undefined;
  let operatorEnd = cursor.start;
  let value: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "target") written = lowerWritten(reader);
    else if (cursor.field === "operator") {
      operator = arithmeticOf(cursor.kind);
      operatorEnd = cursor.end;
    } else if (cursor.field === "value") value = lowerExpression(reader);
  }
  const { start } = cursor;
  written ??= { expression: missingExpression(reader), parenthesized: false, start, end: start };
  return {
    kind: "assignment",
    id: UNNUMBERED,
    span,
    target: assignmentTarget(draft, written, operatorEnd),
    operator,
    value: value ?? missingExpression(reader),
  };
}

/** `+` of `+=`; nothing of `=`. */
function arithmeticOf(kind: SyntaxKind): ArithmeticOperator | undefined {
  const operator = kind.slice(0, -1);
  return isArithmeticOperator(operator) ? operator : undefined;
}

function lowerExpressionStatement(reader: Reader): ExpressionStatement {
  const span = spanHere(reader);
  const expression = lowerField(reader, "expression", lowerExpression) ?? missingExpression(reader);
  return { kind: "expression-statement", id: UNNUMBERED, span, expression };
}
