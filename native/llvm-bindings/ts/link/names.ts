/** What an object has for others, and what it leaves to others, by name. Pure. */

import { findSection, type BpfObject, type ObjectRelocation, type ObjectSection } from "../object.ts";
import { externalSections, SECTION_KIND } from "./merge-btf.ts";
import { openTypes } from "./type-section.ts";

const brought = /^\.(?:text$|maps$|(?:data|rodata|bss)(?:\.|$))/;

/** Whether a section is taken over from an object that a script imports. */
export function isBrought({ name }: ObjectSection): boolean {
  return brought.test(name);
}

/** Names that the types of the object leave to the kernel. */
export function externalNames(object: BpfObject): ReadonlySet<string> {
  const types = openTypes(findSection(object, ".BTF")?.bytes ?? new Uint8Array());
  if (types === undefined) return new Set();
  const sections = types.types.filter(
    (record) => record.kind === SECTION_KIND && externalSections.has(types.nameOf(record)),
  );
  return new Set(
    sections.flatMap(({ at, count }) =>
      Array.from({ length: count }, (_, i) => {
        const member = types.types[(types.words(at + 12 + i * 12, 1)[0] ?? 0) - 1];
        return member === undefined ? "" : types.nameOf(member);
      }),
    ),
  );
}

/** Names in the sections that are taken over, which other files can use. */
export function definedNames(object: BpfObject): readonly string[] {
  const sections = new Set(object.sections.filter(isBrought).map(({ index }) => index));
  return object.symbols
    .filter(({ binding }) => binding === "global" || binding === "weak")
    .filter(({ section }) => section !== undefined && sections.has(section))
    .map(({ name }) => name);
}

/** Where the sections that are taken over use a name that neither the object nor the kernel defines. */
export function openUses(object: BpfObject): readonly ObjectRelocation[] {
  const sections = new Set(object.sections.filter(isBrought).map(({ index }) => index));
  const open = object.relocations.filter(
    ({ section, symbol }) => symbol.section === undefined && sections.has(section),
  );
  if (open.length === 0) return open;
  const external = externalNames(object);
  return open.filter(({ symbol }) => symbol.name !== "" && !external.has(symbol.name));
}
