/** What is told of errors that come again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { joinRepeats, type RuntimeError } from "./repeats.ts";

const position = { file: "a.bt", startLine: 0, startColumn: 3, endLine: 0, endColumn: 9 };

function failed(returned: number): RuntimeError {
  const helper = { name: "map_update_elem", returned, meaning: "full" };
  return {
    kind: "runtime-error",
    error: "helper-failed",
    message: "full",
    position,
    expandedFrom: [],
    helper,
  };
}

test("an error is told at once, its repeats with their number", () => {
  const told: (number | undefined)[] = [];
  const repeats = joinRepeats((error) => told.push(error.repeats));
  for (let i = 0; i < 5; i += 1) repeats.take(failed(-7));
  assert.deepEqual(told, [undefined]);
  repeats.report();
  assert.deepEqual(told, [undefined, 4]);
});

test("one that stopped for the time of a report is told in full when it comes back", () => {
  const told: (number | undefined)[] = [];
  const repeats = joinRepeats((error) => told.push(error.repeats));
  repeats.take(failed(-7));
  repeats.report();
  repeats.report();
  repeats.take(failed(-7));
  assert.deepEqual(told, [undefined, undefined]);
});

test("another error at the same place is another", () => {
  const told: (number | undefined)[] = [];
  const repeats = joinRepeats((error) => told.push(error.helper?.returned));
  repeats.take(failed(-7));
  repeats.take(failed(-16));
  assert.deepEqual(told, [-7, -16]);
});
