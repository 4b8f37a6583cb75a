/** Promotion, sameness and the integers of literals. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { fits, literalType, promote, promoteIntegers, sameType, settle, wrap } from "./relations.ts";
import { show } from "./show.ts";
import {
  boolean,
  int16,
  int32,
  int64,
  int8,
  integer,
  none,
  pointer,
  string,
  struct,
  uint16,
  uint32,
  uint64,
  uint8,
  type IntegerType,
  type Type,
} from "./type.ts";

function spelled(type: Type | undefined): string {
  return type === undefined ? "no common type" : show(type);
}

const integers: fc.Arbitrary<IntegerType> = fc
  .tuple(fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const), fc.boolean(), fc.boolean())
  .map(([size, signed, flexible]) =>
    flexible ? { kind: "integer", size, signed: true, flexible: true } : integer(size, signed),
  );

test("integers promote by the table of the reference", () => {
  const cases: readonly (readonly [IntegerType, IntegerType, string])[] = [
    [uint8, uint32, "uint32"],
    [int16, int64, "int64"],
    [literalType(1n), uint64, "uint64"],
    [literalType(200n), uint8, "uint16"],
    [int32, uint16, "int32"],
    [int8, uint8, "int16"],
    [uint32, int32, "int64"],
    [uint64, int64, "int64"],
  ];
  for (const [left, right, expected] of cases) {
    assert.equal(show(promoteIntegers(left, right)), expected);
    assert.equal(show(promoteIntegers(right, left)), expected);
  }
});

test("promotion of integers does not depend on the order, and holds what both hold", () => {
  fc.assert(
    fc.property(integers, integers, (left, right) => {
      const promoted = promoteIntegers(left, right);
      assert.deepEqual(promoted, promoteIntegers(right, left));
      assert.ok(promoted.size >= left.size && promoted.size >= right.size);
      assert.deepEqual(
        promoteIntegers(promoted, left),
        promoted.flexible === true ? promoted : promoteIntegers(promoted, left),
      );
    }),
  );
});

test("kinds do not mix; strings, tuples and records grow part by part", () => {
  const tuple = (...elements: Type[]): Type => ({ kind: "tuple", elements });
  const record = (...fields: [string, Type][]): Type => ({
    kind: "record",
    fields: fields.map(([name, type]) => ({ name, type })),
  });
  const cases: readonly (readonly [Type, Type, string])[] = [
    [string(4), string(10), "string[10]"],
    [int8, string(4), "no common type"],
    [boolean, int8, "no common type"],
    [none, uint16, "uint16"],
    [tuple(int8, string(3)), tuple(uint16, string(8)), "(int32,string[8])"],
    [tuple(int8), tuple(int8, int8), "no common type"],
    [
      record(["a", int8], ["b", string(2)]),
      record(["b", string(5)], ["a", int64]),
      "record { .a = int64, .b = string[5] }",
    ],
    [record(["a", int8]), record(["b", int8]), "no common type"],
    [pointer(int32, "kernel"), pointer(int64, "kernel"), "int64 *"],
    [pointer(struct("struct a"), "kernel"), pointer(struct("struct b"), "kernel"), "no common type"],
  ];
  for (const [left, right, expected] of cases) assert.equal(spelled(promote(left, right)), expected);
});

test("a pointer into two memories is into neither for sure", () => {
  const promoted = promote(pointer(int8, "kernel"), pointer(int8, "user"));
  assert.ok(promoted?.kind === "pointer");
  assert.equal(promoted.space, "none");
});

test("literals have the smallest signed type that holds them", () => {
  const cases: readonly (readonly [bigint, string])[] = [
    [0n, "int8"],
    [127n, "int8"],
    [128n, "int16"],
    [-128n, "int8"],
    [70000n, "int32"],
    [2n ** 63n - 1n, "int64"],
    [2n ** 63n, "uint64"],
  ];
  for (const [value, expected] of cases) assert.equal(show(literalType(value)), expected);
  assert.equal(literalType(5n).flexible, true);
  assert.equal(literalType(-5n).flexible, undefined);
});

test("a value fits exactly when wrapping leaves it alone", () => {
  fc.assert(
    fc.property(integers, fc.bigInt({ min: -(2n ** 64n), max: 2n ** 65n }), (type, value) => {
      assert.equal(fits(value, type), wrap(value, type) === value);
    }),
  );
});

test("settling closes what literals left open, everywhere", () => {
  const open: Type = {
    kind: "tuple",
    elements: [literalType(1n), { kind: "record", fields: [{ name: "a", type: literalType(300n) }] }],
  };
  const closed = settle(open);
  assert.ok(sameType(open, closed));
  assert.equal(settle(closed), closed);
  assert.equal(show(closed), "(int8,record { .a = int16 })");
});

test("unsigned integers of one size are told apart", () => {
  assert.ok(!sameType(uint8, int8));
  assert.ok(sameType(uint16, uint16));
});
