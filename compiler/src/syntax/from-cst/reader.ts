/**
 * Walking the parser's tree with one cursor. A lowering function finds the cursor at its node and leaves it there;
 * comments, which may stand between any two tokens, are put aside on the way.
 */

import type { FieldName, SyntaxCursor, SyntaxKind } from "@probewright/grammar";

import type { Span } from "../../base/span.ts";
import type { Expression, Statement, TypeSyntax } from "../ast.ts";
import type { Name } from "../node.ts";
import type { ItemDraft } from "../item-draft.ts";

export type RuleTable<Lowered> = Partial<Readonly<Record<SyntaxKind, (reader: Reader) => Lowered>>>;

/** Which function lowers which kind of node. */
export interface Rules {
  readonly expressions: RuleTable<Expression>;
  readonly types: RuleTable<TypeSyntax>;
  readonly statements: RuleTable<Statement>;
}

export interface Reader {
  readonly cursor: SyntaxCursor;
  readonly draft: ItemDraft;
  readonly rules: Rules;
  /** How many expressions, blocks and types are being lowered inside each other. */
  depth: number;
  /** The grammar closed something here that the text does not. */
  unfinished: boolean;
}

/** The span of the cursor's node in the item. */
export function spanHere({ cursor, draft }: Reader): Span {
  return draft.span(cursor.start, cursor.end);
}

export function textHere({ cursor, draft }: Reader): string {
  return draft.text.slice(cursor.start, cursor.end);
}

export function nameHere({ cursor, draft }: Reader): Name {
  return draft.name(cursor.start, cursor.end);
}

/**
 * Goes to the first child that is no comment. Use as
 * `for (let more = toFirstChild(reader); more; more = toNextChild(reader))` and never leave the loop early: its end
 * brings the cursor back to the parent.
 */
export function toFirstChild(reader: Reader): boolean {
  return reader.cursor.gotoFirstChild() && pastComments(reader);
}

export function toNextChild(reader: Reader): boolean {
  if (reader.cursor.gotoNextSibling()) return pastComments(reader);
  reader.cursor.gotoParent();
  return false;
}

function pastComments(reader: Reader): boolean {
  const { cursor, draft } = reader;
  for (let kind = cursor.kind; isComment(kind); kind = cursor.kind) {
    draft.addComment({ start: cursor.start, end: cursor.end, block: kind === "block_comment" });
    if (cursor.gotoNextSibling()) continue;
    cursor.gotoParent();
    return false;
  }
  if (cursor.kind === "unfinished") reader.unfinished = true;
  return true;
}

export function isComment(kind: SyntaxKind): boolean {
  return kind === "line_comment" || kind === "block_comment";
}

/** Lowers the last child in `field`; all other children but comments are passed by. */
export function lowerField<Lowered>(
  reader: Reader,
  field: FieldName,
  lower: (reader: Reader) => Lowered,
): Lowered | undefined {
  let lowered: Lowered | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.field === field) lowered = lower(reader);
  }
  return lowered;
}

/** Lowers the children that are named nodes, in order. */
export function lowerNamedChildren<Lowered>(
  reader: Reader,
  lower: (reader: Reader) => Lowered,
): readonly Lowered[] {
  const lowered: Lowered[] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.isNamed) lowered.push(lower(reader));
  }
  return lowered;
}
