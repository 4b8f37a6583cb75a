/** What every node of the syntax tree has, and the names they are made of. */

import type { NodeId } from "../base/brand.ts";
import type { Span } from "../base/span.ts";

export interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly id: NodeId;
  readonly span: Span;
}

export interface Name extends Node<"name"> {
  readonly text: string;
}

/** A comment inside or before an item; `span` is relative to that item and may be negative for comments before it. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
  readonly block: boolean;
}

/** A mistake of form found by the parser or while lowering. Analysis turns it into a diagnostic of the catalog. */
export interface SyntaxProblem {
  /** Key of a row of the syntax diagnostics, e.g. `missing-token`. */
  readonly problem: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly span: Span;
}
