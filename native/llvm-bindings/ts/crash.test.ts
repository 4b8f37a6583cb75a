/** LLVM trusts its input: IR that is wrong in new ways must still end in a value, never in the end of the process. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { needsLlvm } from "./testing/skip.ts";

const variants = 200;
/** Any number will do; another one finds other faults. */
const seed = 2026;

test(`${variants} damaged programs leave the process alive`, needsLlvm(), () => {
  const script = fileURLToPath(new URL("testing/mutate-run.ts", import.meta.url));
  const options = ["--conditions=source", "--import", "tsx"];
  const child = spawnSync(process.execPath, [...options, script, String(seed), String(variants)], {
    encoding: "utf8",
    timeout: 120_000,
  });
  const lastLine = child.stdout.trimEnd().split("\n").at(-1) ?? "";
  const ending = `status ${String(child.status)}, signal ${String(child.signal)}, after: ${lastLine}\n${child.stderr}`;
  assert.equal(child.status, 0, ending);
  const [, counts = "{}"] = /^done (.*)$/.exec(lastLine) ?? [];
  const outcomes: unknown = JSON.parse(counts);
  assert.ok(typeof outcomes === "object" && outcomes !== null, ending);
  const total = Object.values(outcomes).reduce((sum: number, count) => sum + Number(count), 0);
  assert.equal(total, variants, "each variant has an outcome");
  for (const outcome of ["parse", "verify", "emit", "ok"]) {
    assert.ok(outcome in outcomes, `variants get as far as ${outcome}: ${counts}`);
  }
});
