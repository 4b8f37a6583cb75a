/** Stacks of a map merged into one tree, callers above callees. */

import { rankOf, type MapEntry } from "./model.ts";

export interface FlameNode {
  readonly name: string;
  value: number;
  readonly children: Map<string, FlameNode>;
}

/** @returns undefined when no key holds a stack, or no value is a count */
export function flameTree(entries: readonly MapEntry[]): FlameNode | undefined {
  const root: FlameNode = { name: "all", value: 0, children: new Map() };
  for (const entry of entries) {
    const count = rankOf(entry.value);
    const stacks = (entry.keyParts ?? []).filter(({ kind }) => kind === "stack");
    if (count === undefined || count <= 0 || stacks.length === 0) continue;
    // Kernel stacks stand on the user stack that entered the kernel: the last stack of a key is the outermost.
    const frames = [...stacks]
      .reverse()
      .flatMap(({ frames: innermostFirst = [] }) => [...innermostFirst].reverse());
    root.value += count;
    let node = root;
    const names = frames.map(({ symbol, address }) => symbol ?? String(address ?? "?"));
    // Without a box of their own they would look like a hole.
    for (const name of names.length === 0 ? ["(no stack)"] : names) {
      let child = node.children.get(name);
      if (child === undefined) node.children.set(name, (child = { name, value: 0, children: new Map() }));
      child.value += count;
      node = child;
    }
  }
  return root.value === 0 ? undefined : root;
}

export interface FlameBox {
  readonly node: FlameNode;
  readonly depth: number;
  /** Parts of the whole width. */
  readonly left: number;
  readonly width: number;
  readonly parent: FlameBox | undefined;
}

/** Narrower boxes than this part of the width are left out: nobody could see or hit them. */
const NARROWEST = 0.002;

/** Boxes in the order of a walk through the tree. */
export function layOut(root: FlameNode): readonly FlameBox[] {
  const boxes: FlameBox[] = [];
  const place = (
    node: FlameNode,
    depth: number,
    left: number,
    width: number,
    parent: FlameBox | undefined,
  ): void => {
    if (width < NARROWEST) return;
    const box = { node, depth, left, width, parent };
    boxes.push(box);
    let at = left;
    for (const child of [...node.children.values()].sort((a, b) => b.value - a.value)) {
      const share = (child.value / node.value) * width;
      place(child, depth + 1, at, share, box);
      at += share;
    }
  };
  place(root, 0, 0, 1, undefined);
  return boxes;
}
