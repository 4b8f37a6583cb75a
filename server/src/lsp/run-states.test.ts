/** What a run's events make of its state. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { newState, observe } from "./run-states.ts";

test("what came incomplete is not counted as lost", () => {
  const request = {
    uri: "file:///a.bt",
    title: "a.bt",
    probe: undefined,
    snapshot: undefined,
    script: "/a.bt",
  };
  const state = newState({ ...request, run: 1 });
  const loss = (lossKind: string, lost: number): object => ({
    site: "printf",
    lossKind,
    lost,
    lostTotal: lost,
  });
  observe(state, { kind: "loss", losses: [loss("event", 3), loss("probe-read-failed", 4)] });
  assert.equal(state.lost, 3);
});
