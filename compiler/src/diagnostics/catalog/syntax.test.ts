/** Every mistake of form raises its row in the row's example, at the carets, and its fixes mend it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { nativeParser } from "@probewright/grammar/testing";

import { parseScript } from "../../syntax/document.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { createLocator } from "../locate.ts";
import { syntaxDiagnostics, syntaxRows } from "./syntax.ts";

const parser = nativeParser();

interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** Offsets of a diagnostic in the text. */
  readonly range: (diagnostic: Diagnostic) => { readonly start: number; readonly end: number };
  /** The text after a fix. */
  readonly fixed: (fix: Fix) => string;
}

function check(text: string): Checked {
  const script = parseScript(text, parser);
  const locator = createLocator([{ name: "x.bt", text, script }]);
  const absolute = (place: Diagnostic["place"]) => {
    const { start, end } = locator.absolute(place) ?? { start: -1, end: -1 };
    return { start, end };
  };
  return {
    diagnostics: syntaxDiagnostics(script),
    range: ({ place }) => absolute(place),
    fixed: ({ edits }) =>
      edits
        .map((edit) => ({ ...absolute(edit.place), made: edit.text }))
        .toSorted((a, b) => b.start - a.start)
        .reduce((changed, { start, end, made }) => changed.slice(0, start) + made + changed.slice(end), text),
  };
}

/** The program without its line of carets, and what the carets stand under. */
function readExample(example: string): {
  readonly text: string;
  readonly start: number;
  readonly end: number;
} {
  const lines = example.split("\n");
  const at = lines.findIndex((line) => /^ *\^+$/.test(line));
  const carets = lines[at] ?? "";
  const lineStart = lines.slice(0, at - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const text = lines.filter((_, index) => index !== at).join("\n");
  return { text, start: lineStart + carets.indexOf("^"), end: lineStart + carets.length };
}

const rows = Object.values(syntaxRows).map(({ raise }) => raise);

for (const { code, name, example } of rows) {
  // No example of 500 levels is worth reading.
  if (example === "") continue;
  test(`${code} ${name}`, () => {
    const { text, start, end } = readExample(example);
    const { diagnostics, range, fixed } = check(text);
    assert.deepEqual(
      diagnostics.map((found) => `${found.code} ${JSON.stringify(range(found))}`),
      [`${code} ${JSON.stringify({ start, end })}`],
    );
    for (const fix of diagnostics[0]?.fixes ?? []) {
      const after = check(fixed(fix)).diagnostics.map((found) => found.message);
      assert.deepEqual(after, [], `${fix.title}: ${fixed(fix)}`);
    }
  });
}

test("codes and names are unique, and messages are one sentence without a full stop", () => {
  assert.equal(new Set(rows.map(({ code }) => code)).size, rows.length);
  assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
  for (const { example, explain } of rows) {
    assert.match(explain, /[.)]$/);
    if (example === "") continue;
    for (const { message } of check(readExample(example).text).diagnostics)
      assert.doesNotMatch(message, /[.]$|undefined/);
  }
});

test("a missing token is put before the comments that follow the last one", () => {
  const text = "begin {\n  print(1) // first\n  /* then */ print(2);\n}";
  const { diagnostics, fixed } = check(text);
  const [fix] = diagnostics[0]?.fixes ?? [];
  assert.ok(fix !== undefined);
  assert.equal(fixed(fix), "begin {\n  print(1); // first\n  /* then */ print(2);\n}");
});
