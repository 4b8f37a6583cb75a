/** Bundles the `probewright` executable: server/src/main.ts and all it imports of ours into server/dist/probewright.cjs. */

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { nodeBundle, root } from "./bundling.mjs";

const bundle = join(root, "server/dist/probewright.cjs");

/** What a tool of a few probes uses: the code cache keeps the functions that this run compiled. */
const program = `
tracepoint:syscalls:sys_enter_openat { @start[tid] = nsecs; @opens[comm] = count(); printf("%d %s\\n", pid, str(args.filename)); }
tracepoint:syscalls:sys_exit_openat /@start[tid]/ { @times = hist(nsecs - @start[tid]); delete(@start, tid); }
interval:s:1 { print(@opens); clear(@opens); if (@opens["x"] > 1) { exit(); } }
begin { $i = 1; printf("begin %d\\n", $i); }
`;

/**
 * Leaves V8's compiled form of the bundle beside it. It fits this Node only; another one refuses it and compiles.
 * @throws {Error} when the bundle does not work
 */
async function writeCodeCache() {
  await rm(join(root, "server/dist/probewright.cache"), { force: true });
  const executable = join(root, "server/bin/probewright");
  const env = { ...process.env, PROBEWRIGHT_WRITE_CODE_CACHE: "1" };
  const check = ["emit", "--llvm", "--kernel", "default", "-e", program];
  const { status, stderr } = spawnSync(process.execPath, [executable, ...check], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`the new bundle cannot compile a script:\n${stderr}`);
}

try {
  await build({ ...nodeBundle("server/src/main.ts", bundle), sourcemap: "linked" });
  await writeCodeCache();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
