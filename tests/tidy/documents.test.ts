/** The documents about the repository say what is there. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

import { repositoryFiles, textOf } from "./repository.ts";

const files = repositoryFiles();
const architecture = textOf("ARCHITECTURE.md") ?? "";

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[];
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  // The file is npm's, which has checked its shape.
  return JSON.parse(textOf(join(folder, "package.json")) ?? "{}") as Manifest;
}

const manifest = manifestOf(".");
const packages = manifest.workspaces ?? [];

test("ARCHITECTURE.md has a row for every package", () => {
  const unlisted = packages.filter((name) => !architecture.includes(`| \`${name}/\` |`));
  assert.deepEqual(unlisted, []);
});

test("ARCHITECTURE.md, the layer rules and the folders agree on the rooms of the compiler", () => {
  const table = architecture.slice(
    architecture.indexOf("## Rooms of the compiler"),
    architecture.indexOf("`compile.ts`"),
  );
  const rooms = [...table.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1]);
  // The configuration is CommonJS without types; these are the two lists it exports for this test.
  const { layers } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as { layers: string[] };
  assert.deepEqual(layers, rooms);

  const folders = files.map((path) => /^compiler\/src\/([^/]+)\//.exec(path)?.[1] ?? "testing");
  const unlisted = [...new Set(folders)].filter((folder) => folder !== "testing" && !rooms.includes(folder));
  assert.deepEqual(unlisted, []);
});

test("the root tsconfig.json refers to every project, so that one build checks all", () => {
  const projects = files
    .filter((path) => path.endsWith("/tsconfig.json"))
    .map((path) => dirname(path))
    .filter((folder) => !(textOf("tsconfig.json") ?? "").includes(`{ "path": "${folder}" }`));
  assert.deepEqual(projects, []);
});

test("links between documents lead somewhere", () => {
  const broken = files
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      [...(textOf(path) ?? "").matchAll(/\]\(([^)\s#]+)(#[^)\s]*)?\)/g)]
        .map((link) => link[1] ?? "")
        .filter((target) => !/^\w+:/.test(target))
        .filter((target) => !isInRepository(normalize(join(dirname(path), target))))
        .map((target) => `${path}: ${target}`),
    );
  assert.deepEqual(broken, []);
});

test("the places that CONTRIBUTING.md names are there", () => {
  const named = [...(textOf("CONTRIBUTING.md") ?? "").matchAll(/`((?:[\w.-]+\/)+[\w.*-]*)`/g)].map(
    (found) => found[1] ?? "",
  );
  const gone = named.filter((path) => !isInRepository(path.replace(/\/[^/]*\*[^/]*$/, "/")));
  assert.deepEqual(gone, []);
});

/** A file of ours, or a folder that holds one: what is only here on this machine does not count. */
function isInRepository(path: string): boolean {
  return files.some((file) => file === path || file.startsWith(path.replace(/\/?$/, "/")));
}

test("the npm commands that documents name exist", () => {
  const named = files
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      [...(textOf(path) ?? "").matchAll(/\bnpm run ([\w:-]+)/g)].map((found) => [path, found[1] ?? ""]),
    );
  const unknown = named.filter(([, script = ""]) => manifest.scripts?.[script] === undefined);
  assert.deepEqual(unknown, []);
});

test("packages have one version, and depend on exact versions", () => {
  for (const folder of packages) {
    const { version, dependencies, devDependencies } = manifestOf(folder);
    assert.equal(version, manifest.version, folder);
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(wanted, /^\d+\.\d+\.\d+$/, `${folder} on ${name}`);
    }
  }
});

test("the lock file names packages and not where they were fetched from", () => {
  assert.doesNotMatch(textOf("package-lock.json") ?? "", /"resolved": "\w+:\/\//);
});
