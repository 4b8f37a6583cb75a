/**
 * Lowering by kind: a table per class of node says which function makes which node. The tables come with the reader,
 * because expressions hold blocks and types, which hold expressions, and files do not import each other in a ring.
 */

import type { Expression, Missing, Statement, TypeSubject, TypeSyntax } from "../ast.ts";
import { MAX_NESTING, UNNUMBERED } from "../item-draft.ts";
import type { Written } from "../targets.ts";
import { type Reader, spanHere } from "./reader.ts";

export function lowerExpression(reader: Reader): Expression {
  const lower = reader.rules.expressions[reader.cursor.kind];
  if (lower === undefined || isTooDeep(reader)) return missingExpression(reader);
  reader.depth += 1;
  const expression = lower(reader);
  reader.depth -= 1;
  return expression;
}

/** An expression together with how it was written. */
export function lowerWritten(reader: Reader): Written {
  const { start, end, kind } = reader.cursor;
  return {
    expression: lowerExpression(reader),
    parenthesized: kind === "parenthesized_expression",
    start,
    end,
  };
}

export function lowerType(reader: Reader): TypeSyntax {
  const lower = reader.rules.types[reader.cursor.kind];
  if (lower === undefined || isTooDeep(reader)) {
    return { kind: "missing-type", id: UNNUMBERED, span: spanHere(reader) };
  }
  reader.depth += 1;
  const type = lower(reader);
  reader.depth -= 1;
  return type;
}

/** The operand of `sizeof` and its like; a lone name is an expression until names are resolved. */
export function lowerTypeSubject(reader: Reader): TypeSubject {
  if (reader.rules.types[reader.cursor.kind] !== undefined) return { kind: "type", type: lowerType(reader) };
  return { kind: "expression", expression: lowerExpression(reader) };
}

/** @returns undefined when the node is no statement */
export function lowerStatement(reader: Reader): Statement | undefined {
  return reader.rules.statements[reader.cursor.kind]?.(reader);
}

/** Stands for an expression that the tree lacks, at the end of the cursor's node. */
export function missingExpression({ cursor, draft }: Reader): Missing {
  return draft.missing(cursor.end, "an expression");
}

/** Whether nesting has reached its limit, which is reported. */
export function isTooDeep({ cursor, draft, depth }: Reader): boolean {
  if (depth < MAX_NESTING) return false;
  draft.report("nesting-too-deep", { limit: MAX_NESTING.toString() }, cursor.start, cursor.end);
  return true;
}
