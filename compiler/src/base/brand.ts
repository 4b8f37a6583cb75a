/** Nominal types over primitives, so that a byte count cannot be passed where an id is wanted. */

declare const brand: unique symbol;

/** `T` marked so that two brands of the same `T` do not mix. Erased at run time. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Identity of one syntax node within its top-level item: 0 is the item itself, children follow in source order. */
export type NodeId = Brand<number, "NodeId">;

export function nodeId(n: number): NodeId {
  return n as NodeId;
}
