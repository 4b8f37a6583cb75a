/** The newcomer's path: a fresh clone, `npm start`, the extension packed from it, installed, and its first live histogram. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { firstHistogram } from "../editors/vscode/newcomer.ts";
import { startOpener } from "../editors/vscode/opener.ts";
import { ended } from "../editors/vscode/person.ts";
import { lackingForRuns } from "../editors/vscode/running.ts";
import { inWorkbench } from "../editors/vscode/workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const outFolder = join(root, ".cache/screenshots/newcomer");

type Row = Readonly<Record<string, unknown>>;

export async function run(): Promise<readonly Row[]> {
  const lacking = lackingForRuns();
  if (lacking !== false) return [{ step: `not measured: ${lacking}` }];
  mkdirSync(outFolder, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "probewright-newcomer-"));
  const clone = join(folder, "probewright");
  const rows: Row[] = [];
  const begin = performance.now();
  let last = begin;
  const done = (step: string, processor?: string): void => {
    const now = performance.now();
    const time = { "took (s)": ((now - last) / 1000).toFixed(1) };
    rows.push({ step, ...time, ...(processor === undefined ? {} : { "processor (s)": processor }) });
    last = now;
  };
  const type = (words: readonly string[], cwd: string): void => {
    // What the shell tells last is the time that the processors worked: on a busy machine that says more.
    const timed = ["-c", 'TIMEFORMAT="%U %S"; time "$@" > /dev/null', "bash", ...words];
    const { stderr, status } = spawnSync("bash", timed, { cwd, encoding: "utf8" });
    if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
    const [user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
    done(words.slice(0, 3).join(" "), (user + system).toFixed(1));
  };
  const opener = startOpener("newcomer");
  try {
    type(["git", "clone", "--quiet", root, clone], folder);
    type(["npm", "start"], clone);
    type(["npm", "run", "vsix"], clone);
    const vsix = join(clone, "client/probewright.vsix");
    await inWorkbench({ outFolder, vsix, workspaceTrust: true }, async ({ page, url }) => {
      const results = await firstHistogram(page, url, join(clone, "examples"));
      await page.screenshot({ path: join(outFolder, "from-a-clone.png") });
      done("install it, open examples/opens.bt, run it by its lens, see the histogram");
      await ended(results);
    });
  } finally {
    opener.end();
    rmSync(folder, { recursive: true, force: true });
  }
  rows.push({ step: "all (at most 600)", "took (s)": ((last - begin) / 1000).toFixed(1) });
  return rows;
}
