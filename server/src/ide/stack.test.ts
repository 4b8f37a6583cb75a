/** One figure for a probe's stack, wherever it is shown. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { applyEdit, noKernelFacts, openDocument, type Check, type Document } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

import { codeLenses } from "./code-lens.ts";
import { hover } from "./hover.ts";
import { probeCode, type ProbeCode } from "./probe-code.ts";
import { takeSnapshot } from "./snapshot.ts";
import { stackRows } from "./stack-view.ts";
import type { StackMeasure } from "./stack.ts";
import { open } from "./testing/open.ts";
import { stackPlanView } from "./views/stack-plan.ts";

interface Coded {
  readonly code: ProbeCode | undefined;
  readonly analysis: Check;
}

type Measured = StackMeasure & { readonly instructions: number };

/** The figure of the lens, the hover, the side bar and the stack plan, which must be one. */
function figure(program: string, measured?: Measured): number {
  const { snapshot } = open(program);
  const measureOf = (): Measured | undefined => measured;
  const lenses = codeLenses(snapshot, { run: false, cost: true, measured: measureOf, lastRun: undefined });
  const lens = lenses
    .map(({ title }) => /^stack (\d+)\/512 B$/.exec(title)?.[1])
    .find((each) => each !== undefined);
  const box = /Stack: (\d+) of 512/.exec(hover(snapshot, 0, measureOf)?.text ?? "")?.[1];
  const row = stackRows(snapshot, measureOf)?.find(({ name }) => name.startsWith("kprobe"))?.stackBytes;
  const plan = /kprobe.*\n.*?(\d+)\/512 B/.exec(stackPlanView(snapshot, measureOf).text)?.[1];
  const figures = [lens, box, row, plan].map(Number);
  assert.equal(new Set(figures).size, 1, figures.join(" "));
  return figures[0] ?? Number.NaN;
}

const leaf = "kprobe:vfs_read { @opens[comm] = count(); @length = hist(pid); }";
const caller = "kprobe:vfs_read { @a[comm] = twice(pid); }\nfn twice($x: uint32): uint64 { return $x * 2; }";

test("lens, hover, side bar and stack plan show the same as planned", () => {
  assert.equal(figure(leaf) % 8, 0);
  assert.equal(figure(caller) % 32, 0, "frames that are added up are rounded");
});

test("what another probe does with a map is in the figures of all that use it", () => {
  const alone = "kprobe:vfs_read { @start[tid] = nsecs; }";
  const others = `${alone}\ninterval:s:1 { delete(@start, 1); }`;
  assert.ok(figure(others) > figure(alone));
});

test("the code of a probe is kept while others are edited, until that changes it", () => {
  const parser = nativeParser();
  const text = "kprobe:vfs_read { @opens = count(); }\ninterval:s:1 { $x = 1; }";
  const facts = noKernelFacts();
  const before = openDocument(text, parser);
  const codeOf = ({ script }: Pick<Document, "script" | "text">, previous?: Check): Coded => {
    const snapshot = takeSnapshot("file:///a.bt", 1, { script, text }, facts, parser, previous);
    const [probe] = script.items;
    assert.ok(probe !== undefined);
    return { code: probeCode(snapshot, probe.item), analysis: snapshot.analysis() };
  };
  const end = text.length - 1;
  const first = codeOf(before);
  const assigned = applyEdit(before, { start: end, end, text: "$y = $x; " }, parser);
  const second = codeOf(assigned, first.analysis);
  assert.equal(second.code, first.code);
  const exiting = applyEdit(assigned, { start: end, end, text: "exit(); " }, parser);
  assert.notEqual(codeOf(exiting, second.analysis).code, first.code);
});

test("and the same as measured, once LLVM has compiled the probe", () => {
  const chains = new Map([["kprobe:vfs_read", 24]]);
  assert.equal(figure(leaf, { stackBytes: 24, chains, instructions: 10 }), 24);
  assert.equal(figure(caller, { stackBytes: 24, chains, instructions: 10 }), 24);
});

test("what was planned is told beside what was measured", () => {
  const { snapshot } = open(leaf);
  const [planned] = stackRows(snapshot, () => undefined) ?? [];
  const [measured] =
    stackRows(snapshot, () => ({ stackBytes: 8, chains: new Map([["kprobe:vfs_read", 8]]) })) ?? [];
  assert.equal(planned?.plannedBytes, undefined);
  assert.equal(measured?.plannedBytes, planned?.stackBytes);
});
