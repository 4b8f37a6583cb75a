/** Scripts that others import, as the editor has them: what is typed there counts before it is saved. */

import type { KernelFacts, SourceText } from "@probewright/compiler";

import type { Documents } from "./documents.ts";
import { pathOfUri } from "./uris.ts";

export interface OpenImports {
  /** The same facts, with open text in place of files. */
  readonly over: <Facts extends KernelFacts>(facts: Facts) => Facts;
  /** How often text that was asked for has changed. */
  readonly changes: () => number;
  /** A document was opened, edited or closed. @returns whether an import of its path was answered or may be now */
  readonly changed: (uri: string) => boolean;
}

export function createOpenImports(documents: () => Documents): OpenImports {
  /** Paths that were looked for, whether or not they were open. */
  const asked = new Set<string>();
  let changes = 0;
  const openText = (path: string): string | undefined => {
    asked.add(path);
    const uri = documents()
      .uris()
      .find((each) => pathOfUri(each) === path);
    return uri === undefined ? undefined : documents().textOf(uri);
  };
  const asOpen = (file: SourceText): SourceText => {
    const text = openText(file.path);
    return text === undefined ? file : { path: file.path, text };
  };
  const importFile =
    (facts: KernelFacts): KernelFacts["importFile"] =>
    (from, path) => {
      const found = facts.importFile(from, path);
      if (found === "missing") return found;
      if (found === undefined) {
        const beside = besides(from, path);
        const text = openText(beside);
        return text === undefined ? undefined : [{ path: beside, text }];
      }
      return "error" in found ? found : found.map(asOpen);
    };
  return {
    // Not a copy: what the facts read late, on being asked, is still read late. `create` has no better type.
    over: <Facts extends KernelFacts>(facts: Facts) =>
      Object.create(facts, { importFile: { value: importFile(facts), enumerable: true } }) as Facts,
    changes: () => changes,
    changed: (uri) => {
      if (!asked.has(pathOfUri(uri))) return false;
      changes += 1;
      return true;
    },
  };
}

/** A path as seen from the folder of a file. */
function besides(from: string, path: string): string {
  if (path.startsWith("/")) return path;
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
