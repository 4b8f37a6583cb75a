/** The newcomer's path from the package on: an empty profile, the repository's examples, and the first live histogram. */

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { firstHistogram } from "./vscode/newcomer.ts";
import { startOpener } from "./vscode/opener.ts";
import { packedExtension } from "./vscode/packed.ts";
import { ended } from "./vscode/person.ts";
import { lackingForRuns } from "./vscode/running.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const examples = fileURLToPath(new URL("../../examples", import.meta.url));
const outFolder = fileURLToPath(new URL("../../.cache/screenshots/newcomer", import.meta.url));

test("somebody new opens an example and sees its first histogram", { skip: lackingForRuns() }, async () => {
  mkdirSync(outFolder, { recursive: true });
  const opener = startOpener("newcomer");
  try {
    await inWorkbench({ outFolder, vsix: packedExtension(), workspaceTrust: true }, async ({ page, url }) => {
      const results = await firstHistogram(page, url, examples);
      await page.screenshot({ path: join(outFolder, "histogram.png") });
      await ended(results);
      assert.match(await results.locator(".card h3").allInnerTexts().then(String), /@microseconds/);
    });
  } finally {
    opener.end();
  }
});
