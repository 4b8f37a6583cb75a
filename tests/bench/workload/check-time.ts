/**
 * What it costs to say what is wrong with a script of 500 lines, in a process of its own that runs the code as the server does:
 * bundled, and warm. Prints milliseconds as JSON.
 */

import {
  applyEdit,
  check,
  defaultOptions,
  openDocument,
  parseScript,
  type Check,
  type Document,
  type KernelFacts,
  type Script,
} from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import { openDefaultProfile } from "@probewright/runtime";

import { generateScript } from "./script.ts";

const LINES = 500;
const WARM_UP = 30;
const ROUNDS = 60;
const parser = nativeParser();

function checkOf(script: Script, facts: KernelFacts, previous?: Check): Check {
  return check({
    script,
    sourceName: "bench.bt",
    facts,
    options: defaultOptions,
    parse: (source) => parseScript(source, parser),
    previous,
  });
}

/** One letter of a string in the middle, back and forth: the text that changes most while scripts are written. */
function editing(text: string, facts: KernelFacts): () => void {
  let document: Document = openDocument(text, parser);
  let last = checkOf(document.script, facts);
  const at = text.indexOf('printf("', text.length / 2) + 'printf("'.length;
  let letter = "a";
  return () => {
    letter = letter === "a" ? "b" : "a";
    document = applyEdit(document, { start: at, end: at + 1, text: letter }, parser);
    last = checkOf(document.script, facts, last);
  };
}

function sample(work: () => unknown): readonly number[] {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const start = performance.now();
    work();
    if (round >= WARM_UP) times.push(performance.now() - start);
  }
  return times;
}

const opened = openDefaultProfile();
if (!opened.ok) throw new Error(opened.error.message);
const text = generateScript(LINES);
const facts = opened.value;
const whole = sample(() => checkOf(parseScript(text, parser), facts));
const edits = sample(editing(text, facts));
process.stdout.write(JSON.stringify({ whole, edits }));
