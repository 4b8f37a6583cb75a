/** What bpftrace says is shown as our own runs are; what it does not say is not made up. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { bpftraceEvents, bpftraceMessage } from "./bpftrace-events.ts";

const only = (line: string): object => {
  const events = bpftraceEvents(line) ?? [];
  assert.equal(events.length, 1);
  return events[0] ?? {};
};

/** Only what is expected is looked at. */
function has(actual: unknown, expected: unknown): void {
  if (typeof expected !== "object" || expected === null) {
    assert.equal(actual, expected);
    return;
  }
  for (const [name, value] of Object.entries(expected)) has((actual as Record<string, unknown>)[name], value);
}

test("maps, histograms and statistics come as maps", () => {
  has(only('{"type": "map", "data": {"@opens": {"sh": 6, "node": 48}}}'), {
    kind: "map",
    name: "opens",
    scalar: false,
    shape: "plain",
    terminal: "@opens[sh]: 6\n@opens[node]: 48\n",
  });
  has(only('{"type": "hist", "data": {"@h": [{"min": 4, "max": 7, "count": 1}]}}'), {
    shape: "histogram",
    scalar: true,
    entries: [{ value: { buckets: [{ low: 4, high: 8, count: 1 }] } }],
  });
  has(only('{"type": "stats", "data": {"@s": {"count": 1, "average": 3, "total": 3}}}'), {
    shape: "stats",
    scalar: true,
    entries: [{ text: "count 1, average 3, total 3" }],
  });
});

test("losses are counted, whichever way they are told", () => {
  const loss = { kind: "loss", losses: [{ lost: 12 }] };
  has(only('{"type": "lost_events", "data": {"events": 12}}'), loss);
  has(bpftraceMessage("Lost 12 events"), loss);
});

test("a message with a place keeps it, counted from zero", () => {
  has(bpftraceMessage("/a.bt:3:5-9: WARNING: Map full"), {
    kind: "message",
    severity: "warning",
    text: "Map full",
    position: { file: "/a.bt", startLine: 2, startColumn: 4, endColumn: 8 },
  });
  assert.equal(bpftraceMessage("Attaching 1 probe..."), undefined);
});

test("text that is no event is left to the reader", () => {
  assert.equal(bpftraceEvents("plain words"), undefined);
  assert.deepEqual(bpftraceEvents('{"type": "unheard_of", "data": 1}'), []);
});
