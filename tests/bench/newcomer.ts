/** The newcomer's path: a fresh clone, `npm start`, the extension packed from it, installed, and its first live histogram. */

import { execFileSync } from "node:child_process";
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
  const done = (step: string): void => {
    const now = performance.now();
    rows.push({ step, "took (s)": ((now - last) / 1000).toFixed(1) });
    last = now;
  };
  const type = (words: readonly string[], cwd: string): void => {
    execFileSync(words[0] ?? "", words.slice(1), { cwd, stdio: ["ignore", "ignore", "inherit"] });
    done(words.slice(0, 3).join(" "));
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
