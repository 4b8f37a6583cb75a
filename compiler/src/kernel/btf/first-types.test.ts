/** Members found among the first types are those that the whole tells, or none. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { char, int, member, sample } from "../testing/sample-types.ts";
import { membersInFirstTypes } from "./first-types.ts";
import type { BtfType } from "./model.ts";
import { encodeBtf } from "./writer.ts";

const reader =
  (bytes: Uint8Array) =>
  (offset: number, length: number): Uint8Array =>
    bytes.subarray(offset, offset + length);

test("members have the places that they have in the whole struct", () => {
  const read = reader(encodeBtf(sample));
  assert.deepEqual(membersInFirstTypes(read, "task", ["comm", "pid"]), [
    { offset: 4, size: 16 },
    { offset: 0, size: 4 },
  ]);
});

test("a member that is a bit-field, of an unnamed struct, or not there is left to those who know all types", () => {
  const read = reader(encodeBtf(sample));
  for (const name of ["flag", "small", "none"])
    assert.equal(membersInFirstTypes(read, "task", ["pid", name]), undefined, name);
  assert.equal(membersInFirstTypes(read, "no_task", ["pid"]), undefined);
});

/** More of them than are read. */
const many: readonly BtfType[] = Array.from({ length: 9_000 }, (_, i) => ({
  kind: "typedef",
  name: `filler_${i.toString()}`,
  type: 1,
}));

const pair = (type: number): BtfType => ({
  kind: "struct",
  name: "pair",
  size: 8,
  members: [member("first", 1, 0), member("second", type, 32)],
});

test("what is beyond the first types is not found", () => {
  const second = many.length + 3;
  const beside = reader(encodeBtf([int, pair(1), ...many, int]));
  assert.deepEqual(membersInFirstTypes(beside, "pair", ["second"]), [{ offset: 4, size: 4 }]);
  const typedBeyond = reader(encodeBtf([int, pair(second), ...many, int]));
  assert.equal(membersInFirstTypes(typedBeyond, "pair", ["second"]), undefined);
  assert.deepEqual(membersInFirstTypes(typedBeyond, "pair", ["first"]), [{ offset: 0, size: 4 }]);
  const beyond = reader(encodeBtf([int, ...many, pair(1)]));
  assert.equal(membersInFirstTypes(beyond, "pair", ["first"]), undefined);
});

test("bytes that are no types, or not all of them, give no member or the same", () => {
  const whole = encodeBtf([int, char, pair(1), ...sample]);
  const places = [
    { offset: 0, size: 4 },
    { offset: 4, size: 4 },
  ];
  fc.assert(
    fc.property(fc.nat(whole.length), (length) => {
      const found = membersInFirstTypes(reader(whole.subarray(0, length)), "pair", ["first", "second"]);
      if (found !== undefined) assert.deepEqual(found, places);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, withHeader) => {
      const bytes = withHeader ? Uint8Array.of(...whole.subarray(0, 24), ...noise) : noise;
      membersInFirstTypes(reader(bytes), "pair", ["first"]);
    }),
  );
});
