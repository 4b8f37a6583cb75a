/** Suggestions behind a dot or an arrow: fields of structs, through pointers; parts of records and tuples. */

import {
  findNodeAt,
  showType,
  type StructDefinition,
  type SyntaxNode,
  type Type,
} from "@probewright/compiler";
import type { Cursor } from "../cursor.ts";
import { typeOf, type Typed } from "../earlier-types.ts";
import type { Snapshot } from "../snapshot.ts";
import { complete, noCompletions, type Completion, type Completions } from "./completion.ts";

/** Undefined when the cursor is not behind a dot or an arrow. */
export function completeMember(snapshot: Snapshot, cursor: Cursor): Completions | undefined {
  const member = /(\.|->)\s*(\w*)$/.exec(cursor.before);
  if (member === null || /(?:^|[^\w.])\d+\.$/.test(cursor.before)) return undefined;
  // The range `0..n` is no access.
  if (/\.\.\s*\w*$/.test(cursor.before)) return undefined;
  const typed = (member[2] ?? "").length;
  const found = objectType(snapshot, cursor, typed);
  if (found === undefined) return noCompletions;
  return complete(membersOf(found, cursor.offset - typed));
}

/** Type of what stands before the dot. @param typed letters of the member's name */
function objectType(
  snapshot: Snapshot,
  { item, offset, itemStart }: Cursor,
  typed: number,
): Typed | undefined {
  if (item === undefined) return undefined;
  const name = offset - itemStart - typed;
  // A member that is not written yet may leave its access end at the dot.
  const access = findNodeAt(item, name).findLast(isAccess) ?? findNodeAt(item, name - 1).findLast(isAccess);
  if (access === undefined) return undefined;
  const { object } = access;
  return typeOf(snapshot, item, object, {
    start: object.span.end,
    end: Math.max(access.span.end, name + typed),
  });
}

function isAccess(node: SyntaxNode): node is Extract<SyntaxNode, { kind: "field-access" | "tuple-access" }> {
  return node.kind === "field-access" || node.kind === "tuple-access";
}

function membersOf({ type: given, structs }: Typed, from: number): readonly Completion[] {
  let type = given;
  while (type.kind === "pointer") type = type.to;
  switch (type.kind) {
    case "struct":
      return fields(structs.findStruct(type.name), from);
    case "record":
      return type.fields.map(({ name, type: of }, rank) => part(name, of, rank, from));
    case "tuple":
      return type.elements.map((of, rank) => part(rank.toString(), of, rank, from));
    default:
      return [];
  }
}

function part(label: string, type: Type, rank: number, from: number): Completion {
  return { label, kind: "field", detail: showType(type), from, rank };
}

const commit = [".", ";"];

function fields(struct: StructDefinition | undefined, from: number): readonly Completion[] {
  if (struct === undefined) return [];
  const source = { kind: "field", struct: struct.name } as const;
  return struct.fields.map((field, i) => ({
    label: field.name,
    kind: "field",
    detail: field.cType ?? showType(field.type),
    source,
    from,
    rank: field.name.startsWith("__") || field.name.startsWith("common_") ? 1000 + i : i,
    commit,
  }));
}
