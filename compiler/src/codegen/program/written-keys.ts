/** How a script writes the keys of its maps, for heads of columns: `@[comm, pid]` has the parts `comm` and `pid`. */

import type { CoreExpression, CoreMap, CoreProgram } from "../../core/core.ts";
import { walk, type CoreNode } from "../../core/walk.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";

/** A name that `.0` can follow. */
const PATH = /^[$@]?\w+(?:\.\w+)*$/;
/** A number or a text names one key, not what keys are. */
const LITERAL = /^[-\d"']/;

/** @returns a text for each part of the key, empty where the places that write the map differ or have a literal */
export function writtenKeys(core: CoreProgram): ReadonlyMap<CoreMap, readonly string[]> {
  const found = new Map<CoreMap, readonly string[]>();
  walk(
    [...core.probes, ...core.subprograms].flatMap(({ body }) => body),
    (node) => {
      const { map, key } = written(node);
      if (map === undefined || key === undefined) return true;
      const texts = partTexts(key);
      const before = found.get(map) ?? texts;
      found.set(
        map,
        before.map((text, at) => (text === texts[at] ? text : "")),
      );
      return true;
    },
  );
  return found;
}

function written(node: CoreNode): {
  readonly map?: CoreMap | undefined;
  readonly key?: CoreExpression | undefined;
} {
  if (node.kind === "assign-map" || node.kind === "aggregate") return node;
  return node.kind === "increment" && node.target.kind === "map" ? node.target : {};
}

function partTexts(key: CoreExpression): readonly string[] {
  const whole = key.kind === "cast" && key.implicit ? key.operand : key;
  const { type } = whole;
  if (type.kind !== "tuple") return [textAt(whole.place)];
  if (whole.kind === "tuple" && whole.elements.some(({ place }) => !samePlace(place, whole.place))) {
    return whole.elements.map(({ place }) => textAt(place));
  }
  const text = textAt(whole.place);
  return type.elements.map((_, at) => (PATH.test(text) ? `${text}.${at}` : ""));
}

/** On one line. */
function textAt({ item, span }: Place): string {
  const text = item.text.slice(span.start, span.end).trim().replaceAll(/\s+/g, " ");
  return LITERAL.test(text) ? "" : text;
}

function samePlace(left: Place, right: Place): boolean {
  return left.item === right.item && left.span.start === right.span.start && left.span.end === right.span.end;
}
