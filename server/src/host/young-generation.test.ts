/** The young generation stops growing where it is large enough, however much is made afterwards. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MB = 1 << 20;

/** In a process of its own, whose heap nobody else has filled: prints the size when it is large enough, and at the end. */
const program = `
  import { getHeapSpaceStatistics } from "node:v8";
  import { setTimeout as sleep } from "node:timers/promises";
  import { limitYoungGeneration } from ${JSON.stringify(new URL("./young-generation.ts", import.meta.url).href)};
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
  limitYoungGeneration();
  makeObjects(() => size() >= ${8 * MB});
  const before = size();
  await sleep(500);
  makeObjects(() => false);
  console.log(before, size());
`;

test("it stays as large as it is once it is large enough", () => {
  const flags = ["--conditions=source", "--import", "tsx", "--input-type=module", "--eval", program];
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  const [before = 0, after = 0] = execFileSync(process.execPath, flags, { cwd, encoding: "utf8" })
    .trim()
    .split(" ")
    .map(Number);
  assert.ok(before >= 8 * MB && before < 32 * MB, `${before} bytes`);
  assert.ok(after <= before, `${after} bytes, before ${before}`);
});
