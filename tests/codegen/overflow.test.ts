/** A script that is forced over the limit is refused before it is loaded, and the values that take the bytes are named. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { openDefaultProfile } from "@probewright/runtime";

import { generateScript } from "./compile.ts";

test("what does not fit is named, by expression and size", () => {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  const script = [
    "config = { on_stack_limit = 1000 }",
    "tracepoint:syscalls:sys_enter_openat {",
    "  $a = str(args.filename, 300);",
    "  $b = str(args.filename, 310);",
    "  if ($a != $b) { @[$a, $b] = count(); }",
    "}",
  ];
  const generated = generateScript(script.join("\n"), profile.value);
  const [found, ...others] = generated?.diagnostics ?? [];
  assert.ok(found !== undefined && generated !== undefined);
  assert.equal(others.length, 0);
  assert.equal(found.code, "PW7601");
  assert.equal(generated.locator.position(found.place).startLine, 1);
  assert.match(found.message, /key of @/);
  const named = found.related.map(({ place, message }) => [
    generated.locator.position(place).startLine,
    message,
  ]);
  assert.ok(named.some(([line, message]) => line === 2 && message === "$a: 301 bytes"));
  assert.ok(named.some(([line]) => line === 3) && named.some(([line]) => line === 4));
});
