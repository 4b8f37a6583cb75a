/** The heap stays near the size of what is in use, however much is made. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MB = 1 << 20;
const module = new URL("./heap-growth.ts", import.meta.url).href;

/** Prints the size when it is large enough, and at the end. */
const newObjects = `
  import { getHeapSpaceStatistics } from "node:v8";
  import { setTimeout as sleep } from "node:timers/promises";
  import { limitHeapGrowth } from ${JSON.stringify(module)};
  const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size;
  // Enough survives each collection to make V8 grow it.
  const makeObjects = (enough) => {
    let held = [];
    for (let i = 0; i < 3_000_000; i += 1) {
      held.push({ i });
      if (held.length < 200_000) continue;
      held = [];
      if (enough()) return;
    }
  };
  limitHeapGrowth();
  makeObjects(() => size() >= ${16 * MB});
  const before = size();
  await sleep(500);
  makeObjects(() => false);
  console.log(before, size());
`;

/** Replaces objects that stay a while, of which the same number is alive all the time: prints what is alive and what is held. */
const oldObjects = `
  import { getHeapSpaceStatistics } from "node:v8";
  import { setTimeout as sleep } from "node:timers/promises";
  import { limitHeapGrowth } from ${JSON.stringify(module)};
  const space = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space");
  const kept = new Array(400_000).fill(undefined);
  const replaceAll = (times) => {
    for (let i = 0; i < times * kept.length; i += 1) kept[i % kept.length] = { i, more: [i, i + 1, i + 2] };
  };
  limitHeapGrowth();
  replaceAll(1);
  await sleep(500);
  global.gc();
  const alive = space().space_used_size;
  replaceAll(20);
  console.log(alive, space().space_size);
`;

/** @returns the two numbers that a program prints, in a process of its own whose collector is no other thread that load may hold up */
function numbersOf(program: string): readonly [number, number] {
  const flags = [
    "--expose-gc",
    "--single-threaded-gc",
    "--conditions=source",
    "--import",
    "tsx",
    "--input-type=module",
    "--eval",
    program,
  ];
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  const said = execFileSync(process.execPath, flags, { cwd, encoding: "utf8" });
  const [before = 0, after = 0] = said.trim().split(" ").map(Number);
  return [before, after];
}

test("the part for new objects stays as large as it is once it is large enough", () => {
  const [before, after] = numbersOf(newObjects);
  assert.ok(before >= 16 * MB && before < 48 * MB, `${before} bytes`);
  assert.ok(after <= before, `${after} bytes, before ${before}`);
});

test("the part for objects that stay is looked through before it is much larger than what is alive", () => {
  const [alive, held] = numbersOf(oldObjects);
  // 2.5 times with the limit and 4.3 without: V8 goes on making new pages while it looks.
  assert.ok(held < 3.3 * alive, `${held} bytes held, ${alive} alive`);
});
