/** Why something that is named in C keeps its name: C is read as text, and is not changed. */

import { walk, type Expression, type Item, type Name } from "@probewright/compiler";
import { namedThings, type NamedThing } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

/** @returns undefined when it can have that name */
export function objectionInC(
  snapshot: Snapshot,
  thing: NamedThing,
  name: string,
  others: readonly Snapshot[],
): string | undefined {
  return wordOfC(thing, name) ?? unfit(snapshot, thing, name) ?? usedInC(snapshot, thing, others);
}

/** C is read as text: a constant that it speaks of elsewhere, or that other files could, keeps its name. */
function usedInC(
  snapshot: Snapshot,
  { kind, name, occurrences }: NamedThing,
  others: readonly Snapshot[],
): string | undefined {
  const { script, path } = snapshot;
  const word = new RegExp(`\\b${name}\\b`, "g");
  const inC = script.items
    .filter(({ item }) => item.kind === "c-definition" || item.kind === "preprocessor-line")
    .flatMap(({ item, start }) => [...item.text.matchAll(word)].map(({ index }) => start + index));
  // Fields of other structs may have the name, too.
  const fields =
    kind === "field"
      ? namedThings(snapshot).filter((each) => each.kind === "field" && each.name === name)
      : [];
  const known = new Set(
    [...occurrences, ...fields.flatMap((each) => each.occurrences)].map(({ start }) => start),
  );
  if (inC.some((at) => !known.has(at))) return `'${name}' is also used in C, which is not changed`;
  const elsewhere = others.find(
    (other) => other.path !== path && importsIt(other, path) && word.test(other.text),
  );
  return elsewhere === undefined ? undefined : `'${name}' is also used in ${elsewhere.path}`;
}

/** Words that C keeps for itself where a type or a field is named. */
const reservedInC =
  /^(?:auto|bool|char|const|double|extern|float|inline|int|long|register|restrict|short|signed|static|typedef|union|unsigned|void|volatile)$/;

function wordOfC({ kind }: NamedThing, name: string): string | undefined {
  return kind !== "constant" && reservedInC.test(name) ? `'${name}' is a word of C` : undefined;
}

/** A type that is there already, or a field of which nobody knows whether it is meant. */
function unfit(snapshot: Snapshot, thing: NamedThing, name: string): string | undefined {
  if (thing.kind === "field") return unclear(snapshot, thing);
  if (thing.kind !== "type") return undefined;
  const { structs } = snapshot.analysis();
  const isThere = ["struct ", "union ", ""].some((tag) => structs.findStruct(`${tag}${name}`) !== undefined);
  return isThere || structs.findEnum(name) !== undefined ? `'${name}' is a type of the kernel` : undefined;
}

/** A field of its name behind something of which no type is known, as in a macro that nothing uses. */
function unclear({ script, analysis }: Snapshot, { name, occurrences }: NamedThing): string | undefined {
  const { nodeFacts } = analysis();
  const known = new Set(occurrences.map(({ start }) => start));
  const isUnclear = script.items.some(({ item, start }) =>
    fieldNames(item).some(({ field, object }) => {
      if (field.text !== name || known.has(start + field.span.start)) return false;
      const type = object === undefined ? undefined : nodeFacts.at(item, object.id)?.type;
      return nodeFacts.at(item, field.id)?.field === undefined && type?.kind !== "record";
    }),
  );
  return isUnclear ? `'${name}' is also used where its struct is not known` : undefined;
}

interface FieldName {
  readonly field: Name;
  /** What it is a field of, but in `offsetof`. */
  readonly object: Expression | undefined;
}

function fieldNames(item: Item): readonly FieldName[] {
  const found: FieldName[] = [];
  walk(item, (node) => {
    if (node.kind === "field-access") found.push({ field: node.field, object: node.object });
    if (node.kind === "offsetof") found.push(...node.path.map((field) => ({ field, object: undefined })));
  });
  return found;
}

function importsIt(other: Snapshot, path: string): boolean {
  return other.analysis().files.some(({ name }) => name === path);
}
