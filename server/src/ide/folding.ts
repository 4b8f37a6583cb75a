/** What can be folded away: blocks, definitions, long comments and runs of line comments. */

import { walk, type Comment, type Span } from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";

export interface Fold extends Span {
  readonly kind: "code" | "comment" | "imports";
}

/** Folds that cover more than one line, in order of their start. */
export function folds(snapshot: Snapshot): readonly Fold[] {
  const found: Fold[] = [...importRuns(snapshot)];
  for (const { item, start } of snapshot.script.items) {
    const add = (span: Span, kind: Fold["kind"]): void => {
      found.push({ start: start + span.start, end: start + span.end, kind });
    };
    if (item.kind === "config" || item.kind === "c-definition") add(item.span, "code");
    walk(item, (node) => {
      if (node.kind === "block" || node.kind === "record") add(node.span, "code");
    });
    for (const run of commentRuns(item.comments, snapshot.text, start)) add(run, "comment");
  }
  return found
    .filter(({ start, end }) => snapshot.text.slice(start, end).includes("\n"))
    .sort((left, right) => left.start - right.start);
}

/** Block comments alone, and line comments that stand directly below each other together. */
function commentRuns(comments: readonly Comment[], text: string, start: number): readonly Span[] {
  const runs: Span[] = [];
  let open: Span | undefined;
  for (const { span, block } of comments) {
    const between = open === undefined ? "" : text.slice(start + open.end, start + span.start);
    const continues = open !== undefined && !block && /^\n?[ \t]*$/.test(between);
    if (continues) runs.pop();
    const run: Span = { start: continues ? (open?.start ?? span.start) : span.start, end: span.end };
    runs.push(run);
    open = block ? undefined : run;
  }
  return runs;
}

/** Imports and includes that follow each other. */
function importRuns({ script }: Snapshot): readonly Fold[] {
  const runs: Fold[] = [];
  let open: Fold | undefined;
  for (const { item, start } of script.items) {
    const isImport =
      item.kind === "import" || (item.kind === "preprocessor-line" && item.directive.kind === "include");
    if (!isImport) {
      open = undefined;
      continue;
    }
    const end = start + item.span.end;
    if (open !== undefined) runs.pop();
    open = { start: open?.start ?? start, end, kind: "imports" };
    runs.push(open);
  }
  return runs;
}
