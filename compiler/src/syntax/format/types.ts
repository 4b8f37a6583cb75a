/** Laying out types, and what may be a type or an expression. */

import type { Expression, TypeofSyntax, TypeSubject, TypeSyntax } from "../ast.ts";
import { Sheet } from "./sheet.ts";
import { narrower, type Room, type Style } from "./style.ts";

/** Names that are types wherever they stand alone in `typeof`. */
const TYPE_NAMES: ReadonlySet<string> = new Set(
  [
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 void string buffer inet timestamp",
    "macaddr_t cgroup_path_t username_t count_t sum_t min_t max_t avg_t stats_t",
    "usum_t umin_t umax_t uavg_t ustats_t",
  ].flatMap((names) => names.split(" ")),
);

/** A type where one must stand: `typeof` around a type says nothing there. */
export function layoutType(style: Style, type: TypeSyntax, room: Room): Sheet {
  if (type.kind !== "typeof") return new Sheet().text(spellType(type));
  const named = asType(type.subject);
  return named === undefined ? layoutTypeofArgument(style, type, room) : layoutType(style, named, room);
}

/** `typeof(...)` written out. */
export function layoutTypeofArgument(style: Style, { subject }: TypeofSyntax, room: Room): Sheet {
  const width = narrower(room.width, "typeof()".length);
  return new Sheet()
    .text("typeof(")
    .append(layoutSubject(style, subject, { ...room, width }))
    .text(")");
}

export function layoutSubject(style: Style, subject: TypeSubject, room: Room): Sheet {
  if (subject.kind === "type") {
    // `typeof` inside says the same again.
    const { type } = subject;
    return type.kind === "typeof" ? layoutSubject(style, type.subject, room) : layoutType(style, type, room);
  }
  const { expression } = subject;
  // The value of a block in it is a value, whatever the statement around it is.
  const inside: Room = { trivia: room.trivia, width: room.width, bare: true };
  const sheet = style.productions.expression(style, expression, inside);
  // `name[0]` would be a type.
  return isIndexedName(expression) ? new Sheet().text("(").append(sheet).text(")") : sheet;
}

function isIndexedName(expression: Expression): boolean {
  let object = expression;
  while (object.kind === "index") object = object.object;
  return object !== expression && object.kind === "identifier";
}

/** The type that a subject surely is; a lone name may also be a macro, unless a type has it. */
function asType(subject: TypeSubject): TypeSyntax | undefined {
  if (subject.kind === "type") return subject.type;
  const { expression } = subject;
  if (expression.kind !== "identifier" || !TYPE_NAMES.has(expression.name)) return undefined;
  return {
    kind: "named-type",
    id: expression.id,
    span: expression.span,
    tag: undefined,
    name: expression.name,
  };
}

function spellType(type: TypeSyntax): string {
  switch (type.kind) {
    case "named-type":
      return type.tag === undefined ? type.name : `${type.tag} ${type.name}`;
    case "pointer-type":
      return `${spellType(type.to)}*`;
    case "array-type":
      return `${spellType(type.element)}[${type.count === undefined || type.count === 0 ? "" : type.count}]`;
    case "typeof":
    case "missing-type":
      return "";
  }
}
