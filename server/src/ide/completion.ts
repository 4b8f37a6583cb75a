/** What can be written at the cursor: each place in a script has its own source of suggestions. */

import { mapKinds } from "@probewright/compiler";
import { completeAttachPoint } from "./completion/attach-points.ts";
import {
  complete as all,
  noCompletions,
  type Completion,
  type Completions,
} from "./completion/completion.ts";
import { completeConfig } from "./completion/config.ts";
import { completeConversion } from "./completion/conversions.ts";
import { completeMember } from "./completion/members.ts";
import { completeName } from "./completion/names.ts";
import { completeDeclaredType, completeTagged } from "./completion/types.ts";
import { cursorAt, type Cursor } from "./cursor.ts";
import type { Importable } from "./importable.ts";
import type { Snapshot } from "./snapshot.ts";

export type { Completion, Completions, CompletionSource } from "./completion/completion.ts";

/** @param importable other scripts of the workspace, whose macros may be imported */
export function complete(
  snapshot: Snapshot,
  offset: number,
  importable: readonly Importable[] = [],
): Completions {
  const cursor = cursorAt(snapshot, offset);
  switch (cursor.region) {
    case "comment":
      return noCompletions;
    case "string":
      return completeInString(snapshot, cursor, importable);
    case "config":
      return completeConfig(cursor, cursor.itemStart);
    case "c":
      return completeTagged(snapshot, cursor) ?? noCompletions;
    case "top":
      return (
        completeDeclaration(cursor) ??
        completeDeclaredType(cursor) ??
        (beginsOtherwise(cursor) ? noCompletions : completeAttachPoint(cursor, snapshot.facts))
      );
    case "code":
      return (
        completeTagged(snapshot, cursor) ??
        completeDeclaredType(cursor) ??
        completeMember(snapshot, cursor) ??
        completeName(snapshot, cursor, importable)
      );
  }
}

/** A line that is no probe: what follows its first word is a name, a file or a value. */
function beginsOtherwise({ before }: Cursor): boolean {
  return /^\s*(?:#|(?:import|let|fn|macro|config|struct|union|enum|typedef)\s)/.test(before);
}

function completeInString(
  snapshot: Snapshot,
  cursor: Cursor,
  importable: readonly Importable[],
): Completions {
  const start = cursor.stringStart ?? cursor.offset;
  const head = snapshot.text.slice(cursor.itemStart, start);
  const [outer] = cursor.open;
  // A quoted value of the config block, and a quoted part of an attach point.
  if (outer?.character === "{" && /\bconfig\s*=?\s*$/.test(snapshot.text.slice(cursor.itemStart, outer.at)))
    return completeConfig(cursor, cursor.itemStart);
  if (/\bimport\s*$/.test(head)) return completeImport(start, importable);
  return completeConversion(snapshot, cursor);
}

function completeImport(start: number, importable: readonly Importable[]): Completions {
  return all(
    importable.map(
      ({ path, names }, rank): Completion => ({
        label: path,
        kind: "file",
        detail: names.map(({ name }) => name).join(", "),
        from: start + 1,
        rank,
      }),
    ),
  );
}

/** What `let @name = ` is followed by. */
function completeDeclaration({ before, offset }: Cursor): Completions | undefined {
  const typed = /\blet\s+@\w*\s*=\s*(\w*)$/.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const from = offset - typed.length;
  return all(
    mapKinds.map(
      (label, rank): Completion => ({
        label,
        kind: "type",
        detail: "kind of map",
        from,
        insert: `${label}(\${1:1024})`,
        snippet: true,
        rank,
      }),
    ),
  );
}
