/**
 * Parsing against the conformance cases of the parser's stage, which ends with the reading of attach points: what is
 * accepted has no finding, what is refused has one, where upstream has it.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { createLineIndex, parseScript, readAttachPoint, syntaxDiagnostics } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

const CASES = new URL("../../../shared/conformance/", import.meta.url);
const skip = existsSync(CASES) ? false : "needs ../shared/conformance";

interface ParserCase {
  readonly id: string;
  readonly stage: string;
  readonly prog: string;
  readonly outcome: "ok" | "error" | "warning";
  readonly diagnostics: readonly ExpectedPlace[];
  readonly requires?: { readonly positional_params?: readonly string[] };
}

/** From 1; the end is exclusive. */
interface ExpectedPlace {
  readonly line: number;
  readonly col: number;
  readonly end_col: number;
}

/** Cases that cannot agree, each with the reason. */
const APART: Readonly<Record<string, string>> = {
  "parser/naked_expression/001": "an expression, given to the parser of expressions",
  "parser/wildcard_probetype/002":
    "a pattern for the events of software and hardware probes, which we do not match",
};

const parser = nativeParser();

function parserCases(): readonly ParserCase[] {
  const text = readFileSync(new URL("compile.jsonl", CASES), "utf8");
  const rows = text.split("\n").filter((line) => line !== "");
  // The README of the cases gives their shape.
  return rows.map((line) => JSON.parse(line) as ParserCase).filter(({ stage }) => stage === "parser");
}

interface Finding {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** What is wrong with a program, as far as its form goes; lines and columns count from 1. */
function findings({ prog: text, requires }: ParserCase): readonly Finding[] {
  const script = parseScript(text, parser);
  const starts = new Map(script.items.map(({ item, start }) => [item, start]));
  const parameters = requires?.positional_params ?? [];
  const points = script.items.flatMap(({ item }) =>
    item.kind !== "probe"
      ? []
      : item.attachPoints.flatMap(
          (point) =>
            readAttachPoint(point, { item, span: point.span }, parameters, {
              unsafe: true,
              hasPid: false,
              architecture: "x86_64",
            }).diagnostics,
        ),
  );
  const index = createLineIndex(text);
  return [...syntaxDiagnostics(script), ...points].map(({ place, message }) => {
    const start = index.position((starts.get(place.item) ?? 0) + place.span.start);
    const end = index.position((starts.get(place.item) ?? 0) + place.span.end);
    const last = end.line === start.line ? end.column : Number.POSITIVE_INFINITY;
    return {
      line: start.line + 1,
      start: start.column + 1,
      end: Math.max(last, start.column + 1) + 1,
      message,
    };
  });
}

test("what the parser accepts has no finding, and what it refuses has one", { skip }, () => {
  const wrong = parserCases().filter(
    (row) => APART[row.id] === undefined && findings(row).length > 0 !== (row.outcome === "error"),
  );
  assert.deepEqual(
    wrong.map((row) => [row.id, row.prog, ...findings(row).map(({ message }) => message)].join("; ")),
    [],
  );
});

test("findings are where upstream has them: on the line, and mostly on the very text", { skip }, () => {
  const refused = parserCases().filter(
    ({ outcome, diagnostics }) => outcome === "error" && diagnostics.length > 0,
  );
  const share = (agrees: (found: Finding, wanted: ExpectedPlace) => boolean): number =>
    refused.filter((row) =>
      findings(row).some((found) => row.diagnostics.some((wanted) => agrees(found, wanted))),
    ).length / refused.length;
  const onLine = share((found, wanted) => found.line === wanted.line);
  const onText = share(
    (found, wanted) =>
      found.line === wanted.line &&
      found.start < Math.max(wanted.end_col, wanted.col + 1) &&
      wanted.col < found.end,
  );
  assert.ok(onLine >= 0.99, `on the line: ${onLine}`);
  assert.ok(onText >= 0.95, `on the text: ${onText}`);
});
