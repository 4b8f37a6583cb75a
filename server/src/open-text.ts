/** Facts that see files as an editor shows them: text that is not saved yet in place of what the disk has. */

import type { KernelFacts, SourceText } from "@probewright/compiler";

import { besides } from "./paths.ts";

/** @param textOf the text of a file that is open, by its path */
export function withOpenText<Facts extends KernelFacts>(
  facts: Facts,
  textOf: (path: string) => string | undefined,
): Facts {
  const asOpen = (file: SourceText): SourceText => {
    const text = textOf(file.path);
    return text === undefined ? file : { path: file.path, text };
  };
  const importFile: KernelFacts["importFile"] = (from, path) => {
    const found = facts.importFile(from, path);
    if (found === "missing") return found;
    if (found === undefined) {
      const beside = besides(from, path);
      const text = textOf(beside);
      return text === undefined ? undefined : [{ path: beside, text }];
    }
    return "error" in found ? found : found.map(asOpen);
  };
  // Not a copy: what the facts read late, on being asked, is still read late. `create` has no better type.
  return Object.create(facts, { importFile: { value: importFile, enumerable: true } }) as Facts;
}
