/** Blocks and `if` in the parser's tree. */

import type { SyntaxKind } from "@probewright/grammar";

import type { Block, BlockExpression, Expression, If, Statement } from "../ast.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { checkCondition } from "../targets.ts";
import { lowerExpression, lowerStatement, lowerWritten, missingExpression } from "./lower.ts";
import { type Reader, type RuleTable, spanHere, toFirstChild, toNextChild } from "./reader.ts";

export const controlRules: RuleTable<Expression> = { if_expression: lowerIf, block: lowerBlockExpression };

export function lowerBlock(reader: Reader): Block {
  const { cursor } = reader;
  const span = spanHere(reader);
  const statements: Statement[] = [];
  let value: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (!cursor.isNamed) continue;
    if (cursor.field === "value") {
      value = lowerExpression(reader);
      continue;
    }
    const statement = lowerStatement(reader);
    if (statement !== undefined) statements.push(statement);
  }
  return { kind: "block", id: UNNUMBERED, span, statements, value };
}

function lowerBlockExpression(reader: Reader): BlockExpression {
  return { kind: "block-expression", id: UNNUMBERED, span: spanHere(reader), block: lowerBlock(reader) };
}

/** Stands for a block that the tree lacks, at the end of the cursor's node. */
export function emptyBlock({ cursor, draft }: Reader): Block {
  const span = draft.span(cursor.end, cursor.end);
  return { kind: "block", id: UNNUMBERED, span, statements: [], value: undefined };
}

/** The condition of `if` or `while`, or the count of `unroll`. */
export function lowerCondition(reader: Reader, statement: string): Expression {
  return checkCondition(reader.draft, statement, lowerWritten(reader));
}

function lowerIf(reader: Reader): If {
  const { cursor } = reader;
  const span = spanHere(reader);
  let condition: Expression | undefined;
  let then: Block | undefined;
  let otherwise: Block | If | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "condition") condition = lowerCondition(reader, "if");
    else if (cursor.field === "consequence") then = lowerBlock(reader);
    else if (cursor.field === "alternative") otherwise = lowerElse(reader, cursor.kind);
  }
  return {
    kind: "if",
    id: UNNUMBERED,
    span,
    condition: condition ?? missingExpression(reader),
    then: then ?? emptyBlock(reader),
    otherwise,
  };
}

function lowerElse(reader: Reader, kind: SyntaxKind): Block | If {
  if (kind === "block") return lowerBlock(reader);
  const chained = lowerExpression(reader);
  return chained.kind === "if" ? chained : emptyBlock(reader);
}
