/** Boots another kernel and runs cases inside it. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { nodeBundle } from "../../scripts/bundling.mjs";
import type { CaseResult } from "../probes/case.ts";
import { buildPrograms } from "../programs/build.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bundle = fileURLToPath(new URL("../dist/guest-driver.cjs", import.meta.url));

/** Emulation is slow, and slower beside other work; but the suite as a whole has to end, and to say what is missing. */
const LIMIT_SECONDS = 1800;

export interface GuestRun {
  /** The release of the kernel that runs; empty when it did not boot. */
  readonly release: Promise<string>;
  /** Of the case with that name, as soon as it is there; undefined when the guest ended before it. */
  readonly result: (name: string) => Promise<CaseResult | undefined>;
  /** What else was said, for when results are missing. */
  readonly log: () => string;
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
 * @param options more of `scripts/tools/guest.sh`
 */
export function runInGuest(
  suite: string,
  options: readonly string[],
  probeTypes: readonly string[],
): GuestRun {
  const command = `uname -r; exec node ${bundle} ${buildPrograms()} ${probeTypes.join(" ")}`;
  const args = [
    "-k",
    suite,
    ...options,
    "-m",
    "2048",
    "-t",
    String(LIMIT_SECONDS),
    "--",
    "bash",
    "-c",
    command,
  ];
  const child = spawn(`${root}scripts/tools/guest.sh`, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const results = new Map<string, CaseResult>();
  const said: string[] = [];
  const listeners = new Set<() => void>();
  let ended = false;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  createInterface(child.stdout).on("line", (line) => {
    if (line.startsWith("{")) {
      const result = JSON.parse(line) as CaseResult; // as driver.ts writes it
      results.set(result.name, result);
    } else said.push(line);
    tell();
  });
  createInterface(child.stderr).on("line", (line) => said.push(line));
  child.on("close", () => {
    ended = true;
    tell();
  });
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition() && !ended) return;
        listeners.delete(check);
        resolve();
      };
      listeners.add(check);
      check();
    });
  return {
    release: until(() => said.length > 0).then(() => said[0] ?? ""),
    result: async (name) => {
      await until(() => results.has(name));
      return results.get(name);
    },
    log: () => said.join("\n").slice(-4000),
  };
}
