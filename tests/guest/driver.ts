/**
 * Runs cases inside a guest, in one process because starting Node takes seconds there; `kernels.test.ts` bundles it.
 * Arguments: the folder of the programs, then the probe types whose cases run, `runtime` for the conformance cases. Prints
 * one result a line, as JSON.
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { toolPaths } from "../harness/needs.ts";
import { nameOf, type CaseResult } from "../probes/case.ts";
import { caseRunner } from "../probes/run-case.ts";
import { guestCases } from "./cases.ts";
import { runRuntimeCase, type RuntimeCase } from "./runtime-case.ts";
import { guestRuntimeCases, runtimeName } from "../conformance/guest-runtime-cases.ts";

/** The bundle stands in the same depth as this file. */
const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));

async function main([folder = ".", ...types]: readonly string[]): Promise<void> {
  const runner = caseRunner(folder);
  for (const each of guestCases(types)) await report(nameOf(each), () => runner.run(each));
  if (!types.includes("runtime")) return;
  for (const each of guestRuntimeCases()) await report(runtimeName(each), () => runConformance(each, folder));
}

async function report(name: string, run: () => Promise<CaseResult>): Promise<void> {
  const result: CaseResult = await run().catch((error: unknown) => ({
    name,
    failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  console.log(JSON.stringify(result));
}

/** What bpftrace does not do here either is no failure: the cases were written for kernels of all kinds. */
async function runConformance(each: RuntimeCase, folder: string): Promise<CaseResult> {
  const name = runtimeName(each);
  const ours = await runRuntimeCase(each, `${executable} run`, folder);
  if (ours.failure === undefined || !existsSync(toolPaths.bpftrace)) return { name, ...ours };
  const theirs = await runRuntimeCase(each, toolPaths.bpftrace, folder);
  if (theirs.failure === undefined) return { name, ...ours };
  return { name, skipped: "bpftrace does not pass it on this kernel either" };
}

void main(process.argv.slice(2));
