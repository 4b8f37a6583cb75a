/** Scripts that others import, as the editor has them: what is typed there counts before it is saved. */

import type { KernelFacts } from "@probewright/compiler";

import { withOpenText } from "../open-text.ts";
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
  return {
    over: (facts) => withOpenText(facts, openText),
    changes: () => changes,
    changed: (uri) => {
      if (!asked.has(pathOfUri(uri))) return false;
      changes += 1;
      return true;
    },
  };
}
