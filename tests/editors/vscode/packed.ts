/** The extension as a .vsix, packed once for all tests of a process. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
let packed: string | undefined;

/** @returns the path of the package */
export function packedExtension(): string {
  packed ??= pack();
  return packed;
}

function pack(): string {
  const vsix = join(root, ".cache/probewright-test.vsix");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/package-client.mjs", vsix], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout + stderr);
  return vsix;
}
