/**
 * The formatter beside bpftrace's own: every valid program of the conformance cases and the examples, laid out by both.
 * Each start of bpftrace takes a while, so that a sample is compared; `FORMAT_ALL=1` compares all.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { formatScript, parseScript } from "@probewright/compiler";
import { nativeParser, scripts } from "@probewright/grammar/testing";

import { toolPaths, unmet } from "../harness/needs.ts";

const CASES = new URL("../../../shared/conformance/", import.meta.url);
const EXAMPLES = new URL("../../examples/", import.meta.url);
const skip = existsSync(CASES) ? unmet("bpftrace") : "needs ../shared/conformance";

/** Programs to compare unless all are wanted. */
const SAMPLE = 160;

const parser = nativeParser();

/** Valid for us, in the order of the cases. */
function validPrograms(): readonly string[] {
  const programs = ["compile.jsonl", "runtime.jsonl"].flatMap((name) =>
    readFileSync(new URL(name, CASES), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      // The README of the cases gives their shape.
      .map((line) => JSON.parse(line) as { readonly prog?: string })
      .flatMap(({ prog }) => (prog === undefined ? [] : [prog])),
  );
  const examples = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".bt"))
    .map((name) => readFileSync(new URL(name, EXAMPLES), "utf8"));
  const all = new Set([...examples, ...scripts().map(({ text }) => text), ...programs]);
  return [...all].filter((text) => format(text) !== undefined);
}

function format(text: string): string | undefined {
  const formatted = formatScript(parseScript(text, parser), text);
  return formatted.ok ? formatted.text : undefined;
}

/** @returns undefined when bpftrace refuses the program */
function formatByPeer(text: string, folder: string): string | undefined {
  const file = join(folder, "program.bt");
  writeFileSync(file, text);
  try {
    return execFileSync(toolPaths.bpftrace, ["--fmt", file], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
    });
  } catch {
    return undefined;
  }
}

/** Differences that docs/formatter.md explains. */
function isExplained(text: string): boolean {
  return text.includes("?") || /\/\*|\/\//.test(text) || text.includes("return");
}

test("scripts come out as bpftrace --fmt lays them out", { skip }, (context) => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-format-"));
  const programs = validPrograms();
  const step = process.env["FORMAT_ALL"] === "1" ? 1 : Math.ceil(programs.length / SAMPLE);
  const differing: string[] = [];
  let compared = 0;
  for (const text of programs.filter((_, index) => index % step === 0)) {
    const theirs = formatByPeer(text, folder);
    if (theirs === undefined) continue;
    compared += 1;
    if (theirs !== format(text)) differing.push(text);
  }
  rmSync(folder, { recursive: true });
  context.diagnostic(`${compared - differing.length} of ${compared} programs are equal byte for byte`);
  assert.ok(compared > 100, `only ${compared} programs compared`);
  assert.deepEqual(
    differing.filter((text) => !isExplained(text)),
    [],
  );
  assert.ok(differing.length / compared <= 0.05, `${differing.length} of ${compared} differ`);
});

test("a second time changes nothing, for every valid program", { skip }, () => {
  const unstable = validPrograms().filter((text) => {
    const once = format(text) ?? "";
    return format(once) !== once;
  });
  assert.deepEqual(unstable, []);
});
