/** The parser and its scanner under a fuzzer and the sanitizers, for as long as a continuous build can spare. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../grammar/scripts/fuzz.sh", import.meta.url));
const SECONDS = "20";

/** The script's exit status when the tools it needs are lacking. */
const LACKING = 3;

test("fuzzing the grammar finds nothing", (context) => {
  const { status, stderr } = spawnSync("bash", [SCRIPT, SECONDS], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    timeout: 10 * 60_000,
  });
  if (status === LACKING) {
    context.skip(stderr.trim());
    return;
  }
  assert.equal(status, 0, stderr.slice(-4000));
});
