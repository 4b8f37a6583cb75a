/** Boots another kernel and runs cases inside it. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { nodeBundle } from "../../scripts/bundling.mjs";
import type { CaseResult } from "../probes/case.ts";
import { buildPrograms } from "../programs/build.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bundle = fileURLToPath(new URL("../dist/guest-driver.cjs", import.meta.url));

/** Emulation is slow, and slower beside other work; but the suite as a whole has to end, and to say what is missing. */
const LIMIT_SECONDS = 600;

export interface GuestRun {
  readonly results: readonly CaseResult[];
  /** The release of the kernel that ran. */
  readonly release: string;
  /** What else was said, for when results are missing. */
  readonly log: string;
}

/** What guests run; for all of them at once. */
export async function buildDriver(): Promise<void> {
  await build(nodeBundle("tests/guest/driver.ts", bundle));
  buildPrograms();
}

/**
 * The driver has to be built.
 *
 * @param suite a Debian suite: `bookworm` has 6.1, `trixie` has 6.12
 */
export async function runInGuest(suite: string, probeTypes: readonly string[]): Promise<GuestRun> {
  const command = `uname -r; exec node ${bundle} ${buildPrograms()} ${probeTypes.join(" ")}`;
  const args = ["-k", suite, "-m", "2048", "-t", String(LIMIT_SECONDS), "--", "bash", "-c", command];
  const child = spawn(`${root}scripts/tools/guest.sh`, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  await new Promise((resolve) => child.on("close", resolve));
  const lines = stdout.split("\n");
  const results = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as CaseResult);
  const [release = ""] = lines;
  return {
    results,
    release,
    log: [...lines.filter((line) => !line.startsWith("{")), stderr].join("\n").slice(-4000),
  };
}
