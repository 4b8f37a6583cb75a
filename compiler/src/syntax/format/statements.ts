/** Laying out blocks and statements. */

import type { Assignment, Block, Expression, For, Statement, VariableDeclaration } from "../ast.ts";
import { layoutCondition, layoutExpression, layoutMapAccess, targetExpression } from "./expressions.ts";
import { placeComments, placeMarks } from "./marks.ts";
import { isSame } from "./same.ts";
import { Sheet } from "./sheet.ts";
import { spellString } from "./spelling.ts";
import { type BlockMode, INDENT, narrower, type Room, type Style } from "./style.ts";
import type { Trivia } from "./trivia.ts";
import { layoutType } from "./types.ts";

/** What is between the braces. */
export function layoutBlock(style: Style, block: Block, room: Room, mode: BlockMode): Sheet {
  const sheet = new Sheet();
  const { statements, value } = block;
  let previous: Statement | undefined;
  statements.forEach((statement, index) => {
    const isLast = index === statements.length - 1 && value === undefined;
    const next = layoutStatement(style, statement, room, isLast && mode === "statements" ? "nested" : mode);
    separate(sheet, previous, next.made);
    if (next.sheet.width > 0 && index > 0) sheet.newLine();
    sheet.append(next.sheet);
    // Without its `;` it would be the value.
    if (isLast && mode === "value" && isBlockStatement(statement)) sheet.text(";");
    previous = statement;
  });
  const trivia = room.trivia.claim(style.base + block.span.end);
  if (value !== undefined) {
    const isPlain = mode !== "value" && !endsInBlock(value);
    const before = isPlain ? undefined : trivia.claim(style.base + value.span.start);
    const inside: Room = {
      trivia,
      width: room.width,
      bare: true,
      mode: mode === "value" ? "value" : "nested",
    };
    const { made, lifted } = withLifted(style, () => layoutExpression(style, value, inside));
    separate(sheet, previous, made);
    // As a statement it begins, for upstream, where its block does: unless it is an `if`, blank lines before it go.
    if (sheet.height > 0) sheet.newLine();
    // Upstream takes a blank line away before the value of a block, each time; here none is left the first time.
    if (mode === "value") placeComments(sheet, before?.comments() ?? []);
    else if (before !== undefined) placeMarks(sheet, before, 0);
    placeComments(sheet, lifted);
    sheet.append(made);
    if (isPlain) sheet.text(";");
  }
  placeTail(sheet, trivia, statements.length > 0 || value !== undefined);
  return sheet;
}

/** Between an `if` or block and what an operator starts, a `;` is needed: they would be one expression. */
function separate(sheet: Sheet, previous: Statement | undefined, next: Sheet): void {
  if (previous === undefined || !isBlockStatement(previous)) return;
  if (/[-+*&]/.test(next.firstCharacter)) sheet.text(";");
}

function isBlockStatement(statement: Statement): boolean {
  return statement.kind === "expression-statement" && endsInBlock(statement.expression);
}

/** Comments behind the last statement: one follows it on its line, several have lines of their own. */
function placeTail(sheet: Sheet, trivia: Trivia, hasStatements: boolean): void {
  const comments = trivia.comments();
  const [only, ...others] = comments;
  if (only === undefined) return;
  if (hasStatements && others.length === 0) {
    sheet.comment(only);
    return;
  }
  for (const comment of comments) {
    if (sheet.height > 0) sheet.newLine();
    sheet.comment(comment);
  }
}

/** Makes a sheet, and gives the comments from inside its expressions that found no place there. */
export function withLifted(
  style: Style,
  make: () => Sheet,
): { readonly made: Sheet; readonly lifted: readonly string[] } {
  const outer = style.lifted.splice(0);
  const made = make();
  const lifted = style.lifted.splice(0);
  style.lifted.push(...outer);
  return { made, lifted };
}

interface StatementSheet {
  /** With the comments and blank lines before it. */
  readonly sheet: Sheet;
  readonly made: Sheet;
}

function layoutStatement(style: Style, statement: Statement, room: Room, mode: BlockMode): StatementSheet {
  const before = room.trivia.claim(style.base + statement.span.start);
  const inside: Room = {
    trivia: room.trivia,
    width: room.width,
    bare: true,
    mode: mode === "nested" ? mode : "value",
  };
  const { made, lifted } = withLifted(style, () => layoutNode(style, statement, inside));
  const sheet = new Sheet();
  placeMarks(sheet, before, 0);
  placeComments(sheet, lifted);
  return { sheet: sheet.append(made), made };
}

function endsInBlock({ kind }: Expression): boolean {
  return kind === "if" || kind === "block-expression";
}

type Layouts = {
  readonly [Kind in Statement["kind"]]: (
    style: Style,
    statement: Extract<Statement, { readonly kind: Kind }>,
    room: Room,
  ) => Sheet;
};

