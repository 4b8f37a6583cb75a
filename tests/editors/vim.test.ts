/** The language server through ALE in real Vim. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { here, playSession } from "./scripted.ts";

test("a session: diagnostics, rename, hover, completion", { skip: unmet("executable", "vim-ale") }, () => {
  const said = playSession({
    editor: "vim",
    args: () => ["-es", "-N", "-u", "NONE", "-i", "NONE", "-S", here("vim.vim")],
    language: "vim",
  });
  assert.match(said, /^ok - .*completion/m);
});
