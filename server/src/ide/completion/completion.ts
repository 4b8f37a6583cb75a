/** What one suggestion is made of. */

import type { Edit } from "../code-actions.ts";

export type CompletionKind =
  | "builtin-value"
  | "function"
  | "field"
  | "variable"
  | "map"
  | "probe-type"
  | "attach-point"
  | "category"
  | "file"
  | "macro"
  | "keyword"
  | "type"
  | "constant"
  | "setting"
  | "setting-value"
  | "conversion"
  | "snippet";

/** What to look up when the list's user rests on a suggestion. */
export type CompletionSource =
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "probe-type"; readonly name: string }
  | { readonly kind: "function"; readonly name: string; readonly module: string }
  | { readonly kind: "tracepoint"; readonly name: string }
  | { readonly kind: "raw-tracepoint"; readonly name: string }
  | { readonly kind: "type"; readonly name: string }
  /** The label names the field. */
  | { readonly kind: "field"; readonly struct: string };

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Directly behind the label: a signature. */
  readonly signature?: string;
  /** At the right: a type, a module, how many probes match. */
  readonly detail: string;
  /** Markdown, where it costs nothing. */
  readonly documentation?: string;
  /** Where more is found when asked. */
  readonly source?: CompletionSource;
  /** Replaces the text from this offset to the cursor. */
  readonly from: number;
  /** What is inserted, when that is not the label. */
  readonly insert?: string;
  /** `insert` has tab stops in the snippet syntax of LSP. */
  readonly snippet?: boolean;
  /** What is compared with the typed text, when that is not the label. */
  readonly filter?: string;
  /** Lower comes first; within one rank the order is that of the list. */
  readonly rank?: number;
  /** Characters that accept the suggestion and are typed after it. */
  readonly commit?: readonly string[];
  readonly deprecated?: boolean;
  /** Made elsewhere in the script when it is accepted, such as an import. */
  readonly also?: readonly Edit[];
}

export interface Completions {
  readonly items: readonly Completion[];
  /** More would come with more letters typed. */
  readonly incomplete: boolean;
}

export const noCompletions: Completions = { items: [], incomplete: false };

export function complete(items: readonly Completion[]): Completions {
  return { items, incomplete: false };
}
