/** The three things said about the stack: it does not fit, it would not elsewhere, it is nearly full. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText, smallKernel } from "../analysis/testing/check-text.ts";
import { stackFindings } from "./stack-findings.ts";

function found(text: string, share: number): readonly string[] {
  const { core } = checkText(text).analysis;
  assert.ok(core !== undefined, text);
  const position = { file: "script.bt", startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
  const environment = {
    file: "script.bt",
    locate: () => position,
    sourceText: () => text,
    architecture: "x86_64",
    hasFeature: smallKernel().hasFeature,
    warnings: "default",
  } as const;
  return stackFindings(core, environment, { share }).map(({ code, severity, place }) => {
    return `${code} ${severity} ${place.item.text.slice(place.span.start, place.span.end)}`;
  });
}

const tuples = (count: number): string => {
  const names = Array.from({ length: count }, (_, i) => `$v${i.toString()}`);
  const assigned = names.map((name, i) => `${name} = (pid, nsecs, ${i.toString()});`);
  return [...assigned, ...names.map((name) => `print(${name});`)].join(" ");
};

test("small programs have nothing said about them", () => {
  assert.deepEqual(found("begin { print(pid); }", 75), []);
});

test("what takes more than the share is pointed out at its attach point", () => {
  assert.deepEqual(
    found("begin { $x = str((int8 *)nsecs, 200); print($x); print($x); } end { print(1); }", 20),
    ["PW7604 hint begin"],
  );
});

test("what only fits with scratch memory would not with stock bpftrace", () => {
  assert.deepEqual(found(`begin { ${tuples(40)} }`, 100), ["PW7603 warning begin"]);
});

test("a limit of the script is a rule, and what does not fit by it is an error", () => {
  const text = `config = { on_stack_limit = 512 } begin { ${tuples(40)} }`;
  const [first] = found(text, 100);
  assert.match(first ?? "", /^PW7601 error /);
});
