/** C types that an item defines, and their fields, by the names that code knows them by. */

import type { Item, Name, Span } from "@probewright/compiler";

type CDeclaration = Extract<Item, { readonly kind: "c-definition" }>["declaration"];
type CType = CDeclaration["fields"][number]["type"];

export interface OwnName {
  /** `struct pair` for a type, `struct pair.first` for a field. */
  readonly full: string;
  readonly name: Name;
}

/** Where C speaks of a type by its tag: `struct pair`. */
export interface Mention extends Span {
  readonly full: string;
}

export interface OwnNames {
  readonly types: readonly OwnName[];
  readonly fields: readonly OwnName[];
}

const NO_MENTIONS: readonly Mention[] = [];

/** Of types that are defined with their name there, too; relative to the item, at the name behind the tag. */
export function mentionsIn(item: Item): readonly Mention[] {
  if (item.kind !== "c-definition") return NO_MENTIONS;
  const inComment = (at: number): boolean =>
    item.comments.some(({ span }) => span.start <= at && at < span.end);
  return [...item.text.matchAll(/\b(struct|union|enum)\s+([A-Za-z_]\w*)/g)].flatMap((found) => {
    const [whole, tag = "", name = ""] = found;
    const end = found.index + whole.length;
    return inComment(found.index) ? [] : [{ full: `${tag} ${name}`, start: end - name.length, end }];
  });
}

const none: OwnNames = { types: [], fields: [] };

const knownOf = new WeakMap<Item, OwnNames>();

export function ownNames(item: Item): OwnNames {
  if (item.kind !== "c-definition") return none;
  const known = knownOf.get(item) ?? namesIn(item.declaration);
  knownOf.set(item, known);
  return known;
}

function namesIn(declaration: CDeclaration): OwnNames {
  const types: OwnName[] = [];
  const fields: OwnName[] = [];
  declare(declaration, undefined, { types, fields });
  return { types, fields };
}

interface Lists {
  readonly types: OwnName[];
  readonly fields: OwnName[];
}

/** @param outer the type whose fields those of a struct without a name are, or whose name it goes by */
function declare({ tag, name, fields }: CDeclaration, outer: string | undefined, lists: Lists): void {
  if (tag === "typedef") {
    if (name !== undefined) lists.types.push({ full: name.text, name });
    // What follows `typedef` is written as a field of the name that it gives.
    for (const { type } of fields) declareInline(type, name?.text, lists);
    return;
  }
  const own = name === undefined ? outer : `${tag} ${name.text}`;
  if (name !== undefined && own !== undefined) lists.types.push({ full: own, name });
  for (const field of fields) {
    if (field.name !== undefined && own !== undefined)
      lists.fields.push({ full: `${own}.${field.name.text}`, name: field.name });
    // Nobody can name the type of a field that is made up on the spot.
    declareInline(field.type, field.name === undefined ? own : undefined, lists);
  }
}

function declareInline(type: CType, outer: string | undefined, lists: Lists): void {
  if (type.kind === "inline") declare(type.declaration, outer, lists);
  else if (type.kind === "array") declareInline(type.element, undefined, lists);
}
