/** A script's own types over the kernel's. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { noTypes, readCDeclarations, scriptStyle } from "./c-declarations.ts";
import { fakeKernel } from "./fake.ts";
import { createStructTable } from "./struct-table.ts";

const facts = fakeKernel({
  c: "struct task { int pid; }; struct other { int x; }; typedef struct other other_t; enum color { RED, GREEN }; typedef int pid_t;",
});
const script = readCDeclarations(
  [
    "struct task { long mine; }; typedef struct { int q; } quad; typedef struct task task_t; enum color { BLUE = 7 };",
  ],
  { outer: noTypes, origin: "script", style: scriptStyle },
);
const table = createStructTable({ script, facts });

test("the script's definition wins over the kernel's", () => {
  assert.equal(table.findStruct("struct task")?.origin, "script");
  assert.equal(table.findStruct("task_t")?.fields[0]?.name, "mine");
  assert.equal(table.findStruct("quad")?.fields[0]?.name, "q");
  assert.deepEqual(
    table.findEnum("enum color")?.members.map(({ name }) => name),
    ["BLUE"],
  );
});

test("what the script does not define comes from the kernel", () => {
  assert.equal(table.findStruct("struct other")?.origin, "kernel");
  assert.equal(table.findStruct("other_t")?.name, "struct other");
  assert.deepEqual(table.findTypedef("pid_t"), { kind: "integer", size: 4, signed: true });
  assert.deepEqual(table.findEnumConstant("GREEN"), { enum: "enum color", value: 1n });
  assert.deepEqual(table.findEnumConstant("BLUE"), { enum: "enum color", value: 7n });
});

test("a tag alone is no type", () => {
  assert.equal(table.findStruct("task"), undefined);
  assert.equal(table.findStruct("struct nobody"), undefined);
});
