/** Offsets for the objects of one frame: those that hold something at the same time get bytes of their own. */

import type { StackObject } from "../ir/ir.ts";
import { roundUp } from "../types/layout.ts";
import type { Lifetimes } from "./lifetimes.ts";

export interface Arena {
  readonly bytes: number;
  readonly offsets: ReadonlyMap<StackObject, number>;
}

/** Largest first, each at the lowest place that is free for its whole life. */
export function layOutArena(
  objects: readonly StackObject[],
  { interfere }: Pick<Lifetimes, "interfere">,
): Arena {
  const offsets = new Map<StackObject, number>();
  const order = [...objects].sort((a, b) => b.size - a.size || b.align - a.align || a.id - b.id);
  /** By start, so that the first gap that is large enough is the lowest. */
  const placed: { readonly object: StackObject; readonly start: number; readonly end: number }[] = [];
  let bytes = 0;
  for (const object of order) {
    const taken = placed.filter(({ object: other }) => interfere(object, other));
    let at = 0;
    for (const { start, end } of taken) {
      if (at + object.size <= start) break;
      at = Math.max(at, roundUp(end, object.align));
    }
    offsets.set(object, at);
    const next = placed.findIndex(({ start }) => start > at);
    placed.splice(next === -1 ? placed.length : next, 0, { object, start: at, end: at + object.size });
    bytes = Math.max(bytes, at + object.size);
  }
  return { bytes: roundUp(bytes, 8), offsets };
}
