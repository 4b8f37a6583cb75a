/** The Emacs mode and eglot in real, headless Emacs. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { toolPaths, unmet } from "../harness/needs.ts";
import { here, playSession } from "./scripted.ts";

test("a session: colours, indentation, diagnostics, hover, completion, rename, format, runs", {
  skip: unmet("executable", "emacs"),
}, () => {
  const said = playSession({
    editor: toolPaths.emacs,
    args: () => ["-Q", "--batch", "-l", here("emacs.el")],
    language: "elisp",
  });
  assert.match(said, /^ok - .*lenses/m);
});
