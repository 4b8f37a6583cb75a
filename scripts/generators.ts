/** What is generated from what, a row each. `npm run generate` writes it, `npm run check` fails when something is stale. */

import { readFile } from "node:fs/promises";

import { withBuiltins } from "@probewright/grammar/scripts/highlights";
import { renderNodeTypes } from "@probewright/grammar/scripts/node-types";

import type { Generator } from "./generated-files.ts";

export const generators: readonly Generator[] = [
  {
    path: "grammar/ts/node-types.ts",
    produce: async () =>
      renderNodeTypes(await textOf("grammar/src/node-types.json"), await textOf("grammar/src/grammar.json")),
  },
  {
    path: "grammar/queries/highlights.scm",
    produce: async () => withBuiltins(await textOf("grammar/queries/highlights.scm"), await builtinNames()),
  },
];

/** A file of the repository. */
async function textOf(path: string): Promise<string> {
  return readFile(new URL(`../${path}`, import.meta.url), "utf8");
}

/** Names that scripts use without defining them. */
async function builtinNames(): Promise<readonly string[]> {
  const names: unknown = JSON.parse(await textOf("grammar/queries/builtins.json"));
  if (!Array.isArray(names)) throw new Error("grammar/queries/builtins.json is not a list");
  return names.map(String);
}
