/** Renaming, refused where it would change what the program means. */

import { findBuiltin, type Span } from "@probewright/compiler";
import { acrossFiles, isShared, programsWith } from "./across-files.ts";
import type { Edit } from "./code-actions.ts";
import { objectionInC } from "./rename-in-c.ts";
import { isNamedInC, namedAt, namedThings, thingsIn, type NamedThing } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Renamable {
  readonly span: Span;
  /** The name as it stands there, with its sigil. */
  readonly text: string;
}

export type Renaming =
  | { readonly kind: "edits"; readonly files: readonly FileEdits[] }
  | { readonly kind: "refused"; readonly message: string };

export interface FileEdits {
  /** Path of the file. */
  readonly file: string;
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** @returns undefined when nothing there has a name of the script's own */
export function prepareRename(snapshot: Snapshot, offset: number): Renamable | undefined {
  const named = namedAt(snapshot, offset);
  if (named === undefined || named.thing.name === "") return undefined;
  const { start, end } = named.occurrence;
  return { span: { start, end }, text: snapshot.text.slice(start, end) };
}

/**
 * @param wanted the new name, with or without its sigil
 * @param others scripts of the workspace, open or not: those that know the name are changed too
 */
export function rename(
  snapshot: Snapshot,
  offset: number,
  wanted: string,
  others: readonly Snapshot[] = [],
): Renaming {
  const thing = namedAt(snapshot, offset)?.thing;
  if (thing === undefined || thing.name === "") return refuse("nothing here can be renamed");
  const { sigil } = thing;
  const name = sigil !== "" && wanted.startsWith(sigil) ? wanted.slice(sigil.length) : wanted;
  const why = objection(snapshot, thing, name, others);
  if (why !== undefined) return refuse(why);
  const files = acrossFiles(snapshot, thing, others).map(({ file, text, occurrences }) => ({
    file,
    text,
    edits: occurrences.map(({ start, end }) => ({ start, end, text: `${sigil}${name}` })),
  }));
  // A name that is no path is a file of the standard library.
  const fixed = files.find(({ file }) => file !== snapshot.path && !file.startsWith("/"));
  return fixed === undefined
    ? { kind: "edits", files }
    : refuse(`'${sigil}${thing.name}' is also used in ${fixed.file}, which cannot be changed`);
}

function refuse(message: string): Renaming {
  return { kind: "refused", message };
}

/** Words that the language keeps for itself. */
const reserved: ReadonlySet<string> = new Set(
  (
    "if else while for unroll return break continue let macro fn import config sizeof offsetof typeinfo typeof " +
    "comptime struct union enum true false begin end"
  ).split(" "),
);

function objection(
  snapshot: Snapshot,
  thing: NamedThing,
  name: string,
  others: readonly Snapshot[],
): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `'${name}' is not a name`;
  if (name === thing.name) return undefined;
  if (thing.sigil === "" && reserved.has(name)) return `'${name}' is a word of the language`;
  if (thing.sigil === "" && thing.kind !== "field" && findBuiltin(name) !== undefined)
    return `'${name}' is a builtin`;
  const clash = namedThings(snapshot).find((other) => other.name === name && collide(thing, other));
  if (clash !== undefined) return `'${clash.sigil}${name}' exists already`;
  if (isNamedInC(thing.kind)) return objectionInC(snapshot, thing, name, others);
  return isShared(thing) ? objectionElsewhere(snapshot, thing, name, others) : undefined;
}

/** In the other files of every program that knows the name. */
function objectionElsewhere(
  snapshot: Snapshot,
  thing: NamedThing,
  name: string,
  others: readonly Snapshot[],
): string | undefined {
  for (const program of programsWith(snapshot, thing, others)) {
    const { files, nodeFacts } = program.analysis();
    for (const [i, { name: file, script }] of files.entries()) {
      const things = i === 0 ? namedThings(program) : thingsIn(script, nodeFacts);
      const clash = things.find((other) => other.name === name && other.sigil === thing.sigil);
      if (clash !== undefined) return `'${thing.sigil}${name}' is used in ${file}`;
    }
  }
  return undefined;
}

/** Two things that code could confuse once they have one name: maps and functions anywhere, fields in one struct, the rest in one item. */
function collide(thing: NamedThing, other: NamedThing): boolean {
  if (thing.sigil !== other.sigil) return false;
  if (thing.kind === "field" || other.kind === "field")
    return thing.owner === other.owner || [thing, other].some(({ kind }) => kind === "constant");
  const items = new Set(thing.occurrences.map(({ item }) => item));
  const meet = other.occurrences.some(({ item }) => items.has(item));
  const local = [thing, other].some(({ kind }) => kind === "variable" || kind === "macro-parameter");
  return local ? meet : true;
}
