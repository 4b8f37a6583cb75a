/** Searching finds what looking at every name finds, whether it starts anew or goes on from a shorter query. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { indexNames, search } from "./fuzzy.ts";

const part = fc.stringMatching(/^[abcXY19.]{1,4}$/);
const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("_"));
const query = fc.stringMatching(/^[abcxy1_.]{1,5}$/);

/** The rule in plain words: a letter or two where words begin, more in one piece, or scattered when too few are so. */
function matching(names: readonly string[], wanted: string, most: number): readonly number[] {
  const where = (fits: (name: string) => boolean): readonly number[] =>
    names.flatMap((each, index) => (fits(each.toLowerCase()) ? [index] : []));
  if (wanted.length <= 2) return where((each) => `_${each}`.includes(`_${wanted}`));
  const whole = where((each) => each.includes(wanted));
  if (whole.length >= most) return whole;
  const letters = new RegExp(
    [...wanted].map((letter) => letter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*"),
  );
  return where((each) => letters.test(each));
}

test("every name that the rule finds is counted, and the best of them are shown", () => {
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 60 }),
      query,
      fc.integer({ min: 1, max: 20 }),
      (names, wanted, most) => {
        const { found, count } = search(indexNames(names), wanted, most);
        const all = matching(names, wanted, most);
        assert.equal(count, all.length);
        assert.equal(found.length, Math.min(most, all.length));
        assert.ok(found.every(({ index }) => all.includes(index)));
        const every = search(indexNames(names), wanted, names.length);
        if (every.count === count) assert.deepEqual(found, every.found.slice(0, most));
      },
    ),
  );
});

test("typing on finds what a new search finds", () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 60 }), query, (names, wanted) => {
      const index = indexNames(names);
      for (let length = 1; length <= wanted.length; length += 1) {
        const typed = wanted.slice(0, length);
        assert.deepEqual(search(index, typed, 5), search(indexNames(names), typed, 5));
      }
    }),
  );
});

test("what begins with the query comes first, then where a word begins with it", () => {
  const names = ["do_read_one", "spread", "read", "reads", "vfs_read"];
  const { found } = search(indexNames(names), "read", 10);
  assert.deepEqual(
    found.map(({ index }) => names[index]),
    ["read", "reads", "vfs_read", "do_read_one", "spread"],
  );
});
