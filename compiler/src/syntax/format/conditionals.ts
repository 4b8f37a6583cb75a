/** Laying out `if`: on one line when it is a value that fits, else with its blocks on lines of their own. */

import type { Block, If } from "../ast.ts";
import { Sheet } from "./sheet.ts";
import { placeMarks } from "./marks.ts";
import { INDENT, narrower, type Room, type Style } from "./style.ts";

interface Branch {
  readonly condition: Sheet;
  readonly body: Sheet;
}

export function layoutIf(style: Style, expression: If, room: Room): Sheet {
  const { trivia, width } = room;
  const before = trivia.claim(style.base + expression.span.start);
  const branches: Branch[] = [];
  let otherwise: Sheet | undefined;
  for (let branch: If | undefined = expression; branch !== undefined; ) {
    branches.push(layoutBranch(style, branch, expression.then, room));
    const next: Block | If | undefined = branch.otherwise;
    if (next?.kind === "block") otherwise = layoutBody(style, next, room);
    branch = next?.kind === "if" ? next : undefined;
  }
  const sheet = new Sheet();
  placeMarks(sheet, before, 0);
  const hasValue = room.mode !== "nested" && expression.then.value !== undefined;
  const isValue = hasValue && expression.otherwise !== undefined;
  const total = branches.reduce((sum, { condition, body }) => sum + condition.width + body.width + 8, 0);
  const isTall =
    branches.length > 1 ||
    branches.some(({ condition, body }) => condition.height > 1 || body.height > 1) ||
    (otherwise?.height ?? 0) > 1;
  const onLines = !isValue || total > width || isTall;
  branches.forEach(({ condition, body }, index) => {
    sheet.text(index > 0 ? " else if " : "if ").append(condition);
    placeBody(sheet, body, onLines);
  });
  if (otherwise !== undefined) placeBody(sheet.text(" else"), otherwise, onLines);
  return sheet;
}

/** @param first the block of the whole `if`: comments before it follow the condition */
function layoutBranch(style: Style, { condition, then }: If, first: Block, room: Room): Branch {
  const trivia = room.trivia.claim(style.base + first.span.start);
  const bare = condition.kind === "comptime";
  const width = narrower(room.width, 5);
  const sheet = style.productions.expression(style, condition, { trivia, width, bare });
  for (const comment of trivia.comments()) sheet.comment(comment);
  return { condition: sheet, body: layoutBody(style, then, room) };
}

function layoutBody(style: Style, block: Block, room: Room): Sheet {
  const inside = { trivia: room.trivia, width: narrower(room.width, INDENT), bare: true };
  return style.productions.block(style, block, inside, room.mode ?? "value");
}

function placeBody(sheet: Sheet, body: Sheet, onLines: boolean): void {
  if (onLines) sheet.text(" {").appendBlock(body, INDENT).text("}");
  else sheet.text(" { ").append(body).text(" }");
}
