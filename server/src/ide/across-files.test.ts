/** Names that several files know: where they stand, and what renaming them changes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { KernelFacts } from "@probewright/compiler";
import { readFiles } from "@probewright/tests/harness/fixture";

import { acrossFiles } from "./across-files.ts";
import { namedAt } from "./names.ts";
import { rename } from "./rename.ts";
import type { Snapshot } from "./snapshot.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

interface Workspace {
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  readonly at: number;
  readonly here: Snapshot;
}

function workspace(marked: string): Workspace {
  const files = readFiles(marked);
  const facts: KernelFacts = testKernel(
    Object.fromEntries([...files].map(([path, { source }]) => [path, source])),
  );
  const snapshots = new Map(
    [...files].map(([path, { source }]) => [path, open(source, facts, `file://${path}`).snapshot]),
  );
  const [path, file] = [...files].find(([, { cursor }]) => cursor !== undefined) ?? [];
  const here = snapshots.get(path ?? "");
  assert.ok(here !== undefined && file?.cursor !== undefined);
  return { snapshots, at: file.cursor, here };
}

const program = (cursorInLibrary: boolean): string => `
//- /lib.bt
macro tw${cursorInLibrary ? "<|>" : ""}ice(x) { x * 2 }
//- /main.bt
import "lib.bt";
begin { print(tw${cursorInLibrary ? "" : "<|>"}ice(1)); }
//- /other.bt
import "lib.bt";
begin { print(twice(2) + twice(3)); }
//- /apart.bt
macro twice(y) { y }
begin { print(twice(4)); }
`;

for (const inLibrary of [true, false]) {
  test(`a macro is found in its file and in all that import it (from ${inLibrary ? "the file" : "a use"})`, () => {
    const { snapshots, at, here } = workspace(program(inLibrary));
    const named = namedAt(here, at);
    assert.ok(named !== undefined);
    const found = acrossFiles(here, named.thing, [...snapshots.values()]);
    assert.deepEqual(found.map(({ file, occurrences }) => `${file} ${occurrences.length}`).sort(), [
      "/lib.bt 1",
      "/main.bt 1",
      "/other.bt 2",
    ]);
  });
}

test("renaming changes every file that knows the name, and none that only has the same word", () => {
  const { snapshots, at, here } = workspace(program(false));
  const renaming = rename(here, at, "double", [...snapshots.values()]);
  assert.ok(renaming.kind === "edits");
  const texts = renaming.files.map(({ file, text, edits }) => {
    const changed = [...edits]
      .reverse()
      .reduce((sum, edit) => sum.slice(0, edit.start) + edit.text + sum.slice(edit.end), text);
    return `${file}: ${changed
      .split("\n")
      .filter((line) => line.includes("double"))
      .join("; ")}`;
  });
  assert.deepEqual(texts.sort(), [
    "/lib.bt: macro double(x) { x * 2 }",
    "/main.bt: begin { print(double(1)); }",
    "/other.bt: begin { print(double(2) + double(3)); }",
  ]);
});

test("a name that another file of the program has is refused", () => {
  const { snapshots, at, here } = workspace(`
//- /lib.bt
macro once(x) { x }
macro twice(x) { @total = x; x * 2 }
//- /main.bt
import "lib.bt";
begin { @s<|>um = twice(1); print(@sum); }
`);
  const renaming = rename(here, at, "total", [...snapshots.values()]);
  assert.deepEqual(renaming, { kind: "refused", message: "'@total' is used in /lib.bt" });
  assert.equal(rename(here, at, "other", [...snapshots.values()]).kind, "edits");
});
