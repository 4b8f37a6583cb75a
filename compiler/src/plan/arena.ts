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
  let bytes = 0;
  for (const object of order) {
    const taken = [...offsets]
      .filter(([other]) => interfere(object, other))
      .map(([other, offset]) => ({ start: offset, end: offset + other.size }))
      .sort((a, b) => a.start - b.start);
    let at = 0;
    for (const { start, end } of taken) {
      if (at + object.size <= start) break;
      at = Math.max(at, roundUp(end, object.align));
    }
    offsets.set(object, at);
    bytes = Math.max(bytes, at + object.size);
  }
  return { bytes: roundUp(bytes, 8), offsets };
}
