/** The tree that the parser made: every item with its problems, errors and all. */

import type { Span } from "@probewright/compiler";
import type { Snapshot } from "../snapshot.ts";
import { createLinkedWriter, type LinkedText } from "./linked-text.ts";
import { writeTree, type TreeNode } from "./tree-text.ts";

/** Nodes' own book-keeping. */
const leaveOut = new Set(["id", "span", "nodeCount", "comments", "problems", "text"]);

export function syntaxTreeView(snapshot: Pick<Snapshot, "script">): LinkedText {
  const writer = createLinkedWriter();
  for (const { item, start } of snapshot.script.items) {
    // An item is a node of the tree; a view of trees takes any node.
    const root = item as unknown as TreeNode;
    const span = (node: TreeNode): Span | undefined => {
      const own = node["span"] as Span | undefined; // nodes of the syntax tree have one
      return own === undefined ? undefined : { start: start + own.start, end: start + own.end };
    };
    writeTree(root, "", 0, writer, {
      leaveOut,
      names: new Set(),
      span,
      remark: (node) => (node === root ? "" : remarkOf(node)),
    });
    for (const problem of item.problems) {
      const at = { start: start + problem.span.start, end: start + problem.span.end };
      writer.add(`  ! ${problem.problem}\n`, at);
    }
  }
  return writer.finish();
}

/** The text of leaves. */
function remarkOf(node: TreeNode): string {
  const { text } = node;
  return typeof text === "string" ? ` ${JSON.stringify(text)}` : "";
}
