/** What is generated from what, a row each. `npm run generate` writes it, `npm run check` fails when something is stale. */

import { readFile } from "node:fs/promises";

import { builtins } from "@probewright/compiler";
import {
  forHelix,
  forNeovim,
  HELIX_QUERIES,
  NEOVIM_QUERIES,
} from "@probewright/grammar/scripts/editor-queries";
import { withBuiltins, withEmacsBuiltins, withVimBuiltins } from "@probewright/grammar/scripts/highlights";
import { renderNodeTypes } from "@probewright/grammar/scripts/node-types";

import type { Generator } from "./generated-files.ts";
import { builtinsPage } from "./generators/builtins.ts";
import { diagnosticPages } from "./generators/diagnostics.ts";
import { featuresPage } from "./generators/features.ts";
import { settingsPage, withSettings } from "./generators/settings.ts";

export const generators: readonly Generator[] = [
  {
    path: "grammar/ts/node-types.ts",
    produce: async () =>
      renderNodeTypes(await textOf("grammar/src/node-types.json"), await textOf("grammar/src/grammar.json")),
  },
  { path: "grammar/queries/highlights.scm", produce: async () => queryText("highlights") },
  ...NEOVIM_QUERIES.map((name) => ({
    path: `client/nvim/queries/bpftrace/${name}.scm`,
    produce: async () => forNeovim(name, await queryText(name)),
  })),
  ...HELIX_QUERIES.map((name) => ({
    path: `client/helix/queries/bpftrace/${name}.scm`,
    produce: async () => forHelix(name, await queryText(name)),
  })),
  {
    path: "client/emacs/bpftrace-ts-mode.el",
    produce: async () => withEmacsBuiltins(await textOf("client/emacs/bpftrace-ts-mode.el"), builtinLists),
  },
  {
    path: "client/vim/syntax/bpftrace.vim",
    produce: async () => withVimBuiltins(await textOf("client/vim/syntax/bpftrace.vim"), builtinLists),
  },
  { path: "docs/builtins.md", produce: builtinsPage },
  { folder: "docs/diagnostics", produce: diagnosticPages },
  { path: "docs/language-server.md", produce: featuresPage },
  { path: "docs/settings.md", produce: settingsPage },
  { path: "client/package.json", produce: async () => withSettings(await textOf("client/package.json")) },
];

/** A file of the repository. */
async function textOf(path: string): Promise<string> {
  return readFile(new URL(`../${path}`, import.meta.url), "utf8");
}

/** A query of the grammar, as it is when it is fresh. */
async function queryText(name: string): Promise<string> {
  const text = await textOf(`grammar/queries/${name}.scm`);
  return name === "highlights" ? withBuiltins(text, builtinLists) : text;
}

/** What scripts use without defining it. Names with underscores in front, and numbered ones, are not for people. */
const named = builtins.filter(({ name }) => /^[a-z]\w*$/.test(name) && name !== "argN");
const builtinLists = {
  names: named.map(({ name }) => name),
  withFormats: named
    .filter(({ forms }) =>
      forms.some(({ parameters }) =>
        parameters.some(({ name, form }) => form === "format" || name === "format"),
      ),
    )
    .map(({ name }) => name),
};
