/** Where a typed program finds its arguments. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel } from "../kernel/fake.ts";
import { functionArguments } from "./context.ts";

test("a structure passed in two registers takes two slots", () => {
  const kernel = fakeKernel({
    source: "profile",
    c: "struct two { long a; int b; }; struct one { int a; }; int f(int first, struct two pair, struct one small, int last);",
  });
  const [prototype] = kernel.findFunctions("f");
  assert.ok(prototype !== undefined);
  const { fields, size } = functionArguments("f", prototype, kernel);
  assert.deepEqual(
    fields.map(({ name, offset }) => [name, offset]),
    [
      ["first", 0],
      ["pair", 8],
      ["small", 24],
      ["last", 32],
    ],
  );
  assert.equal(size, 40);
});
