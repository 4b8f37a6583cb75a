/** Renaming, refused where it would change what the program means. */

import { findBuiltin, type Span } from "@probewright/compiler";
import { namedAt, namedThings, type NamedThing } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Renamable {
  readonly span: Span;
  /** The name as it stands there, with its sigil. */
  readonly text: string;
}

export type Renaming =
  | { readonly kind: "edits"; readonly edits: readonly (Span & { readonly text: string })[] }
  | { readonly kind: "refused"; readonly message: string };

/** @returns undefined when nothing there has a name of the script's own */
export function prepareRename(snapshot: Snapshot, offset: number): Renamable | undefined {
  const named = namedAt(snapshot, offset);
  if (named === undefined || named.thing.name === "") return undefined;
  const { start, end } = named.occurrence;
  return { span: { start, end }, text: snapshot.text.slice(start, end) };
}

/** @param wanted the new name, with or without its sigil */
export function rename(snapshot: Snapshot, offset: number, wanted: string): Renaming {
  const thing = namedAt(snapshot, offset)?.thing;
  if (thing === undefined || thing.name === "") return refuse("nothing here can be renamed");
  const { sigil } = thing;
  const name = sigil !== "" && wanted.startsWith(sigil) ? wanted.slice(sigil.length) : wanted;
  const why = objection(snapshot, thing, name);
  if (why !== undefined) return refuse(why);
  const edits = thing.occurrences.map(({ start, end }) => ({ start, end, text: `${sigil}${name}` }));
  return { kind: "edits", edits };
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

function objection(snapshot: Snapshot, thing: NamedThing, name: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `'${name}' is not a name`;
  if (name === thing.name) return undefined;
  if (thing.sigil === "" && reserved.has(name)) return `'${name}' is a word of the language`;
  if (thing.sigil === "" && findBuiltin(name) !== undefined) return `'${name}' is a builtin`;
  const clash = namedThings(snapshot).find((other) => other.name === name && collide(thing, other));
  if (clash !== undefined) return `'${clash.sigil}${name}' exists already`;
  return objectionOfImports(snapshot, thing, name);
}

/** Two things that code could confuse once they have one name: maps and functions anywhere, the rest in one item. */
function collide(thing: NamedThing, other: NamedThing): boolean {
  if (thing.sigil !== other.sigil) return false;
  const items = new Set(thing.occurrences.map(({ item }) => item));
  const meet = other.occurrences.some(({ item }) => items.has(item));
  const local = [thing, other].some(({ kind }) => kind === "variable" || kind === "macro-parameter");
  return local ? meet : true;
}

/** Imported files are not rewritten, so a global that they know keeps its name. */
function objectionOfImports(snapshot: Snapshot, thing: NamedThing, name: string): string | undefined {
  if (thing.kind === "variable" || thing.kind === "macro-parameter") return undefined;
  const spelt = (text: string, of: string): boolean =>
    new RegExp(`(^|[^\\w$@])${thing.sigil}${of}(?!\\w)`).test(text);
  for (const { name: file, text } of snapshot.analysis().files.slice(1)) {
    if (text === undefined) continue;
    if (spelt(text, thing.name)) return `'${thing.sigil}${thing.name}' is also used in ${file}`;
    if (spelt(text, name)) return `'${thing.sigil}${name}' is used in ${file}`;
  }
  return undefined;
}
