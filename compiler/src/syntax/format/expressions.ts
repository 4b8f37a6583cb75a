/** Laying out expressions. Operands get parentheses unless they are names, literals, calls or accesses. */

import type {
  Binary,
  BlockExpression,
  Call,
  Cast,
  Conditional,
  Expression,
  FieldAccess,
  Increment,
  Index,
  InvalidTarget,
  MapAccess,
  RecordLiteral,
  Tuple,
  TypeArgument,
  Unary,
} from "../ast.ts";
import { precedenceOf } from "../operators.ts";
import { layoutIf } from "./conditionals.ts";
import { layoutList } from "./lists.ts";
import { Sheet } from "./sheet.ts";
import { spellString } from "./spelling.ts";
import { INDENT, narrower, type Room, type Style } from "./style.ts";
import { layoutSubject, layoutType, layoutTypeofArgument } from "./types.ts";

const PRIMITIVE: ReadonlySet<Expression["kind"]> = new Set<Expression["kind"]>([
  "integer",
  "string",
  "boolean",
  "positional-parameter",
  "parameter-count",
  "identifier",
  "variable",
  "map",
  "call",
  "index",
  "tuple-access",
  "field-access",
  "type-query",
  "offsetof",
  "missing",
]);

/** Whether an operand needs no parentheses. */
export function isPrimitive(expression: Expression): boolean {
  if (expression.kind === "comptime") return isPrimitive(expression.operand);
  return PRIMITIVE.has(expression.kind);
}

/** An expression with the parentheses it needs and the comments before its end. */
export function layoutExpression(style: Style, expression: Expression, room: Room): Sheet {
  const trivia = room.trivia.claim(style.base + expression.span.end);
  // A tuple is bare only as the keys of a map, which see to that themselves.
  const bare = (room.bare && expression.kind !== "tuple") || isPrimitive(expression);
  const width = bare ? room.width : narrower(room.width, 2);
  const { mode = "value" } = room;
  const sheet = new Sheet();
  if (!bare) sheet.text("(");
  if (expression.kind === "block-expression") {
    placeBlock(style, sheet, expression, { ...room, trivia, mode }, width);
  } else sheet.append(layoutNode(style, expression, { trivia, width, bare: true, mode }));
  style.lifted.push(...trivia.comments());
  return bare ? sheet : sheet.text(")");
}

/** A condition that starts with a parenthesis must end with the one that closes it. */
export function layoutCondition(style: Style, condition: Expression, room: Room): Sheet {
  const sheet = layoutExpression(style, condition, room);
  const isOpen = condition.kind === "tuple" || (isPrimitive(condition) && sheet.firstCharacter === "(");
  return isOpen ? new Sheet().text("(").append(sheet).text(")") : sheet;
}

/** On one line if it fits `width`. */
function placeBlock(style: Style, sheet: Sheet, { block }: BlockExpression, room: Room, width: number): void {
  style.lifted.push(...room.trivia.claim(style.base + block.span.start).comments());
  const inside = { trivia: room.trivia, width: narrower(room.width, 2), bare: true };
  const body = style.productions.block(style, block, inside, room.mode ?? "value");
  if (body.height > 1 || body.width > width) sheet.text("{").appendBlock(body, INDENT).text("}");
  else sheet.text("{ ").append(body).text(" }");
}

type Layouts = {
  readonly [Kind in Expression["kind"]]: (
    style: Style,
    expression: Extract<Expression, { readonly kind: Kind }>,
    room: Room,
  ) => Sheet;
};

const plain = (text: string): Sheet => new Sheet().text(text);

