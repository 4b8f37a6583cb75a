/** Options of `run` that contradict each other or mean nothing: refused in a sentence, before anything starts. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { parseOptions } from "./options.ts";
import { runOptions } from "./run-options.ts";
import { wrongUse } from "./run-rules.ts";

function refusalOf(line: string): string | undefined {
  const parsed = parseOptions(line.split(" "), runOptions);
  assert.ok(parsed.ok, line);
  return wrongUse(parsed.value);
}

const refused: Readonly<Record<string, RegExp>> = {
  "-k -k": /twice/,
  "-k --no-warnings": /together/,
  "-p 1 -c ls": /together/,
  "--test --bench": /--test and --bench/,
  "--mode test --fmt": /--mode and --fmt/,
  "--mode nonsense": /one of run, codegen, test, bench, format/,
  "-f xml": /one of text, json, events/,
  "-B half": /one of line, full, none/,
  "--no-feature kprobe_multi,nonsense": /unknown feature 'nonsense'/,
  "-d nonsense": /unknown stage 'nonsense'/,
  "-d ast,nonsense": /some of parse, ast, types, .*, all/,
  "--max-loss few": /takes a number/,
  "-p 4194305": /no process/,
};

for (const [line, sentence] of Object.entries(refused)) {
  test(`${line} is refused`, () => {
    assert.match(refusalOf(line) ?? "", sentence);
  });
}

for (const line of ["-k", "--fmt", "--mode bench", "-f json -B none", "--no-feature uprobe_multi"]) {
  test(`${line} is taken`, () => {
    assert.equal(refusalOf(line), undefined);
  });
}
