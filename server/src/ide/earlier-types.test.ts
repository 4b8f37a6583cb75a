/** Members are offered by the analysis before the edit, and are those that an analysis of the edited text would offer. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { applyEdit, openDocument } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

import { complete } from "./completion.ts";
import { takeSnapshot } from "./snapshot.ts";
import { testKernel } from "./testing/kernel.ts";

const parser = nativeParser();
const facts = testKernel();

interface Step {
  readonly what: string;
  readonly before: string;
  /** Replaced by `typed`, behind which the cursor is. */
  readonly replaced: string;
  readonly typed: string;
  /** Whether the analysis of the text before is enough. */
  readonly waits: boolean;
}

const probe = (code: string): string =>
  `macro same($x) { $x }\nfentry:vfs_read { ${code} }\nend { print(@n); }\n`;
const task = "$task = (struct task_struct *)curtask;";

const steps: readonly Step[] = [
  {
    what: "a letter less",
    before: probe(`${task} @n = $task->pid;`),
    replaced: "->pid",
    typed: "->pi",
    waits: false,
  },
  {
    what: "the arrow",
    before: probe(`${task} @n = $task; print(1);`),
    replaced: "@n = $task",
    typed: "@n = $task->",
    waits: false,
  },
  {
    what: "the arrow, at the end",
    before: probe(`${task} $task-`),
    replaced: "$task-",
    typed: "$task->",
    waits: false,
  },
  {
    what: "the name again",
    before: probe(`${task} @n = $task->pid;`),
    replaced: "$task->pid",
    typed: "$task->real_parent->",
    waits: true,
  },
  {
    what: "a cast",
    before: probe("print(((struct file *)0)->f_flags);"),
    replaced: "->f_flags",
    typed: "->f",
    waits: false,
  },
  {
    what: "an argument",
    before: probe("print(args.file);"),
    replaced: "args.file",
    typed: "args.",
    waits: false,
  },
  {
    what: "a record",
    before: probe("$r = (a=1, b=2); print($r.a);"),
    replaced: "$r.a",
    typed: "$r.",
    waits: false,
  },
  {
    what: "what it is has changed, too",
    before: probe(`${task} @n = $task->pid;`),
    replaced: `${task} @n = $task->pid`,
    typed: "$task = (struct file *)0; @n = $task->f",
    waits: true,
  },
];

for (const { what, before, replaced, typed, waits } of steps) {
  test(what, () => {
    const first = openDocument(before, parser);
    const earlier = takeSnapshot("file:///a.bt", 1, first, facts, parser).analysis();
    const start = before.indexOf(replaced);
    assert.notEqual(start, -1);
    const second = applyEdit(first, { start, end: start + replaced.length, text: typed }, parser);
    const snapshot = takeSnapshot("file:///a.bt", 2, second, facts, parser, earlier);
    const cursor = start + typed.length;
    const offered = complete(snapshot, cursor);
    assert.equal(snapshot.newestAnalysis() !== earlier, waits, "whether this version was analysed");

    const anew = takeSnapshot("file:///a.bt", 1, openDocument(second.text, parser), facts, parser);
    assert.deepEqual(offered, complete(anew, cursor));
    assert.ok(offered.items.length > 0);
  });
}

test("what another item says is not taken from before", () => {
  const text = `struct pair { int first; };\nbegin { $p = (struct pair *)0; print($p->first); }\n`;
  const first = openDocument(text, parser);
  const earlier = takeSnapshot("file:///a.bt", 1, first, facts, parser).analysis();
  const at = text.indexOf("int first");
  const second = applyEdit(first, { start: at, end: at, text: "int zeroth; " }, parser);
  const dot = second.text.indexOf("->first") + 2;
  const third = applyEdit(second, { start: dot, end: dot + 5, text: "" }, parser);
  const snapshot = takeSnapshot("file:///a.bt", 3, third, facts, parser, earlier);
  assert.deepEqual(
    complete(snapshot, dot).items.map(({ label }) => label),
    ["zeroth", "first"],
  );
});
