/** The object reader on objects LLVM made, on damaged ones, and on files that are none. */

import assert from "node:assert/strict";
import { openSync, readSync, closeSync } from "node:fs";
import { test } from "node:test";

import { readLineRecords } from "./btf-ext.ts";
import { compileIr } from "./index.ts";
import { findSection, functionSymbols, readObject, type BpfObject } from "./object.ts";
import { readCases } from "./testing/cases.ts";
import { randomNumbers } from "./testing/random.ts";
import { needsLlvm } from "./testing/skip.ts";

function compiledBytes(caseName: string): Uint8Array {
  const found = readCases().find((each) => each.name === caseName);
  const result = compileIr(found?.ir ?? assert.fail(`no case "${caseName}"`));
  if (result.kind === "error") assert.fail(result.message);
  return result.object;
}

function compiled(caseName: string): BpfObject {
  const read = readObject(compiledBytes(caseName));
  if (read.kind === "error") assert.fail(read.message);
  return read.object;
}

const mapCase = "a map in .maps and a program that counts in it";

test("sections, symbols and relocations of a program with a map", needsLlvm(), () => {
  const object = compiled(mapCase);
  const code = findSection(object, "tracepoint/syscalls/sys_enter_getppid");
  assert.ok(code?.executable === true);
  assert.equal(code.bytes.length, 12 * 8);
  assert.equal(new TextDecoder().decode(findSection(object, "license")?.bytes), "GPL\0");
  const [count, ...others] = functionSymbols(object);
  assert.equal(others.length, 0);
  assert.deepEqual(count, {
    name: "count",
    kind: "function",
    binding: "global",
    section: code.index,
    offset: 0,
    size: 96,
  });
  const ofCode = object.relocations.filter((relocation) => relocation.section === code.index);
  assert.deepEqual(
    ofCode.map(({ offset, kind, symbol }) => ({ offset, kind, name: symbol.name, size: symbol.size })),
    [{ offset: 32, kind: "load64", name: "counts", size: 32 }],
  );
  assert.equal(ofCode[0]?.symbol.section, findSection(object, ".maps")?.index);
});

test("functions come by section and place", needsLlvm(), () => {
  const object = compiled("several functions, one of them a subprogram with callers");
  assert.deepEqual(
    functionSymbols(object).map(({ name, offset, binding }) => ({ name, offset, binding })),
    [
      { name: "twice", offset: 0, binding: "local" },
      { name: "first", offset: 0, binding: "global" },
      { name: "second", offset: 24, binding: "global" },
    ],
  );
});

test("files that are no BPF objects are told apart", () => {
  const head = new Uint8Array(4096);
  const file = openSync(process.execPath, "r");
  readSync(file, head);
  closeSync(file);
  assert.deepEqual(readObject(head), { kind: "error", message: "this ELF file holds no BPF code" });
  assert.deepEqual(readObject(new TextEncoder().encode("#!/bin/sh\n")), {
    kind: "error",
    message: "this is no ELF file",
  });
});

test("an object cut short anywhere is an error, never an exception", needsLlvm(), () => {
  const bytes = compiledBytes(mapCase);
  for (let size = 0; size < bytes.length; size++) {
    const read = readObject(bytes.slice(0, size));
    assert.equal(read.kind, "error", `cut at ${size} of ${bytes.length} bytes`);
  }
});

test("an object with wrong bytes reads or fails, and never throws", needsLlvm(), () => {
  const bytes = compiledBytes(mapCase);
  const random = randomNumbers(20260101);
  for (let round = 0; round < 3000; round++) {
    const damaged = bytes.slice();
    for (let flips = 0; flips < 4; flips++) damaged[random(damaged.length)] = random(256);
    const read = readObject(damaged);
    if (read.kind === "ok") readLineRecords(read.object);
  }
});
