/** The committed parser and wasm belong to the committed rules and scanner. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { currentFingerprints, notedFingerprints } from "./fingerprints.ts";

test("the generated parser and wasm are fresh", () => {
  assert.deepEqual(currentFingerprints(), notedFingerprints(), "run grammar/scripts/regenerate.sh");
});
