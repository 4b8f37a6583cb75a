/**
 * Stacks as a flame graph, callers on top. Click or Enter makes a frame as wide as the picture, Escape goes back; arrow keys
 * walk the tree.
 */

import { button, element, formatCount } from "./dom.ts";
import { flameTree, layOut, type FlameBox, type FlameNode } from "./flame-tree.ts";
import type { MapView } from "./map-table.ts";

const ROW_PIXELS = 20;

export function flameGraph(): MapView {
  const picture = element("div", { class: "flame", role: "tree", "aria-label": "Flame graph" });
  const focusName = element("span", { class: "quiet" });
  let zoomed: readonly string[] = [];
  let focused = "all";
  let tree: FlameNode | undefined;
  const reset = button("Reset zoom", { class: "link", hidden: true }, () => {
    zoomTo([]);
  });

  function zoomTo(path: readonly string[]): void {
    zoomed = path;
    focused = path.at(-1) ?? "all";
    draw();
  }

  function draw(): void {
    if (tree === undefined) return;
    const start = follow(tree, zoomed);
    reset.hidden = zoomed.length === 0;
    const hadFocus = picture.contains(document.activeElement);
    const boxes = layOut(start);
    const deepest = Math.max(...boxes.map(({ depth }) => depth));
    picture.style.height = `${((deepest + 1) * ROW_PIXELS).toString()}px`;
    const total = tree.value;
    const frames = boxes.map((box) => frameOf(box, total));
    const focusAt = Math.max(
      0,
      boxes.findIndex(({ node }) => node.name === focused),
    );
    frames[focusAt]?.setAttribute("tabindex", "0");
    picture.replaceChildren(...frames);
    if (hadFocus) frames[focusAt]?.focus();
    for (const [index, frame] of frames.entries()) {
      const box = boxes[index];
      if (box === undefined) continue;
      frame.addEventListener("click", () => {
        zoomTo([...zoomed, ...pathOf(box).slice(1)]);
      });
      frame.addEventListener("focus", () => {
        focused = box.node.name;
        focusName.textContent = describe(box, total);
      });
      frame.addEventListener("mouseenter", () => {
        focusName.textContent = describe(box, total);
      });
      frame.addEventListener("keydown", (event) => {
        onKey(event, box, boxes, frames);
      });
    }
  }

  function onKey(
    event: KeyboardEvent,
    box: FlameBox,
    boxes: readonly FlameBox[],
    frames: readonly HTMLElement[],
  ): void {
    const to = neighbour(event.key, box, boxes);
    if (to !== undefined) {
      const frame = frames[boxes.indexOf(to)];
      for (const each of frames) each.tabIndex = each === frame ? 0 : -1;
      frame?.focus();
    } else if (event.key === "Enter" || event.key === " ") zoomTo([...zoomed, ...pathOf(box).slice(1)]);
    else if (event.key === "Escape") zoomTo(zoomed.slice(0, -1));
    else return;
    event.preventDefault();
  }

  return {
    root: element("div", {}, element("div", { class: "flame-bar" }, focusName, reset), picture),
    update: (map) => {
      tree = flameTree(map.entries);
      draw();
    },
  };
}

function follow(tree: FlameNode, path: readonly string[]): FlameNode {
  let node = tree;
  for (const name of path) node = node.children.get(name) ?? node;
  return node;
}

/** Names from the top box down to this one. */
function pathOf(box: FlameBox): readonly string[] {
  return [...(box.parent === undefined ? [] : pathOf(box.parent)), box.node.name];
}

function neighbour(key: string, box: FlameBox, boxes: readonly FlameBox[]): FlameBox | undefined {
  const siblings = boxes.filter(({ depth }) => depth === box.depth);
  const at = siblings.indexOf(box);
  switch (key) {
    case "ArrowUp":
      return box.parent;
    case "ArrowDown":
      return boxes.find(({ parent }) => parent === box);
    case "ArrowLeft":
      return siblings[at - 1];
    case "ArrowRight":
      return siblings[at + 1];
    case "Home":
      return boxes[0];
    default:
      return undefined;
  }
}

function describe({ node }: FlameBox, total: number): string {
  return `${node.name}: ${formatCount(node.value)}, ${((node.value / total) * 100).toFixed(1)} %`;
}

function frameOf(box: FlameBox, total: number): HTMLElement {
  const frame = element(
    "div",
    {
      class: "frame",
      role: "treeitem",
      tabindex: -1,
      "aria-level": box.depth + 1,
      "aria-label": describe(box, total),
      "data-tone": toneOf(box.node.name),
      title: describe(box, total),
    },
    box.node.name,
  );
  frame.style.left = `${(box.left * 100).toFixed(3)}%`;
  frame.style.width = `${(box.width * 100).toFixed(3)}%`;
  frame.style.top = `${(box.depth * ROW_PIXELS).toString()}px`;
  return frame;
}

/** The same function has the same colour in every picture. */
function toneOf(name: string): number {
  let sum = 0;
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) % 997;
  return sum % 5;
}
