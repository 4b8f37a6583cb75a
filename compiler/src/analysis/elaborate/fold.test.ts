/** Computing with constants. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import type { Constant } from "../../core/core.ts";
import { foldBinary, foldComplement, foldNegation, type Folded } from "./fold.ts";

const integer = (value: bigint): Constant => ({ kind: "integer", value });
const text = (value: string): Constant => ({ kind: "string", value });
const truth = (value: boolean): Constant => ({ kind: "boolean", value });

function result(folded: Folded): string | bigint | boolean {
  return folded.kind === "value" ? folded.value.value : folded.kind;
}

test("integers are exact or an overflow", () => {
  const most = 2n ** 64n - 1n;
  const cases: readonly (readonly [
    Parameters<typeof foldBinary>[0],
    bigint,
    bigint,
    bigint | string | boolean,
  ])[] = [
    ["+", most, 1n, "overflow"],
    ["+", 2n ** 63n, -1n, "overflow"],
    ["-", 0n, 2n ** 63n + 1n, "overflow"],
    ["-", 5n, 10n, -5n],
    ["*", most, most, "overflow"],
    ["/", -7n, 2n, -3n],
    ["%", -7n, 2n, -1n],
    ["/", 1n, 0n, "division-by-zero"],
    ["<<", 1n, 63n, 2n ** 63n],
    ["<<", 1n, 64n, "shift"],
    [">>", -8n, 2n, -2n],
    ["&", -1n, most, "overflow"],
    ["^", 0x7fffffffffffffffn, -1n, -(2n ** 63n)],
    ["<", most, 0n, false],
  ];
  for (const [operator, left, right, expected] of cases) {
    assert.equal(
      result(foldBinary(operator, integer(left), integer(right))),
      expected,
      `${left} ${operator} ${right}`,
    );
  }
});

test("what does not overflow is what any machine computes", () => {
  const numbers = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });
  fc.assert(
    fc.property(
      numbers,
      numbers,
      fc.constantFrom("+" as const, "-" as const, "*" as const),
      (left, right, operator) => {
        const folded = foldBinary(operator, integer(left), integer(right));
        if (folded.kind !== "value" || folded.value.kind !== "integer") return;
        const exact = operator === "+" ? left + right : operator === "-" ? left - right : left * right;
        assert.equal(folded.value.value, exact);
        assert.equal(BigInt.asUintN(64, exact), BigInt.asUintN(64, folded.value.value));
      },
    ),
  );
});

test("strings join, compare and lose their start", () => {
  assert.equal(result(foldBinary("+", text("ab"), text("cd"))), "abcd");
  assert.equal(result(foldBinary("<", text("a"), text("b"))), true);
  assert.equal(result(foldBinary("+", text("hello"), integer(2n))), "llo");
  assert.equal(foldBinary("+", text("hi"), integer(5n)).kind, "past-end");
  assert.equal(result(foldBinary("*", text("a"), text("b"))), "undefined");
});

test("logic on strings looks at whether they are empty", () => {
  assert.equal(result(foldBinary("&&", text("a"), text("b"))), true);
  assert.equal(result(foldBinary("&&", text("a"), text(""))), false);
  assert.equal(result(foldBinary("||", text(""), text("b"))), true);
});

test("operators on booleans give booleans", () => {
  assert.equal(result(foldBinary("+", truth(true), truth(true))), true);
  assert.equal(result(foldBinary("-", truth(true), truth(true))), false);
  assert.equal(result(foldBinary("/", truth(true), truth(false))), "division-by-zero");
  assert.equal(result(foldBinary("<<", truth(false), truth(true))), true);
});

test("signs", () => {
  assert.equal(result(foldNegation(2n ** 63n)), -(2n ** 63n));
  assert.equal(result(foldNegation(2n ** 63n + 1n)), "overflow");
  assert.equal(result(foldNegation(-(2n ** 63n))), 2n ** 63n);
  assert.equal(result(foldComplement(0n)), 2n ** 64n - 1n);
});
