/** Scripts that others import, as the editor has them: what is typed there counts before it is saved. */

import type { KernelFacts } from "@probewright/compiler";

import { withOpenText } from "../open-text.ts";
import type { Documents } from "./documents.ts";
import { pathOfUri } from "./uris.ts";

export interface OpenImports {
  /** The same facts, with open text in place of files. */
  readonly over: <Facts extends KernelFacts>(facts: Facts) => Facts;
  /** Whether an import of this file was answered, or may be now. */
  readonly isAsked: (uri: string) => boolean;
}

export function createOpenImports(documents: () => Documents): OpenImports {
  /** Paths that were looked for, whether or not they were open. */
  const asked = new Set<string>();
  const openText = (path: string): string | undefined => {
    asked.add(path);
    const uri = documents()
      .uris()
      .find((each) => pathOfUri(each) === path);
    return uri === undefined ? undefined : documents().textOf(uri);
  };
  return {
    over: (facts) => withOpenText(facts, openText),
    isAsked: (uri) => asked.has(pathOfUri(uri)),
  };
}
