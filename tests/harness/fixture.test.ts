/** The fixture reader itself. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { readFiles, readFixture } from "./fixture.ts";

test("carets claim ranges on the line above, and vanish from the source", () => {
  const { source, claims, cursor } = readFixture(`
    kprobe:f { time(1); st<|> }
    //              ^ error BT2003
    END { }
  `);
  assert.equal(source, "kprobe:f { time(1); st }\nEND { }");
  assert.deepEqual(claims, [{ start: 16, end: 17, text: "error BT2003" }]);
  assert.equal(source.slice(16, 17), "1");
  assert.equal(cursor, 22);
});

test("several claims on one line, also about its first columns", () => {
  const { source, claims } = readFixture(`
      begin { }
      kprob:f { }
    //^^^^^ error A
      //    ^ error B
  `);
  assert.deepEqual(
    claims.map((claim) => [source.slice(claim.start, claim.end), claim.text]),
    [
      ["kprob", "error A"],
      ["f", "error B"],
    ],
  );
});

test("a claim may stand one past the end of its line, and no further", () => {
  assert.deepEqual(readFixture("begin {\n//     ^ missing").claims, [{ start: 7, end: 8, text: "missing" }]);
  assert.throws(() => readFixture("begin {\n//      ^ too far"), /past its line/);
});

test("markup that cannot be meant is refused", () => {
  assert.throws(() => readFixture("// ^ alone"), /nothing above/);
  assert.throws(() => readFixture("a<|>b<|>"), /two cursors/);
  assert.throws(() => readFixture("    a\n //^ left"), /left of the program/);
});

test("one text holds several files", () => {
  const files = readFiles(`
    //- /main.bt
    import "lib.bt";
    //     ^^^^^^^^ ok
    //- /lib.bt
    macro m() { 1 }
  `);
  assert.deepEqual([...files.keys()], ["/main.bt", "/lib.bt"]);
  assert.equal(files.get("/main.bt")?.source, 'import "lib.bt";');
  assert.equal(files.get("/lib.bt")?.source, "macro m() { 1 }");
  assert.throws(() => readFiles("begin { }"), /before the first/);
});
