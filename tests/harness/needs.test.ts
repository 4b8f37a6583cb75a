/** Skipping with a reason. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "./needs.ts";

test("a need that is met is no reason to skip", () => {
  assert.equal(unmet(), false);
  assert.equal(unmet("linux"), process.platform === "linux" ? false : "needs Linux");
});

test("what is lacking is named, with the way to get it", () => {
  const path = process.env["PATH"];
  process.env["PATH"] = "";
  try {
    assert.equal(unmet("gcc", "gcc"), "needs gcc on the PATH; needs gcc on the PATH");
  } finally {
    process.env["PATH"] = path;
  }
});
