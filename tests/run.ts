/**
 * Runs every `*.test.ts` of the repository in one process: on two cores, a process per file costs more than the tests do.
 *
 * `TEST_ONLY=word` runs the files whose path contains the word; no such file is an error. `TEST_PART=fast` leaves out what
 * needs a kernel, an editor or a server process. `CHECK_RESULTS="tsc=ok eslint=failed"` adds each as a test of its own, so
 * that the closing counts speak for the checks that ran before.
 */

import assert from "node:assert/strict";
import { AsyncResource } from "node:async_hooks";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { afterEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

const root = new URL("../", import.meta.url);

/** Where tests live, in the order they run: those that say most about a fault in the least time come first. */
const folders = [
  "tests/harness/",
  "grammar/",
  "compiler/",
  "native/",
  "server/",
  "client/",
  "scripts/",
  "tests/tidy/",
  "tests/lsp/",
  "tests/",
  "tests/kernel/",
  "tests/editors/",
  "tests/conformance/",
  "tests/guest/",
];
const fastFolders = folders.slice(0, folders.indexOf("tests/lsp/"));
const unsearched = /(^|\/)(node_modules|dist|build|out)\//;

/** How long a leftover timer or child may keep the process after the last test before that counts as a fault. */
const lingerMs = 60_000;

/** A test that takes longer hangs; it is reported as such, with the counts of what ran. */
const stallMs = 25 * 60_000;

/** `test` as called from here at the top, whoever calls it: node:test would file it under the test that is ending. */
const addTest = AsyncResource.bind((name: string, body: () => void) => test(name, body));

watchForStall();
registerChecks(process.env["CHECK_RESULTS"] ?? "");
for (const file of await testFiles()) await load(file);
test("every test has ended", watchForLeftovers);

async function testFiles(): Promise<readonly string[]> {
  const wanted = process.env["TEST_ONLY"] ?? "";
  const searched = process.env["TEST_PART"] === "fast" ? fastFolders : folders;
  const packages = new Set(searched.map((folder) => folder.split("/", 1)[0] ?? ""));
  const found = await Promise.all([...packages].map(filesUnder));
  const files = found
    .flat()
    .filter((file) => file.endsWith(".test.ts") && !unsearched.test(file) && file.includes(wanted))
    .filter((file) => searched.includes(folderOf(file)))
    .sort((a, b) => folders.indexOf(folderOf(a)) - folders.indexOf(folderOf(b)) || (a < b ? -1 : 1));
  if (files.length === 0) throw new Error(`no test file's path contains "${wanted}"`);
  return files;
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const names = await readdir(new URL(`${folder}/`, root), { recursive: true });
  return names.map((name) => `${folder}/${name}`);
}

/** @returns the most particular of `folders` that holds the file */
function folderOf(file: string): string {
  const holders = folders.filter((folder) => file.startsWith(folder));
  return holders.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** A file that cannot be loaded is one failed test; the others still run. */
async function load(file: string): Promise<void> {
  try {
    await import(new URL(file, root).href);
  } catch (error) {
    test(`${file} loads`, () => {
      throw error;
    });
  }
}

function registerChecks(results: string): void {
  for (const result of results.split(" ").filter((word) => word !== "")) {
    const [name, outcome] = result.split("=");
    test(`npm run check: ${name ?? result}`, () => {
      assert.equal(outcome, "ok", "its output stands above, before the tests");
    });
  }
}

/** A test that leaves a server or a child behind would keep this process for ever: name what is open, fail, and end. */
function watchForLeftovers(): void {
  setTimeout(() => void failForLeftovers(), lingerMs).unref();
}

async function failForLeftovers(): Promise<void> {
  const open = [...process.getActiveResourcesInfo().filter((kind) => kind !== "TTYWrap"), ...children()];
  await addTest("nothing is left open", () => {
    assert.fail(`still open ${lingerMs} ms after the last test: ${open.join(", ")}`);
  });
  await endNow();
}

/** @returns the command lines of this process's children, where the system tells */
function children(): readonly string[] {
  try {
    const pids = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
    return pids.map((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim());
  } catch {
    return [];
  }
}

function watchForStall(): void {
  const stalled = (): void => {
    const open = [...process.getActiveResourcesInfo(), ...children()].join(", ");
    console.error(`no test has ended for ${stallMs / 60_000} minutes; open: ${open}`);
    void endNow();
  };
  const timer = setTimeout(stalled, stallMs).unref();
  afterEach(() => {
    timer.refresh();
  });
}

/** node:test reports, and gives up pending tests, when the event loop is empty, which here it never will be. */
async function endNow(): Promise<never> {
  process.emit("beforeExit", 1);
  await sleep(1000);
  process.exit(1);
}
