/** What stands above each probe. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { codeLenses, type LensOptions } from "./code-lens.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

function titles(program: string, options: Partial<LensOptions> = {}): string {
  const { snapshot } = open(program);
  const all = { run: true, cost: true, measured: () => undefined, lastRun: undefined, ...options };
  const byProbe = new Map<number, string[]>();
  for (const { span, title } of codeLenses(snapshot, all)) {
    const line = snapshot.text.slice(0, span.start).split("\n").length;
    byProbe.set(line, [...(byProbe.get(line) ?? []), title]);
  }
  return [...byProbe.values()].map((each) => each.join(" · ")).join("\n");
}

const program = 'begin { @x = 1; }\ninterval:s:1 { printf("%d", pid); }\n';
const measured = (): ReturnType<LensOptions["measured"]> => ({
  stackBytes: 184,
  chains: new Map(),
  instructions: 212,
});

test("a probe can be run, and shows its stack as planned and its matches", () => {
  const [begin, interval] = titles(program).split("\n");
  assert.match(begin ?? "", /^Run script · stack \d+\/512 B$/);
  assert.match(interval ?? "", /^Run probe · Run script · stack \d+\/512 B$/);
});

test("those of a line start one after the other, for clients that order them by that", () => {
  const { snapshot } = open("interval:s:1 { @a = 1; }");
  const lenses = codeLenses(snapshot, { run: true, cost: true, measured, lastRun: undefined });
  assert.deepEqual(
    lenses.map(({ span }) => span.start),
    [0, 1, 2, 3],
  );
});

test("LLVM's figures come instead of the plan's", () => {
  assert.equal(
    titles("interval:s:1 { @ = count(); }", { measured }),
    "Run probe · Run script · stack 184/512 B · 212 insns",
  );
});

test("a probe that is wrong shows no stack", () => {
  assert.equal(titles("interval:s:1 { print($none); }", { measured }), "Run probe · Run script");
});

test("while it runs it can be stopped, and the result stays afterwards", () => {
  const cost = false;
  const running = { run: 3, probe: 1, isRunning: true, result: "1 attached, 4 lines" };
  assert.equal(
    titles(program, { cost, lastRun: running }),
    "Run script\nStop · running: 1 attached, 4 lines",
  );
  const script = { run: 3, probe: undefined, isRunning: false, result: "exit 0, 4 lines" };
  assert.equal(
    titles(program, { cost, lastRun: script }),
    "Run script · last run: exit 0, 4 lines\nRun probe · Run script",
  );
});

test("the plan of a probe that an edit left alone is not made again", () => {
  const first = open("interval:s:1 { @a[comm] = count(); }\ninterval:s:2 { @b = 1; }");
  const figures = codeLenses(first.snapshot, {
    run: false,
    cost: true,
    measured: () => undefined,
    lastRun: undefined,
  });
  assert.equal(figures.filter(({ title }) => title.startsWith("stack")).length, 2);
});

test("matches are told where there can be more or fewer", () => {
  const { snapshot } = open("begin { @ = 1; }\nkprobe:vfs_*, interval:s:1 { @++; }", testKernel());
  const lenses = codeLenses(snapshot, {
    run: false,
    cost: true,
    measured: () => undefined,
    lastRun: undefined,
  });
  assert.deepEqual(
    lenses.filter(({ title }) => title.startsWith("matches")).map(({ title }) => title),
    ["matches 3"],
  );
});
