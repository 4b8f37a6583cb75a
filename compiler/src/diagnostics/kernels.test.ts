/** One script on several kernels: every finding once, and who it is about. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { nativeParser } from "@probewright/grammar/testing";

import { check } from "../compile.ts";
import { defaultOptions } from "../analysis/analyze.ts";
import { fakeKernel } from "../kernel/fake.ts";
import { parseScript } from "../syntax/document.ts";
import { kernelRemark, mergeFindings, type KernelFindings } from "./kernels.ts";
import { createLocator } from "./locate.ts";
import { diagnosticJson } from "./render.ts";
import { sarifLog } from "./sarif.ts";

const parser = nativeParser();
const SCRIPT = "kprobe:new_name { print($nope); }\nmacro m(x) { x + $inner }\nbegin { print(m(1)); }";

function on(kernel: string, c: string): KernelFindings {
  const script = parseScript(SCRIPT, parser);
  const { diagnostics } = check({
    script,
    sourceName: "script.bt",
    facts: fakeKernel({ name: kernel, source: "profile", c }),
    options: defaultOptions,
    parse: (text) => parseScript(text, parser),
  });
  return { kernel, diagnostics, locator: createLocator([{ name: "script.bt", text: SCRIPT, script }]) };
}

const findings = mergeFindings([on("old", "int old_name(void);"), on("new", "int new_name(void);")]);

test("what is the same on all kernels is said once and without them", () => {
  const undefinedNames = findings.filter(({ diagnostic }) => diagnostic.code === "PW2001");
  assert.equal(undefinedNames.length, 2);
  assert.deepEqual(undefinedNames.map(kernelRemark), [undefined, undefined]);
});

test("what one kernel lacks names it and the others", () => {
  const [missing] = findings.filter(({ diagnostic }) => diagnostic.code === "PW9016");
  assert.ok(missing !== undefined);
  assert.equal(kernelRemark(missing), "missing on old; not so on new");
});

test("JSON and SARIF show where a macro was expanded", () => {
  const inner = findings.find(({ diagnostic }) => diagnostic.place.expandedFrom !== undefined);
  assert.ok(inner !== undefined);
  assert.match(
    diagnosticJson(inner.diagnostic, inner.locator),
    /"related":\[\{"file":"script\.bt","range":\{"start":\{"line":2,"character":14\}/,
  );
  const log = JSON.parse(sarifLog([inner], "0")) as {
    runs: [{ results: [{ relatedLocations: object[] }]; tool: { driver: { rules: { helpUri: string }[] } } }];
  };
  assert.equal(log.runs[0].results[0].relatedLocations.length, 1);
  assert.match(log.runs[0].tool.driver.rules[0]?.helpUri ?? "", /docs\/diagnostics\/PW2001\.md$/);
});
