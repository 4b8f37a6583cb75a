/** Laying out `if`: on one line when it is a value that fits, else with its blocks on lines of their own. */

import type { Block, If } from "../ast.ts";
import { Sheet } from "./sheet.ts";
import { INDENT, narrower, type Room, type Style } from "./style.ts";

interface Branch {
  readonly condition: Sheet;
  readonly body: Sheet;
}

export function layoutIf(style: Style, expression: If, room: Room): Sheet {
  style.lifted.push(...room.trivia.claim(style.base + expression.span.start).comments());
  const { branches, otherwise } = layoutBranches(style, expression, room);
  const hasValue = room.mode !== "nested" && expression.then.value !== undefined;
  const isValue = hasValue && expression.otherwise !== undefined;
  const total = branches.reduce((sum, { condition, body }) => sum + condition.width + body.width + 8, 0);
  const isTall = branches.length > 1 || branches.some(isHigh) || (otherwise?.height ?? 0) > 1;
  const onLines = !isValue || total > room.width || isTall;
  const sheet = new Sheet();
  branches.forEach(({ condition, body }, index) => {
    sheet.text(index > 0 ? " else if " : "if ").append(condition);
    placeBody(sheet, body, onLines);
  });
  if (otherwise !== undefined) placeBody(sheet.text(" else"), otherwise, onLines);
  return sheet;
}

function isHigh({ condition, body }: Branch): boolean {
  return condition.height > 1 || body.height > 1;
}

interface Branches {
  readonly branches: readonly Branch[];
  readonly otherwise: Sheet | undefined;
}

function layoutBranches(style: Style, expression: If, room: Room): Branches {
  const branches: Branch[] = [];
  for (let branch = expression; ; ) {
    // Comments up to the first block follow its condition; later ones go into the blocks.
    const end = branch === expression ? branch.then.span.start : branch.condition.span.end;
    branches.push(layoutBranch(style, branch, room, style.base + end));
    const { otherwise } = branch;
    if (otherwise === undefined) return { branches, otherwise };
    if (otherwise.kind === "block") return { branches, otherwise: layoutBody(style, otherwise, room) };
    branch = otherwise;
  }
}

/** @param end up to where comments belong to the condition */
function layoutBranch(style: Style, { condition, then }: If, room: Room, end: number): Branch {
  const trivia = room.trivia.claim(end);
  const bare = condition.kind === "comptime";
  const width = narrower(room.width, 5);
  const sheet = style.productions.condition(style, condition, { trivia, width, bare });
  for (const comment of trivia.comments()) if (comment !== "") sheet.comment(comment);
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
