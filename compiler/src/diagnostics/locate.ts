/** Places in items to positions in files. */

import { createLineIndex, type LineIndex } from "../base/line-index.ts";
import type { Span } from "../base/span.ts";
import type { Item, Script } from "../syntax/ast.ts";
import type { Place } from "./diagnostic.ts";

/** A file of the program: the script or something it imports. */
export interface LocatedFile {
  readonly name: string;
  readonly text: string;
  readonly script: Script;
}

/** 0-based; columns in UTF-16 code units, end exclusive. The same shape as a manifest's positions. */
export interface Position {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Locator {
  readonly position: (place: Place) => Position;
  /** Offsets in the place's file; undefined for an item of no known file. */
  readonly absolute: (place: Place) => (Span & { readonly file: string }) | undefined;
  readonly text: (file: string) => string | undefined;
  /** One line of a file without its end; empty when there is none. */
  readonly line: (file: string, line: number) => string;
}

interface Slot {
  readonly file: LocatedFile;
  readonly start: number;
}

export function createLocator(files: readonly LocatedFile[]): Locator {
  const slots = new Map<Item, Slot>();
  for (const file of files) for (const { item, start } of file.script.items) slots.set(item, { file, start });
  const indexes = new Map<string, LineIndex>();
  const indexOf = ({ name, text }: LocatedFile): LineIndex => {
    const known = indexes.get(name);
    if (known !== undefined) return known;
    const made = createLineIndex(text);
    indexes.set(name, made);
    return made;
  };
  const byName = new Map(files.map((file) => [file.name, file]));
  const absolute = ({ item, span }: Place): (Span & { readonly file: string }) | undefined => {
    const slot = slots.get(item);
    if (slot === undefined) return undefined;
    return { file: slot.file.name, start: slot.start + span.start, end: slot.start + span.end };
  };
  return {
    absolute,
    position: (place) => {
      const slot = slots.get(place.item);
      if (slot === undefined)
        return { file: files[0]?.name ?? "", startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
      const index = indexOf(slot.file);
      const start = index.position(slot.start + place.span.start);
      const end = index.position(slot.start + place.span.end);
      return {
        file: slot.file.name,
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      };
    },
    text: (file) => byName.get(file)?.text,
    line: (file, line) => {
      const known = byName.get(file);
      return known === undefined ? "" : indexOf(known).line(line);
    },
  };
}
