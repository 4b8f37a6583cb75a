/**
 * Stacks as a flame graph, callers on top. Click or Enter makes a frame as wide as the picture, Escape goes back; arrow keys
 * walk the tree.
 */

import { button, element, formatCount } from "./dom.ts";
import { flameTree, layOut, type FlameBox, type FlameNode } from "./flame-tree.ts";
import type { MapView } from "./map-table.ts";

const ROW_PIXELS = 20;

export function flameGraph(): MapView {
  const graph = new FlameGraph();
  return {
    root: graph.root,
    update: (map) => {
      graph.show(flameTree(map.entries));
    },
  };
}

class FlameGraph {
  readonly root: HTMLElement;
  private readonly picture = element("div", { class: "flame", role: "tree", "aria-label": "Flame graph" });
  private readonly focusName = element("span", { class: "quiet" });
  private readonly reset: HTMLButtonElement;
  /** Names of the frames from the root to the widest one. */
  private zoomed: readonly string[] = [];
  private focused = "all";
  private tree: FlameNode | undefined;
  private boxes: readonly FlameBox[] = [];
  private frames: readonly HTMLElement[] = [];

  constructor() {
    this.reset = button("Reset zoom", { class: "link", hidden: true }, () => {
      this.zoomTo([]);
    });
    this.root = element(
      "div",
      {},
      element("div", { class: "flame-bar" }, this.focusName, this.reset),
      this.picture,
    );
  }

  show(tree: FlameNode | undefined): void {
    this.tree = tree;
    this.draw();
  }

  private zoomTo(path: readonly string[]): void {
    this.zoomed = path;
    this.focused = path.at(-1) ?? "all";
    this.draw();
  }

  private draw(): void {
    const { tree, picture } = this;
    if (tree === undefined) return;
    const hadFocus = picture.contains(document.activeElement);
    const boxes = layOut(follow(tree, this.zoomed));
    this.boxes = boxes;
    this.frames = boxes.map((box) => frameOf(box, tree.value));
    this.reset.hidden = this.zoomed.length === 0;
    const deepest = Math.max(...boxes.map(({ depth }) => depth));
    picture.style.height = `${((deepest + 1) * ROW_PIXELS).toString()}px`;
    const focusAt = Math.max(
      0,
      boxes.findIndex(({ node }) => node.name === this.focused),
    );
    this.frames[focusAt]?.setAttribute("tabindex", "0");
    picture.replaceChildren(...this.frames);
    if (hadFocus) this.frames[focusAt]?.focus();
    for (const [index, box] of boxes.entries()) this.listen(this.frames[index], box, tree.value);
  }

  private listen(frame: HTMLElement | undefined, box: FlameBox, total: number): void {
    const tell = (): void => {
      this.focusName.textContent = describe(box, total);
    };
    frame?.addEventListener("mouseenter", tell);
    frame?.addEventListener("focus", () => {
      this.focused = box.node.name;
      tell();
    });
    frame?.addEventListener("click", () => {
      this.zoomInto(box);
    });
    frame?.addEventListener("keydown", (event) => {
      this.onKey(event, box);
    });
  }

  private zoomInto(box: FlameBox): void {
    this.zoomTo([...this.zoomed, ...pathOf(box).slice(1)]);
  }

  private onKey(event: KeyboardEvent, box: FlameBox): void {
    const to = neighbour(event.key, box, this.boxes);
    if (to !== undefined) {
      const frame = this.frames[this.boxes.indexOf(to)];
      for (const each of this.frames) each.tabIndex = each === frame ? 0 : -1;
      frame?.focus();
    } else if (event.key === "Enter" || event.key === " ") this.zoomInto(box);
    else if (event.key === "Escape") this.zoomTo(this.zoomed.slice(0, -1));
    else return;
    event.preventDefault();
  }
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
