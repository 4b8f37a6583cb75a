/** Advice: what is said, and what is not said, of programs that are right. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText } from "./testing/check-text.ts";

function hints(text: string): readonly string[] {
  return checkText(text)
    .findings.filter(({ severity }) => severity === "hint")
    .map((found) => `${found.code} ${found.text}`);
}

test("comparisons with what a type cannot hold", () => {
  const said: Readonly<Record<string, readonly string[]>> = {
    "pid < 0": ["PW8003 pid < 0"],
    "0 > pid": ["PW8003 0 > pid"],
    "(uint8)pid == 300": ["PW8003 (uint8)pid == 300"],
    "(int8)pid >= -128": ["PW8003 (int8)pid >= -128"],
    "(uint16)pid <= 65535": ["PW8003 (uint16)pid <= 65535"],
    "pid > 0": [],
    "(uint8)pid == 255": [],
    "(int8)pid < 0": [],
  };
  for (const [condition, expected] of Object.entries(said))
    assert.deepEqual(hints(`begin { if (${condition}) { print(1); } }`), expected, condition);
});

test("predicates that a constant makes false", () => {
  for (const predicate of ["0", "pid == 1 && 0", "0 || false"])
    assert.deepEqual(hints(`begin /${predicate}/ { print(1); }`), [`PW8006 ${predicate}`], predicate);
  for (const predicate of ["1", "pid == 1 || 0", "pid"])
    assert.deepEqual(hints(`begin /${predicate}/ { print(1); }`), [], predicate);
});

test("indices that stock bpftrace does not stop", () => {
  const probe = (index: string): string =>
    `kprobe:f { $a = (uint8[4])(uint32)arg0; $i = (uint64)pid; print($a[${index}] + $i); }`;
  assert.deepEqual(hints(probe("$i")), ["PW8015 $i"]);
  assert.deepEqual(hints(probe("3")), []);
});
