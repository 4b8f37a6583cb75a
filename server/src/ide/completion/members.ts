/** Suggestions behind a dot or an arrow: fields of structs, through pointers; parts of records and tuples. */

import {
  findNodeAt,
  showType,
  type StructDefinition,
  type SyntaxNode,
  type Type,
} from "@probewright/compiler";
import type { Cursor } from "../cursor.ts";
import type { Snapshot } from "../snapshot.ts";
import { complete, noCompletions, type Completion, type Completions } from "./completion.ts";

/** Undefined when the cursor is not behind a dot or an arrow. */
export function completeMember(snapshot: Snapshot, cursor: Cursor): Completions | undefined {
  const member = /(\.|->)\s*(\w*)$/.exec(cursor.before);
  if (member === null || /(?:^|[^\w.])\d+\.$/.test(cursor.before)) return undefined;
  // The range `0..n` is no access.
  if (/\.\.\s*\w*$/.test(cursor.before)) return undefined;
  const typed = (member[2] ?? "").length;
  const type = objectType(snapshot, cursor, cursor.offset - cursor.itemStart - typed);
  if (type === undefined) return noCompletions;
  return complete(membersOf(snapshot, type, cursor.offset - typed));
}

/** Type of what stands before the dot, as analysis found it. @param offset of the member's name in the item */
function objectType(snapshot: Snapshot, { item }: Cursor, offset: number): Type | undefined {
  if (item === undefined) return undefined;
  const facts = snapshot.analysis().nodeFacts;
  // A member that is not written yet may leave its access end at the dot.
  const access =
    findNodeAt(item, offset).findLast(isAccess) ?? findNodeAt(item, offset - 1).findLast(isAccess);
  if (access === undefined) return undefined;
  return facts.at(item, access.object.id)?.type;
}

function isAccess(node: SyntaxNode): node is Extract<SyntaxNode, { kind: "field-access" | "tuple-access" }> {
  return node.kind === "field-access" || node.kind === "tuple-access";
}

function membersOf(snapshot: Snapshot, given: Type, from: number): readonly Completion[] {
  let type = given;
  while (type.kind === "pointer") type = type.to;
  switch (type.kind) {
    case "struct":
      return fields(snapshot.analysis().structs.findStruct(type.name), from);
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
