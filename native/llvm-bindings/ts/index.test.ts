/** The programs under test/ir, compiled and held against their claims; and what a caller may do wrong. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import {
  available,
  compileIr,
  lineOfInstruction,
  version,
  type CompileFailure,
  type ObjectResult,
} from "./index.ts";
import { readObject } from "./object.ts";
import { readCases } from "./testing/cases.ts";
import { needsLlvm } from "./testing/skip.ts";

for (const { file, name, options, claims, ir } of readCases()) {
  test(`${file}: ${name}`, needsLlvm(), () => {
    const result = compileIr(ir, options);
    assert.notEqual(claims.length, 0, "a case claims something");
    for (const claim of claims) checkClaim(result, claim);
  });
}

function checkClaim(result: ObjectResult | CompileFailure, claim: string): void {
  if (claim.startsWith("error ")) {
    const actual = result.kind === "error" ? showFailure(result) : "ok";
    assert.ok(actual.startsWith(claim), `claimed: ${claim}\nactual:  ${actual}`);
    return;
  }
  if (result.kind === "error") assert.fail(showFailure(result));
  if (claim === "ok") return;
  assert.ok(showFacts(result, claim).includes(claim), `claimed: ${claim}\nactual:\n${show(result)}`);
}

/** @returns `error emit at source 3:5 in f, 600 bytes of stack: message` */
function showFailure(failure: CompileFailure): string {
  const { stage, place, line, column, message, stackBytes } = failure;
  const at = place === undefined ? "" : ` at ${place} ${line ?? "?"}:${column ?? "?"}`;
  const inside = failure.function === undefined ? "" : ` in ${failure.function}`;
  const stack = stackBytes === undefined ? "" : `, ${stackBytes} bytes of stack`;
  return `error ${stage}${at}${inside}${stack}: ${message}`;
}

function showFacts(result: ObjectResult, claim: string): readonly string[] {
  if (!/^(no )?section/.test(claim)) return show(result).split("\n");
  const read = readObject(result.object);
  const names = read.kind === "ok" ? read.object.sections.map((section) => section.name) : [];
  const [, absent, wanted = ""] = /^(no )?sections? (.*)$/.exec(claim) ?? [];
  const holds = wanted.split(" ").every((name) => names.includes(name) === (absent === undefined));
  return holds ? [claim] : names;
}

function show(result: ObjectResult): string {
  return result.functions
    .flatMap((each) => [
      `function ${each.name} in ${each.section}: ${each.instructionCount} instructions, ${each.stackBytes} bytes of stack`,
      `lines of ${each.name}: ${each.lines.map((at) => `${at.instructionIndex}=${at.line}:${at.column}`).join(" ")}`,
    ])
    .join("\n");
}

const hello = `define i64 @hello(ptr %ctx) section "probe" {\n  ret i64 0\n}\n`;

test("text and bytes give the same object", needsLlvm(), () => {
  const fromText = compileIr(hello);
  const fromBytes = compileIr(new TextEncoder().encode(`xx${hello}`).subarray(2));
  assert.ok(fromText.kind === "ok" && fromBytes.kind === "ok");
  assert.deepEqual(fromText.object, fromBytes.object);
});

test("two compilations of one text give the same bytes", needsLlvm(), () => {
  for (const { ir, options } of readCases()) {
    const first = compileIr(ir, options);
    const second = compileIr(ir, options);
    assert.deepEqual({ ...first, timings: 0 }, { ...second, timings: 0 });
  }
});

test("optimised IR comes as text that compiles again", needsLlvm(), () => {
  const source = `define i64 @f(ptr %ctx) section "probe" {\n  %a = add i64 1, 2\n  ret i64 %a\n}\n`;
  const result = compileIr(source, { emit: "optimized-ir" });
  assert.ok(result.kind === "ok");
  assert.match(result.ir, /ret i64 3/);
  assert.equal(compileIr(result.ir).kind, "ok");
});

test("each stage is timed", needsLlvm(), () => {
  const result = compileIr(hello);
  assert.ok(result.kind === "ok");
  assert.deepEqual(Object.keys(result.timings), ["parse", "verify", "optimize", "emit"]);
  for (const milliseconds of Object.values(result.timings))
    assert.ok(milliseconds >= 0 && milliseconds < 60_000);
});

test("a fatal error of code generation is an error, and the next compilation works", needsLlvm(), () => {
  // A jump over 40,000 instructions does not fit the 16 bits it has before cpu v4.
  const skipped = "r1 = 0\\0A".repeat(40_000);
  const far = `define i64 @f(i64 %a) section "probe" {
  %c = icmp eq i64 %a, 0
  br i1 %c, label %far, label %near
near:
  call void asm sideeffect "${skipped}", ""()
  br label %far
far:
  %r = phi i64 [ 0, %near ], [ 7, %0 ]
  ret i64 %r
}`;
  for (let round = 0; round < 3; round++) {
    const result = compileIr(far);
    assert.ok(result.kind === "error");
    assert.equal(showFailure(result), "error emit: Branch target out of insn range");
    assert.equal(compileIr(hello).kind, "ok");
  }
});

test("the version is LLVM's", needsLlvm(), () => {
  assert.match(version(), /^19\.\d+\.\d+$/);
});

test("without the native part everything answers, with the reason", () => {
  const before = process.env["PROBEWRIGHT_LLVM_BINDINGS"];
  process.env["PROBEWRIGHT_LLVM_BINDINGS"] = "/nowhere/llvm_bindings.node";
  try {
    const state = available();
    assert.ok(!state.ok);
    assert.match(state.reason, /not built.*\/nowhere\/llvm_bindings\.node.*npm run setup/);
    assert.deepEqual(compileIr(hello), { kind: "error", stage: "load", message: state.reason });
    assert.equal(version(), "none");
    process.env["PROBEWRIGHT_LLVM_BINDINGS"] = fileURLToPath(new URL("../package.json", import.meta.url));
    const unusable = available();
    assert.ok(!unusable.ok);
    assert.match(unusable.reason, /of another version/);
  } finally {
    if (before === undefined) delete process.env["PROBEWRIGHT_LLVM_BINDINGS"];
    else process.env["PROBEWRIGHT_LLVM_BINDINGS"] = before;
  }
});

test("options out of range are the caller's mistake", needsLlvm(), () => {
  assert.throws(() => compileIr(hello, { stackSizeLimit: -1 }), TypeError);
  // A cast, since the types forbid it: callers in plain JavaScript exist.
  assert.throws(() => compileIr(hello, { cpu: "v9" as "v3" }), /cpu must be/);
  assert.throws(() => compileIr(12 as unknown as string), /ir must be/);
});

test("a line holds from its instruction to the next line's", () => {
  const lines = [
    { instructionIndex: 2, file: "x.bt", line: 3, column: 1 },
    { instructionIndex: 5, file: "x.bt", line: 4, column: 1 },
  ];
  const found = [0, 2, 4, 5, 9].map((index) => lineOfInstruction(lines, index)?.line);
  assert.deepEqual(found, [undefined, 3, 3, 4, 4]);
});
