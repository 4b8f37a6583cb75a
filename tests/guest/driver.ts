/**
 * Runs cases inside a guest, in one process because starting Node takes seconds there; `kernels.test.ts` bundles it.
 * Arguments: the folder of the programs, then the probe types whose cases run. Prints one result a line, as JSON.
 */

import { nameOf, type CaseResult } from "../probes/case.ts";
import { caseRunner } from "../probes/run-case.ts";
import { guestCases } from "./cases.ts";

async function main([folder = ".", ...types]: readonly string[]): Promise<void> {
  const runner = caseRunner(folder);
  for (const each of guestCases(types)) {
    const result: CaseResult = await runner.run(each).catch((error: unknown) => ({
      name: nameOf(each),
      failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
    console.log(JSON.stringify(result));
  }
}

void main(process.argv.slice(2));
