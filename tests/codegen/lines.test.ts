/** Every instruction has a line of the script, and a helper call that of the statement it is for. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { formatScript, parseScript, type KernelFacts } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import { compileIr, type FunctionAssembly } from "@probewright/llvm-bindings";
import { openDefaultProfile } from "@probewright/runtime";

import { unmet } from "../harness/needs.ts";
import { generateScript } from "./compile.ts";
import { allPrograms } from "./programs.ts";

const skip = unmet("llvm-bindings");
const parser = nativeParser();

test("all instructions of all programs have a line of the script", { skip }, () => {
  const { programs, faults } = lookAtAll((text) => text);
  assert.deepEqual(faults, []);
  console.log(`lines of ${programs.toString()} programs`);
});

test("with one statement a line each helper call has its statement's line", { skip }, () => {
  const { faults } = lookAtAll((text) => {
    const formatted = formatScript(parseScript(text, parser), text);
    return formatted.ok ? formatted.text : text;
  });
  assert.deepEqual(faults, []);
});

function lookAtAll(layOut: (text: string) => string): {
  readonly programs: number;
  readonly faults: readonly string[];
} {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  let programs = 0;
  const faults: string[] = [];
  for (const { id, text } of allPrograms()) {
    const found = faultsOf(layOut(text), profile.value);
    if (found !== undefined) programs += 1;
    faults.push(...(found ?? []).map((fault) => `${id}: ${fault}`));
  }
  return { programs, faults };
}

/** @returns undefined when the script has errors on that kernel */
function faultsOf(text: string, facts: KernelFacts): readonly string[] | undefined {
  const generated = generateScript(text, facts);
  if (generated === undefined) return undefined;
  const compiled = compileIr(generated.ir, { emit: "assembly", stackSizeLimit: Number.POSITIVE_INFINITY });
  if (compiled.kind === "error") return [compiled.message];
  const count = text.split("\n").length;
  const calls = callsOf(generated.ir);
  return compiled.assembly.flatMap((each) => [
    ...withoutLine(each, count),
    ...misplacedCalls(each, calls.get(each.function.name) ?? new Set()),
  ]);
}

function withoutLine({ function: fn, instructions }: FunctionAssembly, lines: number): readonly string[] {
  return instructions
    .filter(({ source }) => source === undefined || source.line < 1 || source.line > lines)
    .map(({ instructionIndex, text }) => `${fn.name} ${instructionIndex.toString()}: ${text}`);
}

/** Helper numbers with the lines that the IR gives their calls, by function. */
function callsOf(ir: string): ReadonlyMap<string, ReadonlySet<string>> {
  const lineOf = new Map(
    [...ir.matchAll(/^(!\d+) = !DILocation\(line: (\d+)/gm)].map(([, node, line]) => [
      node ?? "",
      line ?? "",
    ]),
  );
  const found = new Map<string, ReadonlySet<string>>();
  for (const [, name = "", body = ""] of ir.matchAll(/^define [^@]*@(\w+)\([^\n]*\n([\s\S]*?)^\}/gm)) {
    const calls = [...body.matchAll(/inttoptr \(i64 (\d+) to ptr\).*!dbg (!\d+)/g)];
    found.set(
      name,
      new Set(calls.map(([, helper, node]) => `${helper ?? ""} at ${lineOf.get(node ?? "") ?? ""}`)),
    );
  }
  return found;
}

function misplacedCalls(
  { function: fn, instructions }: FunctionAssembly,
  calls: ReadonlySet<string>,
): readonly string[] {
  return instructions.flatMap(({ text, source }) => {
    const helper = /^call (\d+)$/.exec(text)?.[1];
    if (helper === undefined || source === undefined) return [];
    const call = `${helper} at ${source.line.toString()}`;
    return calls.has(call) ? [] : [`${fn.name}: ${call}`];
  });
}
