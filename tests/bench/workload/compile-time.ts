/**
 * What compiling a script of 300 lines costs, in a process of its own that runs the code as the server does: bundled, and
 * warm. Prints medians in ms as JSON.
 */

import { openDefaultProfile } from "@probewright/runtime";

import { buildGenerated, generateScript, type Generated } from "../../codegen/compile.ts";
import { longScript } from "./long-script.ts";

/** The server's functions have run often when somebody types. */
const WARM_UP_ROUNDS = 20;
const ROUNDS = 15;

const profile = openDefaultProfile();
if (!profile.ok) throw new Error(profile.error.message);
const facts = profile.value;
const text = longScript();

function generate(): Generated {
  const generated = generateScript(text, facts);
  if (generated === undefined) throw new Error("the long script has errors");
  return generated;
}

function median(action: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
  return times.sort((left, right) => left - right)[ROUNDS >> 1] ?? 0;
}

for (let i = 0; i < WARM_UP_ROUNDS; i += 1) generate();
const toIr = median(generate);
const toObject = median(() => buildGenerated(generate()));
process.stdout.write(JSON.stringify({ toIr, toObject }));
