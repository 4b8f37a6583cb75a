/** Views of a script: what they say, and that places are linked both ways. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "../testing/open.ts";
import { linkedSpans, linkedToCursor, type LinkedText } from "./linked-text.ts";
import { llvmIrView } from "./llvm-ir.ts";
import { macroExpansionView } from "./macro-expansion.ts";
import { stackPlanView } from "./stack-plan.ts";
import { syntaxTreeView } from "./syntax-tree.ts";
import { typedTreeView } from "./typed-tree.ts";

const views = { llvmIrView, macroExpansionView, stackPlanView, syntaxTreeView, typedTreeView };

const program = `
macro twice($x) { $y = $x * 2; $y }
interval:s:1 { $a = 3; @m[comm] = twice($a); printf("%d", @m[comm]); }
`;

/** The lines of a view that belong to a word of the script. */
function linesOf({ text, links }: LinkedText, source: string, word: string): readonly string[] {
  return linkedSpans(links, "script", source.lastIndexOf(word) + 1).map(({ start, end }) =>
    text.slice(start, end),
  );
}

test("the typed tree tells types of maps, variables and expressions", () => {
  const { snapshot } = open(program);
  const { text } = typedTreeView(snapshot);
  assert.match(text, /^map @m\[string\[16\]\]: u?int\d+ \(\w+\)$/m);
  assert.match(text, /^ {2}variable \$a: u?int\d+$/m);
  assert.match(text, /assign-map map=m/);
  assert.match(text, /arithmetic "\*".*: u?int\d+$/m);
});

test("a macro's call is replaced by its body, with names of its own", () => {
  const { text } = macroExpansionView(open(program).snapshot);
  assert.match(text, /@m\[comm\] = \{ \$twice_y = \$a \* 2; \$twice_y \};/);
  assert.match(text, /^\/\/ macro twice$/m);
});

test("what a macro's call becomes compiles to the same types", () => {
  const { text } = macroExpansionView(open(program).snapshot);
  const expanded = open(text).snapshot.analysis();
  assert.deepEqual(
    expanded.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
    [],
  );
});

test("the syntax tree has every node, and problems where they are", () => {
  const { text } = syntaxTreeView(open("begin { $a = (1; }").snapshot);
  assert.match(text, /^probe$/m);
  assert.match(text, /! \S+/);
});

test("each view of a broken script says why it has nothing", () => {
  const { snapshot } = open("begin { print($none); }");
  assert.match(llvmIrView(snapshot).text, /^; The script has errors/);
  assert.match(stackPlanView(snapshot).text, /^The script has errors/);
  assert.match(typedTreeView(snapshot).text, /^The script has errors/);
});

test("a word of the script leads to its line in each view, and that line back to the word", () => {
  const { snapshot } = open(program);
  for (const [name, view] of Object.entries(views)) {
    const made = view(snapshot);
    const at = program.indexOf("printf") + 2;
    const [there] = linkedSpans(made.links, "script", at);
    assert.ok(there !== undefined, `${name} has nothing of printf`);
    const back = linkedSpans(made.links, "view", there.start + 1);
    assert.ok(
      back.some(({ start, end }) => start <= at && at <= end),
      `${name} does not lead back: ${made.text.slice(there.start, there.end)}`,
    );
  }
});

test("a cursor marks what holds it first, then the rest of its line", () => {
  const links = [
    { script: { start: 0, end: 30 }, view: { start: 0, end: 5 } },
    { script: { start: 2, end: 4 }, view: { start: 10, end: 15 } },
    { script: { start: 6, end: 8 }, view: { start: 20, end: 25 } },
    { script: { start: 12, end: 14 }, view: { start: 30, end: 35 } },
  ];
  const starts = linkedToCursor(links, 7, { start: 0, end: 10 }).map(({ start }) => start);
  assert.deepEqual(starts, [20, 0, 10]);
});

test("LLVM IR is linked by its debug locations", () => {
  const { snapshot } = open(program);
  const lines = linesOf(llvmIrView(snapshot), program, "printf");
  assert.ok(lines.some((line) => line.includes("!dbg")));
});
