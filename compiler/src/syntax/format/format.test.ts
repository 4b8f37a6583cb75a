/** The formatter: the layout of each construct, and what holds for any program. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { nativeParser } from "@probewright/grammar/testing";
import fc from "fast-check";

import { parseScript, type TextEdit } from "../document.ts";
import { recoverItems } from "../recover/recover.ts";
import { desugar } from "../testing/desugar.ts";
import { plainPrograms, programs } from "../testing/programs.ts";
import { lineEdits } from "./edits.ts";
import { formatEdits, formatRange, formatScript } from "./format.ts";

const parser = nativeParser();

function format(text: string): string {
  const formatted = formatScript(parseScript(text, parser), text);
  assert.ok(formatted.ok, `${text}\n${JSON.stringify(formatted)}`);
  return formatted.text;
}

test("a formatted program means the same and is not changed again", () => {
  fc.assert(
    fc.property(plainPrograms, (text) => {
      const once = format(text);
      assert.deepEqual(desugar(parseScript(once, parser)), desugar(parseScript(text, parser)), once);
      assert.equal(format(once), once);
    }),
    { numRuns: 400 },
  );
});

test("every comment survives, once, in its order within a statement's reach", () => {
  fc.assert(
    fc.property(programs, ({ text, comments }) => {
      const once = format(text);
      const found = once.match(/\bc\d+\b/g) ?? [];
      assert.deepEqual([...found].sort(), [...comments].sort(), once);
      assert.deepEqual(desugar(parseScript(once, parser)), desugar(parseScript(text, parser)), once);
    }),
    { numRuns: 400 },
  );
});

test("with comments too, a second time changes nothing", () => {
  fc.assert(
    fc.property(programs, ({ text }) => {
      const once = format(text);
      assert.equal(format(once), once);
    }),
    { numRuns: 400 },
  );
});

test("both parsers make the same tree of a valid program", () => {
  fc.assert(
    fc.property(programs, ({ text }) => {
      const lowered = parseScript(text, parser).items.map(({ start, item }) => ({ start, item }));
      const recovered = recoverItems(text, { start: 0, end: text.length }, []);
      const isC = (kind: string): boolean => kind === "c-definition" || kind === "preprocessor-line";
      assert.deepEqual(
        recovered.filter(({ item }) => !isC(item.kind)),
        lowered.filter(({ item }) => !isC(item.kind)),
      );
    }),
    { numRuns: 300 },
  );
});

test("edits of whole lines turn one text into another", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 20 })
    .map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      assert.equal(applied(before, lineEdits(before, after)), after);
    }),
  );
});

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight(
    (changed, { start, end, text: made }) => changed.slice(0, start) + made + changed.slice(end),
    text,
  );
}

test("formatting edits leave alone what is right already", () => {
  const text = "begin\n{\n  print(1);\n}\n\nend { print(2) }\n";
  const formatted = formatEdits(parseScript(text, parser), text);
  assert.ok(formatted.ok);
  assert.equal(applied(text, formatted.edits), "begin\n{\n  print(1);\n}\n\nend\n{\n  print(2);\n}\n");
  assert.ok(formatted.edits.every(({ start }) => start >= text.indexOf("end")));
});

test("a range formats its items, whatever is wrong with others", () => {
  const text = "begin { $x = ; }\n// about end\nend { print(2) } // tail\n";
  const at = text.indexOf("print");
  const script = parseScript(text, parser);
  const range = formatRange(script, text, { start: at, end: at });
  assert.ok(range.ok);
  assert.equal(
    applied(text, range.edits),
    "begin { $x = ; }\n// about end\nend\n{\n  print(2);\n} // tail\n",
  );
  assert.ok(!formatScript(script, text).ok);
  assert.ok(!formatRange(script, text, { start: 0, end: at }).ok);
});
