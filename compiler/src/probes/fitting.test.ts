/** Patterns take the functions that looking at each of them takes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { hasFunction, listedFunctions } from "../kernel/function-names.ts";
import { matcher } from "./attach-spec.ts";
import { fitting, sharingFirstLetter } from "./fitting.ts";

const name = fc.string({ unit: fc.constantFrom("a", "b", "_"), minLength: 1, maxLength: 6 });
const names = fc.uniqueArray(name, { maxLength: 40 }).map((all) => all.sort());
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "_", "*"), maxLength: 5 });

test("a pattern takes what its matcher takes, in order", () => {
  fc.assert(
    fc.property(names, pattern, (all, written) => {
      const functions = listedFunctions(all.map((each) => ({ name: each, module: "vmlinux" })));
      assert.deepEqual(
        fitting(functions, written).map((index) => functions.nameAt(index)),
        all.filter(matcher(written)),
      );
      assert.equal(hasFunction(functions, written), all.includes(written));
      assert.deepEqual(
        [...sharingFirstLetter(functions, written)],
        all.filter((each) => each.startsWith(written.slice(0, 1))),
      );
    }),
  );
});