const LAYOUTS: Layouts = {
  integer: (_, { text }) => plain(text),
  string: (_, { value }) => plain(spellString(value)),
  boolean: (_, { value }) => plain(value ? "true" : "false"),
  identifier: (_, { name }) => plain(name),
  variable: (_, { name }) => plain(`$${name}`),
  map: layoutMapAccess,
  "positional-parameter": (_, { index }) => plain(`$${index}`),
  "parameter-count": () => plain("$#"),
  call: layoutCall,
  unary: layoutUnary,
  increment: layoutIncrement,
  binary: layoutBinary,
  conditional: layoutConditional,
  if: layoutIf,
  "block-expression": (style, { block }, room) => style.productions.block(style, block, room, "value"),
  "field-access": layoutFieldAccess,
  "tuple-access": (style, { object, index }, room) => {
    const suffix = `.${index}`;
    const width = narrower(room.width, suffix.length);
    return new Sheet()
      .append(layoutObject(style, object, { trivia: room.trivia, width, bare: false }))
      .text(suffix);
  },
  index: layoutIndex,
  cast: layoutCast,
  tuple: layoutTuple,
  record: layoutRecord,
  "type-query": (style, { query, subject }, room) =>
    new Sheet()
      .text(`${query}(`)
      .append(layoutSubject(style, subject, { ...room, width: narrower(room.width, query.length + 2) }))
      .text(")"),
  offsetof: (style, { subject, path }, room) =>
    new Sheet()
      .text("offsetof(")
      .append(layoutSubject(style, subject, room))
      .text(`, ${path.map(({ text }) => text).join(".")})`),
  comptime: (style, { operand }, room) =>
    new Sheet().text("comptime ").append(
      layoutExpression(style, operand, {
        trivia: room.trivia,
        width: narrower(room.width, 9),
        bare: false,
      }),
    ),
  missing: () => new Sheet(),
};

function layoutNode(style: Style, expression: Expression, room: Room): Sheet {
  // The table has a function of this very kind, which the type checker cannot follow.
  const layout = LAYOUTS[expression.kind] as (style: Style, expression: Expression, room: Room) => Sheet;
  return layout(style, expression, room);
}

export function layoutMapAccess(style: Style, { map, keys }: MapAccess, room: Room): Sheet {
  const name = `@${map.name}`;
  if (keys === undefined) return plain(name);
  const width = narrower(room.width, INDENT);
  const key = layoutKeys(style, keys, { trivia: room.trivia, width, bare: true });
  return name.length + key.width + 2 > room.width
    ? plain(`${name}[`).appendBlock(key, INDENT).text("]")
    : plain(`${name}[`).append(key).text("]");
}

/** Several keys, or a tuple of several elements as the only one, are the same. */
function layoutKeys(style: Style, keys: readonly Expression[], room: Room): Sheet {
  const [only, ...others] = keys;
  if (only === undefined) return new Sheet();
  if (others.length > 0) return layoutElements(style, keys, room);
  if (only.kind === "tuple" && only.elements.length >= 2) return layoutElements(style, only.elements, room);
  return layoutExpression(style, only, room);
}

function layoutElements(style: Style, elements: readonly Expression[], room: Room): Sheet {
  const layouts = elements.map(
    (element) => (width: number) =>
      layoutExpression(style, element, { trivia: room.trivia, width, bare: true }),
  );
  return layoutList(layouts, ", ", narrower(room.width, INDENT));
}

function layoutCall(style: Style, call: Call, room: Room): Sheet {
  const opening = `${call.callee.text}(`;
  const layouts = call.arguments.map(
    (argument) => (width: number) =>
      layoutArgument(style, argument, { trivia: room.trivia, width, bare: true }),
  );
  const list = layoutList(layouts, ", ", narrower(room.width, opening.length + 1));
  return list.width > room.width
    ? plain(opening).appendBlock(list, INDENT).text(")")
    : plain(opening).append(list).text(")");
}

function layoutArgument(style: Style, argument: Expression | TypeArgument, room: Room): Sheet {
  return argument.kind === "type-argument"
    ? layoutTypeofArgument(style, argument.type, room)
    : layoutExpression(style, argument, room);
}

function layoutUnary(style: Style, { operator, operand }: Unary, room: Room): Sheet {
  const width = narrower(room.width, 1);
  return plain(operator).append(
    layoutExpression(style, operand, { trivia: room.trivia, width, bare: false }),
  );
}

function layoutIncrement(style: Style, { operator, prefix, target }: Increment, room: Room): Sheet {
  const width = narrower(room.width, 2);
  const inside = { trivia: room.trivia, width, bare: false };
  const operand = layoutExpression(style, targetExpression(target), inside);
  return prefix ? plain(operator).append(operand) : new Sheet().append(operand).text(operator);
}

