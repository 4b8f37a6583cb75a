/** What is written for the parts of keys goes into the manifest. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { generateText } from "../testing/generate.ts";

function keysOf(text: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    generateText(text).manifest.maps.map(({ name, writtenKeys }) => [name, writtenKeys]),
  );
}

test("each part of a key has its own text, whatever writes the map", () => {
  const text = `begin {
    @counted[comm,  pid] = count();
    @kept[tid] = nsecs;
    @more[$1, strlen( comm )]++;
    @plain = 1;
  }`;
  assert.deepEqual(keysOf(text), {
    counted: ["comm", "pid"],
    kept: ["tid"],
    more: ["$1", "strlen( comm )"],
    plain: [],
  });
});

test("parts that are converted or kept in a variable are told by what the script says", () => {
  const text = `begin {
    $key = (pid, (int8)1); @a[$key] = 1;
    $other = (pid, (int32)1); @b[$other] = 1; @b[(pid, (int64)1)] = 2;
    $string = (comm, "ab"); @c[$string] = 1;
  }`;
  const keys = keysOf(text);
  assert.deepEqual(keys["a"], ["$key.0", "$key.1"]);
  assert.deepEqual(keys["b"], ["", ""], "written in two ways");
  assert.deepEqual(keys["c"], ["$string.0", "$string.1"]);
});

test("literals and keys that vary have no text, reads do not count", () => {
  const text = `begin { @a["reads", pid] = 1; @a["writes", pid] = 2; @b[pid] = 1; @b[tid] = 2; @c[pid] = @c[tid]; }
    end { delete(@c, 3); print(@c[4]); }`;
  assert.deepEqual(keysOf(text), { a: ["", "pid"], b: [""], c: ["pid"] });
});

test("keys in macros are told as they are given", () => {
  const text = "macro note(@m, key, $b) { @m[key, $b] = 1 } begin { $c = 2; note(@noted, pid, $c); }";
  assert.deepEqual(keysOf(text), { noted: ["pid", "$b"] });
});
