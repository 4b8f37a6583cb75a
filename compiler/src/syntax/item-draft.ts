/**
 * What is gathered while one top-level item is made: comments and problems, with offsets turned from the file's to the
 * item's. Nodes are made without ids; finishing the item numbers them.
 */

import { nodeId, type NodeId } from "../base/brand.ts";
import { invariant } from "../base/invariant.ts";
import { type Span, span } from "../base/span.ts";
import type { Item, Missing } from "./ast.ts";
import type { Comment, Name, SyntaxProblem } from "./node.ts";
import type { SyntaxNode } from "./children.ts";
import { problem, type ProblemFacts, type ProblemKey, shiftProblem } from "./problems.ts";
import { walk } from "./walk.ts";

/** The id of every node until its item is finished. */
export const UNNUMBERED: NodeId = nodeId(0);

/**
 * How deep expressions, blocks and types may nest. Every pass behind this one recurses, and none may run out of stack
 * on a script that someone pasted.
 */
export const MAX_NESTING = 500;

/** A comment with offsets of the file. */
export interface FileComment {
  readonly start: number;
  readonly end: number;
  readonly block: boolean;
}

/** What every item has, whatever its kind. */
type ItemParts = Pick<Item, "id" | "span" | "comments" | "problems" | "nodeCount" | "text">;

export class ItemDraft {
  /** The text of the whole file. */
  readonly text: string;
  /** Where the item starts in it. */
  readonly start: number;
  /** While set, problems are dropped: the mistake behind them has been reported. Those of literals are kept. */
  quiet = false;
  readonly #comments: FileComment[] = [];
  readonly #problems: SyntaxProblem[] = [];

  constructor(text: string, start: number) {
    this.text = text;
    this.start = start;
  }

  /** A span of the file as one of the item. */
  span(start: number, end: number): Span {
    return span(start - this.start, end - this.start);
  }

  addComment(comment: FileComment): void {
    this.#comments.push(comment);
  }

  /** @param start @param end offsets of the file */
  report<Key extends ProblemKey>(key: Key, facts: ProblemFacts[Key], start: number, end: number): void {
    if (!this.quiet) this.#problems.push(problem(key, facts, this.span(start, end)));
  }

  /** Adds a literal's problems. @param start the offset of the literal in the file */
  reportAll(problems: readonly SyntaxProblem[], start: number): void {
    for (const found of problems) this.#problems.push(shiftProblem(found, start - this.start));
  }

  missing(at: number, expected: string): Missing {
    return { kind: "missing", id: UNNUMBERED, span: this.span(at, at), expected };
  }

  name(start: number, end: number): Name {
    return { kind: "name", id: UNNUMBERED, span: this.span(start, end), text: this.text.slice(start, end) };
  }

  /** What the item has whatever its kind. @param end where the item ends in the file */
  parts(end: number): ItemParts {
    const comments = this.#comments.map((comment) => relativeComment(comment, this.text, this.start));
    const problems = this.#problems.filter(isFirstOfItsKind).toSorted((a, b) => a.span.start - b.span.start);
    const text = this.text.slice(this.start, end);
    return { id: UNNUMBERED, span: span(0, end - this.start), comments, problems, nodeCount: 0, text };
  }
}

function relativeComment({ start, end, block }: FileComment, text: string, itemStart: number): Comment {
  return { text: text.slice(start, end), span: span(start - itemStart, end - itemStart), block };
}

/** The item with more comments, which stand behind all it has. @param start where the item starts */
export function addComments(item: Item, comments: readonly FileComment[], text: string, start: number): Item {
  const added = comments.map((comment) => relativeComment(comment, text, start));
  return { ...item, comments: [...item.comments, ...added] };
}

/** A look ahead that came to nothing may have read a literal already. */
function isFirstOfItsKind(found: SyntaxProblem, index: number, all: readonly SyntaxProblem[]): boolean {
  return !all
    .slice(0, index)
    .some(({ problem: key, span: at }) => key === found.problem && at.start === found.span.start);
}

/** Gives the nodes of a new item their ids: 0 for the item, its parts in the order of a walk. */
export function numberNodes<Made extends Item>(item: Made): Made {
  let next = 0;
  walk(item, (node) => {
    setId(node, nodeId(next));
    next += 1;
  });
  // The item was made just now and nobody else has it yet.
  (item as { nodeCount: number }).nodeCount = next;
  return item;
}

function setId(node: SyntaxNode, id: NodeId): void {
  // Only nodes of an item in the making are numbered.
  (node as { id: NodeId }).id = id;
}

/** @throws InvariantError when an item's ids are not those of a walk */
export function checkNumbering(item: Item): void {
  let next = 0;
  walk(item, (node) => {
    invariant(node.id === next, `node ids of a ${item.kind} item follow a walk`);
    next += 1;
  });
  invariant(item.nodeCount === next, "the item knows how many nodes it has");
}
