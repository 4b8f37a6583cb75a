/** Files derived from tables of ours: finding those that are stale, and making them fresh. */

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Makes one file, or all files of one folder; what else is in such a folder is stale. Paths are relative to the root. */
export type Generator =
  | { readonly path: string; readonly produce: () => string | Promise<string> }
  | { readonly folder: string; readonly produce: () => ReadonlyMap<string, string> };

/** One difference between what is there and what should be; `wanted` is undefined for a file that should not be. */
export interface Stale {
  readonly path: string;
  readonly wanted: string | undefined;
}

/** @returns what would have to change under `root` for every generated file to be fresh, in the order of the generators */
export async function findStale(root: string, rows: readonly Generator[]): Promise<readonly Stale[]> {
  const stale: Stale[] = [];
  for (const row of rows) {
    const wanted =
      "path" in row ? new Map([[row.path, await row.produce()]]) : inFolder(row.folder, row.produce());
    for (const [path, text] of wanted) {
      if ((await readOrUndefined(join(root, path))) !== text) stale.push({ path, wanted: text });
    }
    if (!("folder" in row)) continue;
    const found = await readdir(join(root, row.folder)).catch(() => []);
    const left = found.map((name) => `${row.folder}/${name}`).filter((path) => !wanted.has(path));
    stale.push(...left.map((path) => ({ path, wanted: undefined })));
  }
  return stale;
}

/** Makes the stale files fresh. */
export async function refresh(root: string, stale: readonly Stale[]): Promise<void> {
  for (const { path, wanted } of stale) {
    const absolute = join(root, path);
    if (wanted === undefined) await rm(absolute);
    else {
      await mkdir(dirname(absolute), { recursive: true });
      await writeFile(absolute, wanted);
    }
  }
}

function inFolder(folder: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].map(([name, text]) => [`${folder}/${name}`, text]));
}

async function readOrUndefined(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
