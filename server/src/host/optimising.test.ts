/** What is run a little is not optimised, what is run a lot is; and what stays is copied less often. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const LITTLE = 5_000;
const MUCH = 5_000_000;

/** The measure is V8's own, and only this one can be told another. */
const skip = process.versions.v8.startsWith("11.")
  ? false
  : `needs V8 11, as Node.js 20 has it; this is ${process.versions.v8}`;

/** In a process of its own, as it says what V8 optimises. */
function optimised(start: string, calls: number): boolean {
  const program = `
    import { optimiseLater } from ${JSON.stringify(new URL("./optimising.ts", import.meta.url).href)};
    ${start}
    let sum = 0;
    function worker(i) { return (i * 7 + sum) % 1013 + (i % 3) * 5 - (i % 7) * 3 + (i % 11); }
    for (let i = 0; i < ${calls.toString()}; i += 1) sum = worker(i);
    console.log(sum);`;
  const flags = ["--trace-opt", "--no-concurrent-recompilation", "--conditions=source"];
  const words = [...flags, "--import", "tsx", "--input-type=module", "--eval", program];
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  const said = execFileSync(process.execPath, words, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  return said.split("\n").some((line) => line.includes("completed") && line.includes("worker"));
}

test("V8 by itself optimises what is called a few thousand times", { skip }, () => {
  assert.equal(optimised("", LITTLE), true);
});

test("it waits until more has been done", { skip }, () => {
  assert.equal(optimised("optimiseLater();", LITTLE), false);
});

test("it does optimise what a long run does", () => {
  assert.equal(optimised("optimiseLater();", MUCH), true);
});

/** How often V8 collects new objects while so many are made that all stay. */
function collections(start: string): number {
  const program = `
    import { collectLater } from ${JSON.stringify(new URL("./optimising.ts", import.meta.url).href)};
    ${start}
    console.log("begun");
    const kept = [];
    for (let i = 0; i < 200_000; i += 1) kept.push({ i });
    console.log(kept.length);`;
  const flags = ["--trace-gc", "--single-threaded-gc", "--conditions=source"];
  const words = [...flags, "--import", "tsx", "--input-type=module", "--eval", program];
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  const said = execFileSync(process.execPath, words, { cwd, encoding: "utf8" });
  return said.split("begun")[1]?.match(/: Scavenge /g)?.length ?? 0;
}

test("new objects are collected less often after it is told", () => {
  const before = collections("");
  assert.ok(collections("collectLater();") < before, `${before} times without`);
});
