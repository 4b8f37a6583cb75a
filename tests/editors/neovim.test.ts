/** The Neovim plugin in real, headless Neovim. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { toolPaths, unmet } from "../harness/needs.ts";
import { here, playSession } from "./scripted.ts";

test("a session: diagnostics, hover, completion, rename, format, lenses, runs, colours, health", {
  skip: unmet("executable", "neovim"),
}, () => {
  const said = playSession({
    editor: toolPaths.neovim,
    args: (setup) => ["-u", setup, "-i", "NONE", "-n", "--headless", "-l", here("neovim.lua")],
    language: "lua",
  });
  assert.match(said, /^ok - .*lenses/m);
});
