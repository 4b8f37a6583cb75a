/** Debug information that the compiler split off: beside the object, in a package, gone, and of another build. */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import type { BinaryFacts } from "@probewright/compiler";
import { unmet } from "@probewright/tests/harness/needs";
import { readBinary } from "../binary.ts";

const folder = mkdtempSync(join(tmpdir(), "split-"));
after(() => {
  rmSync(folder, { recursive: true });
});

const skip = unmet("linux", "gcc");

const first = `
struct pair { int left; char name[8]; };
int total(struct pair *pair, long times) { return pair->left * times; }
`;
const second = `
struct other { long a; short b; };
int more(struct other *other, int count) { return other->b + count; }
int total(void *pair, long times);
int main(int argc, char **argv) { return argv[0] != 0 && more(0, argc) + total(0, 1); }
`;

/** @returns the folder of the program `program`, built of two units */
function build(version: string): string {
  const place = join(folder, version);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "first.c"), first);
  writeFileSync(join(place, "second.c"), second);
  const flags = ["-g", `-gdwarf-${version}`, "-gsplit-dwarf", "-O1"];
  for (const unit of ["first", "second"])
    execFileSync("gcc", [...flags, "-c", "-o", `${unit}.o`, `${unit}.c`], { cwd: place });
  execFileSync("gcc", ["-o", "program", "first.o", "second.o"], { cwd: place });
  return place;
}

function read(place: string): BinaryFacts {
  const facts = readBinary(join(place, "program"), (_path, open) => open());
  assert.ok(facts !== undefined && !("error" in facts));
  return facts;
}

function parameters(place: string, name: string): string {
  const found = read(place).parameters(name);
  assert.ok(found !== "missing");
  return found?.parameters.map(({ name: each, cType }) => `${cType} ${each}`).join(", ") ?? "";
}

for (const version of ["4", "5"]) {
  test(`parameters and structs of both units, version ${version}`, { skip }, () => {
    const place = build(version);
    assert.equal(parameters(place, "total"), "struct pair * pair, long int times");
    assert.equal(parameters(place, "more"), "struct other * other, int count");
    const fields = read(place)
      .findStruct("struct other")
      ?.fields.map(({ name, offset }) => [name, offset]);
    assert.deepEqual(fields, [
      ["a", 0],
      ["b", 8],
    ]);
  });
}

test("files that were moved are found beside the program", { skip }, () => {
  const place = build("5");
  const moved = join(folder, "moved");
  renameSync(place, moved);
  assert.equal(parameters(moved, "total"), "struct pair * pair, long int times");
});

test("a file of another build tells nothing", { skip }, () => {
  const place = build("5");
  const changed = "struct pair { long left; }; int total(struct pair *other, char times) { return times; }";
  writeFileSync(join(place, "first.c"), changed);
  execFileSync("gcc", ["-g", "-gsplit-dwarf", "-O1", "-c", "-o", "first.o", "first.c"], { cwd: place });
  assert.equal(parameters(place, "total"), "");
  assert.equal(parameters(place, "more"), "struct other * other, int count");
});

const packer = "dwp";
const packs = spawnSync(packer, ["--version"]).status === 0;

test("all units in one package", { skip: skip === false && !packs ? "needs dwp on the PATH" : skip }, () => {
  const place = build("4");
  execFileSync(packer, ["-e", "program", "-o", "program.dwp"], { cwd: place });
  for (const unit of ["first", "second"]) rmSync(join(place, `${unit}.dwo`));
  assert.equal(parameters(place, "total"), "struct pair * pair, long int times");
  assert.equal(parameters(place, "more"), "struct other * other, int count");
});
