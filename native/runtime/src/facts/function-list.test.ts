/** The kernel's list of functions comes out as sorting its lines does. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import fc from "fast-check";

import { openFunctionList } from "./function-list.ts";

const folder = mkdtempSync(join(tmpdir(), "probewright-functions-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true });
});

function read(lines: readonly string[]): readonly string[] {
  const file = join(folder, "functions");
  writeFileSync(file, lines.join("\n"), "latin1");
  return [...(openFunctionList(file).finish() ?? [])].map(({ name, module }) =>
    module === "vmlinux" ? name : `${name} [${module}]`,
  );
}

function sorted(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].filter((line) => line !== "").sort();
}

test("names that begin alike, names that are the beginning of others, and modules", () => {
  const starts = ["__x64_sys_", "__x64_sys_open", "vfs_", "a", "__pfx___x64_sys_"];
  const lines = starts.flatMap((start) =>
    Array.from({ length: 120 }, (_, i) => `${start}${((i * 37) % 120).toString(3)}`).flatMap((name) => [
      name,
      `${name} [zram]`,
      `${name} [bridge]`,
      name,
    ]),
  );
  assert.deepEqual(read(lines), sorted(lines));
});

test("any lines, with characters beyond ASCII as well", () => {
  const name = fc.string({
    unit: fc.constantFrom("a", "b", "_", "0", ".", "é", "ÿ"),
    minLength: 1,
    maxLength: 12,
  });
  const line = fc.oneof(
    name,
    name.map((each) => `__start_${each}`),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 200 }), (lines) => {
      assert.deepEqual(read(lines), sorted(lines));
    }),
  );
});

test("many thousands of names, in modules, some written twice, and what of them have a text", () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => {
    const number = (i * 7919) % 39_000;
    return `${["tcp_", "__x64_sys_", "a"][i % 3] ?? ""}${number.toString(36)}${i % 5 === 0 ? " [zram]" : ""}`;
  });
  const wanted = sorted(lines);
  assert.deepEqual(read(lines), wanted);
  const functions = openFunctionList(join(folder, "functions")).finish();
  assert.ok(functions !== undefined);
  const names = wanted.map((line) => line.split(" ")[0] ?? "");
  for (const text of ["a", "4_", "sys_1", "tcp_", "", "zram", "absent"]) {
    assert.deepEqual(
      functions.having(text),
      names.flatMap((name, index) => (name.includes(text) ? [index] : [])),
    );
  }
});

test("a list that cannot be read is none, and an empty one is empty", () => {
  assert.equal(openFunctionList(join(folder, "absent")).finish(), undefined);
  assert.deepEqual(read([]), []);
});
