/** Every row of the catalog raises itself in its own example, at the carets. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { diagnosticRows } from "../diagnostics/catalog.ts";
import { checkText } from "./testing/check-text.ts";

/** Mistakes of form have examples of their own, checked beside their rows; probes and stack need more than a text. */
const rows = diagnosticRows.filter(({ code }) => /^PW(?!1|76|9)/.test(code));

/** The program without its line of carets, and the offsets that the carets stand under. */
function readExample(example: string): {
  readonly text: string;
  readonly start: number;
  readonly end: number;
} {
  const lines = example.split("\n");
  const at = lines.findIndex((line) => /^ *\^+$/.test(line));
  const carets = lines[at] ?? "";
  const before = lines.slice(0, at);
  const lineStart = before.slice(0, -1).reduce((sum, line) => sum + line.length + 1, 0);
  const text = [...before, ...lines.slice(at + 1)].join("\n");
  return { text, start: lineStart + carets.indexOf("^"), end: lineStart + carets.length };
}

/** What an example needs that is not in it. */
const options: Readonly<Record<string, Parameters<typeof checkText>[1]>> = {
  PW2015: { positional: [] },
  PW4012: { disabledFeatures: new Set(["map_lookup_percpu_elem"]) },
  PW5020: { disabledFeatures: new Set(["ktime_get_tai_ns"]) },
  PW5030: { unsafe: true },
  PW8017: { command: false },
  PW6015: { disabledFeatures: new Set(["loop"]) },
};

for (const row of rows) {
  if (row.example === "") continue;
  test(`${row.code} ${row.name}`, () => {
    const { text, start, end } = readExample(row.example);
    const { findings } = checkText(text, options[row.code]);
    const found = findings.map((each) => `${each.code} ${each.start}-${each.end} ${each.message}`);
    const hit = findings.some((each) => each.code === row.code && each.start === start && each.end === end);
    assert.ok(hit, `wanted ${row.code} ${start}-${end}, found:\n  ${found.join("\n  ")}`);
    const others = findings.filter((each) => each.severity === "error" && each.code !== row.code);
    assert.deepEqual(others, [], `more errors than its own: ${found.join(", ")}`);
  });
}

test("codes are unique", () => {
  const codes = diagnosticRows.map(({ code }) => code);
  assert.deepEqual(
    codes.filter((code, i) => codes.indexOf(code) !== i),
    [],
  );
});
