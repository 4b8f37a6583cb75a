/** Expected texts: comparing them, and rewriting them in place. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { expect, rewriteSource } from "./expect.ts";

const at = (line: number, column: number) => ({ file: "x.test.ts", line, column });

test("one line compares as it stands, several lose their indentation", () => {
  expect`uint32 pid()`.toBe("uint32 pid()");
  expect`
    first
      second
  `.toBe("first\n  second");
});

test("another text fails", {
  skip: process.env["UPDATE_EXPECT"] === "1" && "UPDATE_EXPECT rewrites it",
}, () => {
  assert.throws(() => {
    expect`wanted`.toBe("got");
  }, assert.AssertionError);
});

test("a rewrite replaces what is between the backticks and nothing else", () => {
  const source = "test(() => {\n  check(a, expect`old`);\n  check(b, expect`old \\` b`); // `x`\n});\n";
  const rewritten = rewriteSource(source, [
    { place: at(2, 12), text: "new" },
    { place: at(3, 12), text: "two\nlines ${not} `code`" },
  ]);
  assert.equal(
    rewritten,
    "test(() => {\n  check(a, expect`new`);\n  check(b, expect`\n    two\n    lines \\${not} \\`code\\`\n  `); // `x`\n});\n",
  );
});
