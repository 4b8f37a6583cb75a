/**
 * Compiles damaged variants of the programs under test/ir, one after the other, naming each before it starts:
 *
 *     node --conditions=source --import tsx ts/testing/mutate-run.ts SEED COUNT [--print]
 *
 * When the process dies, the last line it printed tells which variant did it: `SEED 1 --print` with that line's number as SEED
 * repeats it and prints its text.
 */

import { writeSync } from "node:fs";

import { available, compileIr } from "../index.ts";
import { readCases } from "./cases.ts";
import { mutate } from "./mutate.ts";
import { randomNumbers } from "./random.ts";

const [seed = "1", count = "200", ...flags] = process.argv.slice(2);
const state = available();
if (!state.ok) throw new Error(state.reason);

const cases = readCases();
const outcomes = new Map<string, number>();
for (let variant = Number(seed); variant < Number(seed) + Number(count); variant++) {
  const random = randomNumbers(variant);
  const base = cases[random(cases.length)];
  const ir = mutate(base?.ir ?? "", random);
  // Not through the stream: what is buffered dies with the process.
  writeSync(1, `${variant} ${base?.name ?? ""}\n`);
  if (flags.includes("--print")) writeSync(1, ir);
  const result = compileIr(ir, { optimize: random(4) > 0 });
  const outcome = result.kind === "ok" ? "ok" : result.stage;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}
writeSync(1, `done ${JSON.stringify(Object.fromEntries(outcomes))}\n`);
