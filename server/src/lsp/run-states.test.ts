/** What a run's events make of its state. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createOutputTail, observe, type RunState } from "./run-states.ts";

function newState(): RunState {
  return {
    run: 1,
    uri: "file:///a.bt",
    title: "a.bt",
    probe: undefined,
    snapshot: undefined,
    script: "/a.bt",
    phase: "running",
    probes: 1,
    exitCode: undefined,
    stopped: false,
    lines: 0,
    lost: 0,
    output: createOutputTail(),
    maps: new Map(),
    findings: new Map(),
    verifierLog: "",
  };
}

test("what came incomplete is not counted as lost", () => {
  const state = newState();
  const loss = (lossKind: string, lost: number): object => ({
    site: "printf",
    lossKind,
    lost,
    lostTotal: lost,
  });
  observe(state, { kind: "loss", losses: [loss("event", 3), loss("probe-read-failed", 4)] });
  assert.equal(state.lost, 3);
});
