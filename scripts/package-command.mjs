/**
 * Packages the `probewright` command for npm: `npm install --global OUT.tgz` puts it on the path.
 *
 * usage: node scripts/package-command.mjs [--universal] OUT.tgz
 * --universal leaves out what is native: analysis works anywhere, running wants a built loader.
 */

import { spawnSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { root } from "./bundling.mjs";
import { layOutInstallation } from "./installation.mjs";

const universal = process.argv.includes("--universal");
const out = process.argv.slice(2).find((word) => !word.startsWith("--"));
if (out === undefined) {
  console.error("usage: node scripts/package-command.mjs [--universal] OUT.tgz");
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "probewright-npm-"));
try {
  const files = await layOutInstallation(folder, { native: !universal });
  for (const name of ["LICENSE", "README.md"]) await copyFile(join(root, name), join(folder, name));
  const server = JSON.parse(await readFile(join(root, "server/package.json"), "utf8"));
  const carried = files.flatMap((file) => /^node_modules\/([^/]+)\/package\.json$/.exec(file)?.[1] ?? []);
  const versions = await Promise.all(
    carried.map(async (name) => [
      name,
      JSON.parse(await readFile(join(folder, "node_modules", name, "package.json"), "utf8")).version,
    ]),
  );
  const manifest = {
    name: "probewright",
    version: server.version,
    license: server.license,
    description: server.description,
    bin: { probewright: "server/bin/probewright" },
    engines: { node: ">=20.19" },
    ...(universal ? {} : { os: ["linux"], cpu: ["x64"] }),
    files: ["server", "grammar", "native"],
    dependencies: Object.fromEntries(versions),
    // They come along, so that installing asks nobody for anything and compiles nothing.
    bundleDependencies: carried,
  };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--silent"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (packed.status !== 0) throw new Error(packed.stdout + packed.stderr);
  const made = join(folder, packed.stdout.trim().split("\n").at(-1) ?? "");
  await copyFile(made, resolve(out));
  console.log(`packaged ${resolve(out)}`);
} finally {
  await rm(folder, { recursive: true });
}
