/** `npm run bench`: runs each benchmark beside this file and prints its rows. `BENCH_ONLY=word` runs those whose name contains it. */

import { readdir } from "node:fs/promises";

/** A figure, or several, under a name. */
type Row = Readonly<Record<string, unknown>>;

const here = new URL("./", import.meta.url);
const wanted = process.env["BENCH_ONLY"] ?? "";
const files = (await readdir(here)).filter(
  (file) => file.endsWith(".ts") && file !== "run.ts" && file.includes(wanted),
);
if (files.length === 0) throw new Error(`no benchmark's name contains "${wanted}"`);
for (const file of files.sort()) {
  // Each benchmark exports `run`; a file that does not is a mistake that shows here.
  const { run } = (await import(new URL(file, here).href)) as { readonly run: () => Promise<readonly Row[]> };
  console.log(`# ${file}`);
  console.table(await run());
}
