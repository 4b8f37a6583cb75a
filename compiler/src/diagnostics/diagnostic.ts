/** What the compiler has to say about a program: plain data, no rendering. */

import type { Span } from "../base/span.ts";
import type { Item } from "../syntax/ast.ts";

export type Severity = "error" | "warning" | "hint";

/** A place in the syntax: the item it is in and the span relative to that item's start. */
export interface Place {
  readonly item: Item;
  readonly span: Span;
  /** The macro call that this code was expanded from, innermost first. */
  readonly expandedFrom?: Place;
}

/** A second place with a remark, e.g. where a type was decided. */
export interface Related {
  readonly place: Place;
  readonly message: string;
}

/** A quick fix: replacing texts mends the finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly place: Place; readonly text: string }[];
  /** Safe to apply without looking, so part of `source.fixAll`. */
  readonly automatic: boolean;
}

/** One finding. Codes are stable for ever; wording may change in any release. */
export interface Diagnostic {
  /** `PW` and four digits; the page `docs/diagnostics/PWnnnn.md` explains it. */
  readonly code: `PW${number}`;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly related: readonly Related[];
  readonly hints: readonly string[];
  readonly fixes: readonly Fix[];
  readonly tags: readonly ("unnecessary" | "deprecated")[];
}