const LAYOUTS: Layouts = {
  "expression-statement": (style, { expression }, room) => {
    const sheet = layoutExpression(style, expression, { ...room, bare: true });
    return endsInBlock(expression) ? sheet : sheet.text(";");
  },
  assignment: layoutAssignment,
  "variable-declaration": layoutDeclaration,
  discard: (style, { value }, room) =>
    new Sheet()
      .text("_ = ")
      .append(layoutExpression(style, value, valueRoom(room, room.width)))
      .text(";"),
  while: (style, { condition, body }, room) => {
    const width = narrower(room.width, 8);
    const sheet = layoutCondition(style, condition, { trivia: room.trivia, width, bare: false });
    return layoutLoop(style, new Sheet().text("while ").append(sheet), body, room);
  },
  unroll: (style, { count, body }, room) => {
    const width = narrower(room.width, 11);
    const sheet = layoutExpression(style, count, { trivia: room.trivia, width, bare: false });
    return layoutLoop(style, new Sheet().text("unroll (").append(sheet).text(")"), body, room);
  },
  for: (style, { variable, over, body }, room) => {
    const head = new Sheet().text(`for $${variable.name} : `).append(layoutIterable(style, over, room));
    return layoutLoop(style, head, body, room);
  },
  break: () => new Sheet().text("break;"),
  continue: () => new Sheet().text("continue;"),
  return: (style, { value }, room) => {
    if (value === undefined) return new Sheet().text("return;");
    const width = narrower(room.width, "return ;".length);
    const sheet = layoutExpression(style, value, { trivia: room.trivia, width, bare: false });
    return new Sheet().text("return ").append(sheet).text(";");
  },
  "import-statement": (_, { path }) =>
    new Sheet().text(`import ${path.kind === "string" ? spellString(path.value) : ""};`),
};

function layoutNode(style: Style, statement: Statement, room: Room): Sheet {
  // The table has a function of this very kind, which the type checker cannot follow.
  const layout = LAYOUTS[statement.kind] as (style: Style, statement: Statement, room: Room) => Sheet;
  return layout(style, statement, room);
}

function valueRoom({ trivia }: Room, width: number): Room {
  return { trivia, width, bare: true };
}

function layoutLoop(style: Style, head: Sheet, body: Block, room: Room): Sheet {
  const inside = { trivia: room.trivia, width: narrower(room.width, INDENT), bare: true };
  const block = layoutBlock(style, body, inside, "statements");
  return head.text(" {").appendBlock(block, INDENT).text("}");
}

/** Bounds other than literals have parentheses. A range is never split. */
function layoutIterable(style: Style, over: For["over"], room: Room): Sheet {
  if (over.kind === "map-name") return new Sheet().text(`@${over.name}`);
  if (over.kind === "missing") return new Sheet();
  const bound = (expression: Expression): Sheet => {
    const isLiteral =
      expression.kind === "integer" || expression.kind === "string" || expression.kind === "boolean";
    if (isLiteral) return layoutExpression(style, expression, valueRoom(room, room.width));
    const sheet = layoutExpression(style, expression, valueRoom(room, narrower(room.width, 4)));
    return new Sheet().text("(").append(sheet).text(")");
  };
  const start = bound(over.start);
  return start.text("..").append(bound(over.end));
}

function layoutDeclaration(style: Style, { variable, type, value }: VariableDeclaration, room: Room): Sheet {
  const sheet = new Sheet().text(`let $${variable.name}`);
  if (type !== undefined) sheet.text(" : ").append(layoutType(style, type, room));
  return value === undefined ? sheet.text(";") : assign(style, sheet, "=", value, room);
}

/** `a = a + b` is written `a += b`. */
function layoutAssignment(style: Style, { target, operator, value }: Assignment, room: Room): Sheet {
  const left = targetExpression(target);
  const sheet =
    left.kind === "map"
      ? layoutMapAccess(style, left, room)
      : layoutExpression(style, left, valueRoom(room, room.width));
  if (operator !== undefined) return assign(style, sheet, `${operator}=`, value, room);
  const short = shortened(left, value);
  return assign(style, sheet, short?.operator ?? "=", short?.value ?? value, room);
}

const COMPOUND: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"]);

function shortened(
  target: Expression,
  value: Expression,
): { readonly operator: string; readonly value: Expression } | undefined {
  if (value.kind !== "binary" || !COMPOUND.has(value.operator) || !isSame(target, value.left))
    return undefined;
  return { operator: `${value.operator}=`, value: value.right };
}

function assign(style: Style, target: Sheet, operator: string, value: Expression, room: Room): Sheet {
  const width = narrower(room.width, target.width + 2 + operator.length);
  const sheet = layoutExpression(style, value, valueRoom(room, width));
  target.text(` ${operator} `);
  return (endsInBlock(value) ? target.appendUnaligned(sheet) : target.append(sheet)).text(";");
}
