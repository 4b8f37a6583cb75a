/** What renaming a file changes in the scripts that name it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { movedPaths } from "./moved-files.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

const kernel = testKernel({
  "/lib.bt": "macro twice(x) { x * 2 }\n",
  "/parts/one.bt": "macro one() { 1 }\n",
});

/** The script, at /NAME, after that move. */
function after(marked: string, from: string, to: string): string {
  const { snapshot } = open(marked, kernel);
  let text = snapshot.text;
  for (const edit of [...movedPaths(snapshot, [{ from, to }])].reverse())
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}

const script = 'import "lib.bt";\nimport "parts/one.bt";\nbegin { print(twice(one())); }\n';

test("imports follow a file that is renamed or moved", () => {
  assert.match(
    after(script, "/lib.bt", "/tools/math.bt"),
    /^import "tools\/math.bt";\nimport "parts\/one.bt";/,
  );
});

test("imports follow a folder", () => {
  assert.match(after(script, "/parts", "/pieces"), /^import "lib.bt";\nimport "pieces\/one.bt";/);
});

test("a script that moves takes its own imports along", () => {
  const { snapshot } = open(script, kernel);
  const edits = movedPaths(snapshot, [{ from: snapshot.path, to: "/deep/er/a.bt" }]);
  assert.deepEqual(
    edits.map(({ text }) => text),
    ['"../../lib.bt"', '"../../parts/one.bt"'],
  );
});

test("a move of others changes nothing", () => {
  assert.equal(after(script, "/other.bt", "/another.bt"), script.trimEnd());
  assert.equal(after('import "lib.bt";\n', "/li", "/la"), 'import "lib.bt";');
});
