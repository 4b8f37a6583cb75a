/** The assembly listing: names instead of relocations, jump targets as indices, source places. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { compileIr } from "./index.ts";
import { readCases } from "./testing/cases.ts";
import { needsLlvm } from "./testing/skip.ts";

function listing(caseName: string): string {
  const found = readCases().find((each) => each.name === caseName);
  const result = compileIr(found?.ir ?? assert.fail(`no case "${caseName}"`), { emit: "assembly" });
  if (result.kind === "error") assert.fail(result.message);
  return result.text;
}

test("maps by name, jumps by target, lines where they change", needsLlvm(), () => {
  assert.equal(
    listing("a map in .maps and a program that counts in it"),
    `count (section tracepoint/syscalls/sys_enter_getppid): 12 instructions, 8 bytes of stack
  ; count.bt:1:0
     0  w1 = 14
  ; count.bt:2:3
     1  *(u32 *)(r10 - 4) = w1
     2  r2 = r10
     3  r2 += -4
     4  r1 = counts ll
     6  call 1
  ; count.bt:3:7
     7  if r0 == 0 goto 10
     8  r1 = 1
  ; count.bt:4:5
     9  lock *(u64 *)(r0 + 0) += r1
  ; count.bt:5:1
    10  r0 = 0
    11  exit
`,
  );
});

test("subprograms by name", needsLlvm(), () => {
  assert.match(listing("several functions, one of them a subprogram with callers"), /first[^]*call twice\n/);
});

test("instructions carry place and target as data", needsLlvm(), () => {
  const found = readCases().find((each) => each.name.startsWith("a map in .maps"));
  const result = compileIr(found?.ir ?? "", { emit: "assembly" });
  assert.ok(result.kind === "ok");
  const jump = result.assembly[0]?.instructions.find(({ instructionIndex }) => instructionIndex === 7);
  assert.deepEqual(jump, {
    instructionIndex: 7,
    text: "if r0 == 0 goto +2",
    jumpsTo: 10,
    source: { instructionIndex: 7, file: "count.bt", line: 3, column: 7 },
  });
});
