/** A probe that is compiled by itself, to be measured while somebody types, is the program that it is in its script. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { CompiledCore, KernelFacts } from "@probewright/compiler";
import { compileIr } from "@probewright/llvm-bindings";
import { openDefaultProfile } from "@probewright/runtime";

import { unmet } from "../harness/needs.ts";
import { generateProbes, generateScript } from "./compile.ts";
import { allPrograms } from "./programs.ts";

const skip = unmet("llvm-bindings");

/** What one probe does with a map, or that it ends the script, is in the code of the others. */
const tied = `
kprobe:vfs_read { @start[tid] = nsecs; @n = count(); if (@n > 5) { exit(); } }
kprobe:vfs_write /@start[tid]/ { @d = nsecs - @start[tid]; printf("%d\\n", @d); @start[tid] = 3; }
interval:s:1 { delete(@start, tid); exit(); }
`;

test("probes by themselves have the instructions and the stack that they have in their scripts", {
  skip,
}, () => {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  const programs = [{ id: "tied", text: tied }, ...allPrograms()];
  const differences = programs.flatMap(({ id, text }) => differencesOf(id, text, profile.value));
  assert.deepEqual(differences, []);
});

function differencesOf(id: string, text: string, facts: KernelFacts): readonly string[] {
  const whole = generateScript(text, facts);
  if (whole === undefined) return [];
  const inScript = sizesOf(whole);
  const alone = generateProbes(text, facts).map(sizesOf);
  return inScript.flatMap((size, index) => {
    const own = alone[index]?.join();
    return own === size ? [] : [`${id}: probe ${index.toString()} is ${size}, by itself ${own ?? "nothing"}`];
  });
}

/** Of what is attached, in order. */
function sizesOf({ ir, manifest }: Pick<CompiledCore, "ir" | "manifest">): readonly string[] {
  const compiled = compileIr(ir, { stackSizeLimit: Number.POSITIVE_INFINITY });
  if (compiled.kind === "error") return [compiled.message];
  const functions = new Map(compiled.functions.map((each) => [each.name, each]));
  return manifest.programs.map((each) => {
    const { instructionCount, stackBytes } = functions.get(each.function) ?? {};
    return `${(instructionCount ?? 0).toString()} instructions, ${(stackBytes ?? 0).toString()} bytes`;
  });
}
