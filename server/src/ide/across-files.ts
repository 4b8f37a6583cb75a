/** A name in all files that know it: those that the script imports, and those that import the same file. */

import { namedThings, thingsIn, type NamedThing, type Occurrence } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

export interface FileOccurrences {
  /** Path, as the program names the file. */
  readonly file: string;
  readonly text: string;
  readonly occurrences: readonly Occurrence[];
}

/**
 * @param others scripts of the workspace, open or not
 * @returns the script's own places first
 */
export function acrossFiles(
  snapshot: Snapshot,
  thing: NamedThing,
  others: readonly Snapshot[],
): readonly FileOccurrences[] {
  const own = { file: snapshot.path, text: snapshot.text, occurrences: thing.occurrences };
  if (!isShared(thing)) return [own];
  const found = new Map<string, FileOccurrences>([[own.file, own]]);
  const programs = programsWith(snapshot, thing, others);
  // What a script says of itself comes before what another, that imports it, says of the saved file.
  for (const program of programs) {
    const things = namedThings(program).filter((each) => isSame(each, thing));
    add(found, program.path, program.text, things);
  }
  for (const program of programs) {
    const { files, nodeFacts } = program.analysis();
    for (const { name, text, script } of files.slice(1)) {
      if (text === undefined || found.has(name)) continue;
      const things = thingsIn(script, nodeFacts).filter((each) => isSame(each, thing));
      add(found, name, text, things);
    }
  }
  return [...found.values()];
}

function add(
  found: Map<string, FileOccurrences>,
  file: string,
  text: string,
  things: readonly NamedThing[],
): void {
  if (found.has(file) || things.length === 0) return;
  found.set(file, { file, text, occurrences: things.flatMap(({ occurrences }) => occurrences) });
}

/** Maps, macros and functions are known in the whole program; all else belongs to its item. */
export function isShared({ kind }: NamedThing): boolean {
  return kind === "map" || kind === "macro" || kind === "subprogram";
}

function isSame(left: NamedThing, right: NamedThing): boolean {
  return left.kind === right.kind && left.name === right.name;
}

/** The script's own program, and those that contain the file in which the thing is defined, or the script itself. */
export function programsWith(
  snapshot: Snapshot,
  thing: NamedThing,
  others: readonly Snapshot[],
): readonly Snapshot[] {
  const home = homeOf(snapshot, thing);
  const importing = others.filter(
    (other) =>
      other.path !== snapshot.path &&
      (other.path === home ||
        (mayImport(other) &&
          other.analysis().files.some(({ name }) => name === home || name === snapshot.path))),
  );
  return [snapshot, ...importing];
}

function mayImport({ text }: Snapshot): boolean {
  return /\bimport\s*"/.test(text);
}

/** Path of the file with the definition. */
function homeOf(snapshot: Snapshot, { symbol }: NamedThing): string {
  const place = symbol !== undefined && "declaration" in symbol ? symbol.declaration : undefined;
  if (place === undefined || snapshot.starts.has(place.item)) return snapshot.path;
  const file = snapshot
    .analysis()
    .files.find(({ script }) => script.items.some(({ item }) => item === place.item));
  return file?.name ?? snapshot.path;
}
