/** Odd inputs: no crash, and time in proportion to their size. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { nativeParser, wasmParser } from "./testing/support.ts";

const MEGABYTE = 1 << 20;

/** Far more than any of them takes, far less than a quadratic algorithm would. */
const LIMIT_MS = 20_000;

const INPUTS: Readonly<Record<string, string>> = {
  "10,000 nested parentheses": `begin { print(${"(".repeat(10_000)}1${")".repeat(10_000)}); }`,
  "10,000 open parentheses": `begin { print(${"(".repeat(10_000)}`,
  "10,000 casts": `begin { $x = ${"(a)".repeat(10_000)}1; }`,
  "types that might be products": `begin { $x = ${"(a * ".repeat(2000)}1; }`,
  "10,000 open blocks": `begin ${"{".repeat(10_000)}`,
  "open blocks and items": `begin ${"{\n".repeat(2000)}${"begin { }\n".repeat(200)}`,
  "one statement a megabyte long": `begin { print("${"x".repeat(MEGABYTE)}"); }`,
  "one line a megabyte long": `begin { ${"print(1); ".repeat(MEGABYTE / 10)} }`,
  "a word a megabyte long": "x".repeat(MEGABYTE),
  "an attach point of wildcards": `kprobe:${"a*".repeat(50_000)} { }`,
  "an attach point of brackets": `kprobe:${"[".repeat(50_000)} { }`,
  "an attach point of plus signs": `uprobe:${"a+*".repeat(20_000)}:f { }`,
  "providers without end": `} ${"k:".repeat(100_000)}`,
  "quotes without end": `k:${'"k:'.repeat(20_000)}`,
  slashes: `begin { 1 ${"/ ".repeat(20_000)}`,
  "openings of comments": "/*".repeat(MEGABYTE / 2),
  "open structures": "struct a {".repeat(5000),
  "long chains of else": `begin { ${"if (1) { } else ".repeat(5000)}{ } }`,
  zeros: "\0".repeat(10_000),
  "carriage returns": "begin {\r\n  print(1);\r\n}\r\n".repeat(1000),
  "lone surrogates": 'begin { print("\ud800"); } \udc00',
  "other scripts": 'begin { print("日本語 𝒳 é"); } // ü\nuprobe:/bin/ä:"ⱑ" { }',
};

test("odd inputs parse in bounded time", async () => {
  for (const parser of [nativeParser(), await wasmParser()]) {
    for (const [name, text] of Object.entries(INPUTS)) {
      const begin = performance.now();
      parser.parse(text).dispose();
      const time = performance.now() - begin;
      assert.ok(time < LIMIT_MS, `${name}: ${time.toFixed(0)} ms`);
      if (process.env["VERBOSE"] !== undefined) console.log(`${name}: ${time.toFixed(0)} ms`);
    }
  }
});
