/** The table of probe types by features: no cell without a case, and the page that shows it is fresh. */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { emptyCells, tableText } from "../probes/table.ts";

const page = new URL("../../docs/probes.md", import.meta.url);

test("every feature that the table of probe types promises has a case", () => {
  assert.deepEqual(emptyCells(), []);
});

test("docs/probes.md is the table", () => {
  if (process.env["UPDATE_EXPECT"] === "1") writeFileSync(page, tableText());
  assert.equal(readFileSync(page, "utf8"), tableText());
});
