/** Instruction counts by line. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { instructionLines } from "./instruction-lines.ts";

test("instructions count for the line that the table gives them, wherever they stand", () => {
  const at = (
    instructionIndex: number,
    line: number,
  ): { instructionIndex: number; file: string; line: number; column: number } => ({
    instructionIndex,
    file: "script.bt",
    line,
    column: 1,
  });
  const counted = instructionLines({
    name: "begin_0",
    section: "probe/0",
    stackBytes: 0,
    instructionCount: 10,
    lines: [at(0, 1), at(2, 3), at(5, 2), at(6, 3)],
  });
  assert.deepEqual(counted, {
    instructions: 10,
    lines: [
      { line: 0, instructions: 2 },
      { line: 1, instructions: 1 },
      { line: 2, instructions: 7 },
    ],
  });
});
