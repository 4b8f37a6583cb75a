/** docs/differences.md names every piece of advice about where stock bpftrace does otherwise, and only codes that exist. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { diagnosticRows, findDiagnostic } from "@probewright/compiler";
import { textOf } from "./repository.ts";

const page = textOf("docs/differences.md") ?? "";

test("every advice about a difference stands in docs/differences.md", () => {
  const advice = diagnosticRows.filter(({ name }) => name.endsWith("-differs"));
  assert.ok(advice.length > 0);
  const missing = advice.filter(({ code }) => !page.includes(`[${code}](diagnostics/${code}.md)`));
  assert.deepEqual(
    missing.map(({ code, name }) => `${code} ${name}`),
    [],
  );
});

test("docs/differences.md refers to diagnostics that exist", () => {
  const unknown = [...page.matchAll(/PW\d{4}/g)].filter(([code]) => findDiagnostic(code) === undefined);
  assert.deepEqual(unknown, []);
});
