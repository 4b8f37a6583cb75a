/** Paths in a script that can be opened: imports and includes. */

import { walk, type Span } from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";
import { fileOf } from "./target.ts";

export interface ScriptLink extends Span {
  /** Absolute path of the file. */
  readonly file: string;
}

export function scriptLinks(snapshot: Snapshot): readonly ScriptLink[] {
  const links: ScriptLink[] = [];
  const add = (start: number, span: Span, file: string | undefined): void => {
    if (file?.startsWith("/") === true)
      links.push({ start: start + span.start, end: start + span.end, file });
  };
  const imported = (path: string): string | undefined => {
    const target = fileOf(snapshot, path);
    return target?.kind === "file" ? target.name : undefined;
  };
  for (const { item, start } of snapshot.script.items) {
    if (item.kind === "preprocessor-line" && item.directive.kind === "include") {
      const { path, system } = item.directive;
      const found = snapshot.facts.includeFile(snapshot.path, path.text, system);
      if (found !== undefined && found !== "missing" && "path" in found) add(start, path.span, found.path);
    }
    walk(item, (node) => {
      if (node.kind !== "import" && node.kind !== "import-statement") return;
      if (node.path.kind !== "missing") add(start, node.path.span, imported(node.path.value));
    });
  }
  return links;
}
