/** Entries of maps as they stand in the text of a running script. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { spellEntry } from "./live-values.ts";

test("numbers and texts stand behind their key", () => {
  assert.equal(spellEntry({ key: "bash", text: "12", value: { kind: "integer", value: 12 } }), "bash: 12");
  assert.equal(spellEntry({ text: "one\ntwo" }), "one …");
});

test("histograms and time series are drawn small", () => {
  const buckets = [
    { low: 64, high: 128, count: 1 },
    { low: 128, high: 256, count: 0 },
    { low: 256, high: 512, count: 7 },
  ];
  assert.equal(spellEntry({ text: "", value: { kind: "histogram", buckets } }), "▂▁█ 8 values in [64, 512)");
  const points = [{ value: 4 }, {}, { value: 8 }];
  assert.equal(spellEntry({ key: "a", text: "", value: { kind: "time-series", points } }), "a: ▅▁█ last 8");
});

test("a wide histogram stays short", () => {
  const buckets = Array.from({ length: 100 }, (_, low) => ({ low, high: low + 1, count: low }));
  const spelt = spellEntry({ text: "", value: { kind: "histogram", buckets } });
  assert.ok(spelt.length < 60, spelt);
});
