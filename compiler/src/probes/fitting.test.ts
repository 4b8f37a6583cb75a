/** Patterns take the functions that looking at each of them takes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { nearest } from "../base/nearest.ts";
import { hasFunction, listedFunctions } from "../kernel/function-names.ts";
import { matcher } from "./attach-spec.ts";
import { fitting, likelyMeant } from "./fitting.ts";

const name = fc.string({ unit: fc.constantFrom("a", "b", "_"), minLength: 1, maxLength: 6 });
const longName = fc.string({ unit: fc.constantFrom("a", "b", "_"), minLength: 5, maxLength: 8 });
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
    }),
  );
});

test("a mistaken name may be any that begins nearly so, each once", () => {
  fc.assert(
    fc.property(names, longName, (all, written) => {
      const functions = listedFunctions(all.map((each) => ({ name: each, module: "vmlinux" })));
      const found = [...likelyMeant(functions, written)];
      assert.equal(new Set(found).size, found.length);
      const [first = "", second = ""] = written;
      for (const each of all) {
        const nearly =
          each.startsWith(first) ||
          each.startsWith(second + first) ||
          each.startsWith(written.slice(1, 4), 1);
        assert.ok(!nearly || found.includes(each), `${written}: ${each}`);
      }
    }),
  );
});

test("kernel functions are found by names with slips in their first letters", () => {
  const all = [
    "__x64_sys_openat",
    "do_sys_openat2",
    "fb_read",
    "tcp_sendmsg",
    "vfs_read",
    "vfs_write",
    "xb_read",
  ];
  const functions = listedFunctions(all.map((each) => ({ name: each, module: "vmlinux" })));
  const meant = (written: string): string | undefined => nearest(written, likelyMeant(functions, written));
  assert.deepEqual(
    [
      "fvs_read",
      "vsf_raed",
      "vf_write",
      "_vfs_write",
      "fs_write",
      "o_sys_openat2",
      "tpc_sendmsg",
      "cp_sendmsg",
      "x64_sys_openat",
    ].map(meant),
    [
      "vfs_read",
      "vfs_read",
      "vfs_write",
      "vfs_write",
      "vfs_write",
      "do_sys_openat2",
      "tcp_sendmsg",
      "tcp_sendmsg",
      "__x64_sys_openat",
    ],
  );
});