export function targetExpression(target: Increment["target"] | InvalidTarget): Expression {
  return target.kind === "invalid-target" ? target.expression : target;
}

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** Comparisons stay without parentheses where they would be read the same. */
function isBareOperand(operand: Expression, outer: Binary): boolean {
  if (operand.kind !== "binary" || !COMPARISONS.has(operand.operator)) return false;
  const looser = precedenceOf(operand.operator) - precedenceOf(outer.operator);
  return looser > 0 || (looser === 0 && operand === outer.left);
}

function layoutBinary(style: Style, expression: Binary, room: Room): Sheet {
  const layouts = operandsOf(expression).map(
    (operand) => (width: number) =>
      layoutExpression(style, operand, {
        trivia: room.trivia,
        width,
        bare: isBareOperand(operand, expression),
      }),
  );
  return layoutList(layouts, ` ${expression.operator} `, room.width);
}

/** The operands of a chain of `&&` or of `||`, which needs no parentheses inside; else the two operands. */
function operandsOf(expression: Binary): readonly Expression[] {
  const { operator } = expression;
  const isLogical = operator === "&&" || operator === "||";
  return [expression.left, expression.right].flatMap((side) =>
    isLogical && side.kind === "binary" && side.operator === operator ? operandsOf(side) : [side],
  );
}

/** On one line, or on three with the operators in front. */
function layoutConditional(style: Style, { condition, then, otherwise }: Conditional, room: Room): Sheet {
  const { trivia, width } = room;
  const branch = { trivia, width: narrower(width, 2), bare: false };
  const first = layoutExpression(style, condition, { trivia, width, bare: false });
  const second = layoutExpression(style, then ?? condition, branch);
  const third = layoutExpression(style, otherwise, branch);
  if (first.width + second.width + third.width + 8 > width) {
    return first.newLine().text("? ").append(second).newLine().text(": ").append(third);
  }
  return first.text(" ? ").append(second).text(" : ").append(third);
}

function layoutFieldAccess(style: Style, { object, field }: FieldAccess, room: Room): Sheet {
  const width = narrower(room.width, field.text.length + 1);
  return layoutObject(style, object, { trivia: room.trivia, width, bare: false }).text(`.${field.text}`);
}

/** What a field or an element is taken of: `comptime` would take it in. */
function layoutObject(style: Style, object: Expression, room: Room): Sheet {
  if (object.kind !== "comptime" || !isPrimitive(object)) return layoutExpression(style, object, room);
  const inside = { ...room, width: narrower(room.width, 2) };
  return plain("(")
    .append(layoutExpression(style, object, inside))
    .text(")");
}

function layoutIndex(style: Style, { object, index }: Index, room: Room): Sheet {
  const { trivia, width } = room;
  const outer = layoutObject(style, object, { trivia, width: narrower(width, 1), bare: false });
  const inner = layoutExpression(style, index, { trivia, width: narrower(width, INDENT), bare: false });
  return outer.width + inner.width + 2 > width
    ? outer.text("[").appendBlock(inner, INDENT).text("]")
    : outer.text("[").append(inner).text("]");
}

/** Never split. */
function layoutCast(style: Style, { type, operand }: Cast, room: Room): Sheet {
  const cast = plain("(")
    .append(layoutType(style, type, room))
    .text(")");
  const width = narrower(room.width, cast.width);
  return cast.append(layoutExpression(style, operand, { trivia: room.trivia, width, bare: false }));
}

/** Without the parentheses, which whoever holds the tuple adds. */
function layoutTuple(style: Style, { elements }: Tuple, room: Room): Sheet {
  const [only, ...others] = elements;
  if (only === undefined) return new Sheet();
  if (others.length > 0) return layoutElements(style, elements, room);
  const width = narrower(room.width, 3);
  return layoutExpression(style, only, { trivia: room.trivia, width, bare: true }).text(",");
}

function layoutRecord(style: Style, { fields }: RecordLiteral, room: Room): Sheet {
  const layouts = fields.map(({ name, value }) => (width: number) => {
    const rest = narrower(width, name.text.length + 1);
    const sheet = layoutExpression(style, value, { trivia: room.trivia, width: rest, bare: false });
    return plain(`${name.text}=`).append(sheet);
  });
  const list = layoutList(layouts, ", ", narrower(room.width, INDENT));
  return list.height > 1 ? plain("(").appendBlock(list, INDENT).text(")") : plain("(").append(list).text(")");
}
