/** Operators of the parser's tree: prefix, infix and postfix. */

import type { SyntaxKind } from "@probewright/grammar";

import type { Span } from "../../base/span.ts";
import type {
  Binary,
  BinaryOperator,
  Cast,
  Comptime,
  Conditional,
  Expression,
  FieldAccess,
  Increment,
  Index,
  MapAccess,
  MapName,
  TupleAccess,
  TypeSyntax,
  Unary,
  UnaryOperator,
} from "../ast.ts";
import type { Name } from "../node.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { readInteger } from "../literals.ts";
import { isBinaryOperator, isUnaryOperator } from "../operators.ts";
import { checkAddressOf, incrementTarget, type Written } from "../targets.ts";
import { lowerMapName } from "./leaves.ts";
import { lowerExpression, lowerType, lowerWritten, missingExpression } from "./lower.ts";
import {
  lowerField,
  nameHere,
  type Reader,
  type RuleTable,
  spanHere,
  textHere,
  toFirstChild,
  toNextChild,
} from "./reader.ts";

export const operatorRules: RuleTable<Expression> = {
  unary_expression: lowerUnary,
  update_expression: lowerUpdate,
  binary_expression: lowerBinary,
  conditional_expression: lowerConditional,
  cast_expression: lowerCast,
  comptime_expression: lowerComptime,
  field_expression: lowerFieldAccess,
  tuple_access: lowerTupleAccess,
  index_expression: lowerIndex,
  map_access: lowerMapAccess,
};

function lowerBinary(reader: Reader): Binary {
  const { cursor } = reader;
  const span = spanHere(reader);
  let left: Expression | undefined;
  let right: Expression | undefined;
  let operator: BinaryOperator = "+";
  let operatorSpan: Span = span;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "left") left = lowerExpression(reader);
    else if (cursor.field === "right") right = lowerExpression(reader);
    else if (isBinaryOperator(cursor.kind)) {
      operator = cursor.kind;
      operatorSpan = spanHere(reader);
    }
  }
  return {
    kind: "binary",
    id: UNNUMBERED,
    span,
    operator,
    operatorSpan,
    left: left ?? missingExpression(reader),
    right: right ?? missingExpression(reader),
  };
}

function lowerUnary(reader: Reader): Unary {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let operator: UnaryOperator = "-";
  let operatorSpan: Span = span;
  let operand: Written | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "operand") operand = lowerWritten(reader);
    else if (isUnaryOperator(cursor.kind)) {
      operator = cursor.kind;
      operatorSpan = spanHere(reader);
    }
  }
  if (operator === "&" && operand !== undefined) checkAddressOf(draft, operand);
  const expression = operand?.expression ?? missingExpression(reader);
  return { kind: "unary", id: UNNUMBERED, span, operator, operatorSpan, operand: expression };
}

function lowerUpdate(reader: Reader): Increment {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let operator: "++" | "--" = "++";
  let prefix = false;
  let operand: Written | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "operand") operand = lowerWritten(reader);
    else if (cursor.kind === "++" || cursor.kind === "--") {
      operator = cursor.kind;
      prefix = operand === undefined;
    }
  }
  const { start, end } = cursor;
  const written = operand ?? { expression: missingExpression(reader), parenthesized: false, start, end };
  return {
    kind: "increment",
    id: UNNUMBERED,
    span,
    operator,
    prefix,
    target: incrementTarget(draft, operator, written, { start, end }),
  };
}

function lowerConditional(reader: Reader): Conditional {
  const { cursor } = reader;
  const span = spanHere(reader);
  let condition: Expression | undefined;
  let then: Expression | undefined;
  let otherwise: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "condition") condition = lowerExpression(reader);
    else if (cursor.field === "consequence") then = lowerExpression(reader);
    else if (cursor.field === "alternative") otherwise = lowerExpression(reader);
  }
  return {
    kind: "conditional",
    id: UNNUMBERED,
    span,
    condition: condition ?? missingExpression(reader),
    then,
    otherwise: otherwise ?? missingExpression(reader),
  };
}

function lowerCast(reader: Reader): Cast {
  const { cursor } = reader;
  const span = spanHere(reader);
  let type: TypeSyntax | undefined;
  let operand: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "type") type = lowerType(reader);
    else if (cursor.field === "value") operand = lowerExpression(reader);
  }
  type ??= { kind: "missing-type", id: UNNUMBERED, span };
  return { kind: "cast", id: UNNUMBERED, span, type, operand: operand ?? missingExpression(reader) };
}

function lowerComptime(reader: Reader): Comptime {
  const span = spanHere(reader);
  const operand = lowerField(reader, "operand", lowerExpression) ?? missingExpression(reader);
  return { kind: "comptime", id: UNNUMBERED, span, operand };
}

function lowerFieldAccess(reader: Reader): FieldAccess {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let object: Expression | undefined;
  let field: Name | undefined;
  let arrow = false;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "object") object = lowerExpression(reader);
    else if (cursor.field === "field") field = nameHere(reader);
    else if (isArrow(cursor.kind)) arrow = true;
  }
  field ??= draft.name(cursor.end, cursor.end);
  return {
    kind: "field-access",
    id: UNNUMBERED,
    span,
    object: object ?? missingExpression(reader),
    field,
    arrow,
  };
}

function isArrow(kind: SyntaxKind): boolean {
  return kind === "->";
}

function lowerTupleAccess(reader: Reader): TupleAccess {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let object: Expression | undefined;
  let index = 0;
  let indexSpan: Span = span;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "object") object = lowerExpression(reader);
    else if (cursor.field === "index") {
      const { value, problems } = readInteger(textHere(reader));
      draft.reportAll(problems, cursor.start);
      index = Number(value);
      indexSpan = spanHere(reader);
    }
  }
  return {
    kind: "tuple-access",
    id: UNNUMBERED,
    span,
    object: object ?? missingExpression(reader),
    index,
    indexSpan,
  };
}

function lowerIndex(reader: Reader): Index {
  const { cursor } = reader;
  const span = spanHere(reader);
  let object: Expression | undefined;
  let index: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "object") object = lowerExpression(reader);
    else if (cursor.field === "index") index = lowerExpression(reader);
  }
  return {
    kind: "index",
    id: UNNUMBERED,
    span,
    object: object ?? missingExpression(reader),
    index: index ?? missingExpression(reader),
  };
}

function lowerMapAccess(reader: Reader): MapAccess {
  const { cursor } = reader;
  const span = spanHere(reader);
  let map: MapName | undefined;
  const keys: Expression[] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "map") map = lowerMapName(reader);
    else if (cursor.field === "key" && cursor.isNamed) keys.push(lowerExpression(reader));
  }
  map ??= { kind: "map-name", id: UNNUMBERED, span, name: "" };
  return { kind: "map", id: UNNUMBERED, span, map, keys };
}
