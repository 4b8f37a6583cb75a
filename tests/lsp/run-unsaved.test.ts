/** What runs is what the editor shows: text that is not saved, of the script and of what it imports. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { toolPaths, unmet } from "../harness/needs.ts";
import { fullCapabilities, startRawClient } from "./raw-client.ts";
import { runToEnd } from "./run-to-end.ts";

const skip = unmet("executable", "linux", "root", "bpf", "loader", "llvm-bindings");
const withBpftrace = unmet("executable", "linux", "root", "bpf", "bpftrace");

/** Saved: lib.bt with 1. Open: main.bt, and lib.bt with 2. @returns all that the run printed or said */
async function runMain(main: string, options: object): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-run-unsaved-"));
  writeFileSync(join(folder, "lib.bt"), "macro number() { 1 }\n");
  const client = startRawClient();
  try {
    const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
    await client.request("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: fullCapabilities,
    });
    client.notify("initialized", {});
    const texts = { "main.bt": main, "lib.bt": "macro number() { 2 }\n" };
    for (const [name, text] of Object.entries(texts)) {
      client.notify("textDocument/didOpen", {
        textDocument: { uri: uri(name), languageId: "bpftrace", version: 1, text },
      });
    }
    return await runToEnd(client, uri("main.bt"), options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what a script imports runs as the editor shows it", { skip }, async () => {
  const said = await runMain('import "lib.bt";\nbegin { printf("it is %d\\n", number()); exit(); }\n', {});
  assert.match(said, /it is 2\n/);
});

test("another bpftrace takes imports from the disk, and that is said", { skip: withBpftrace }, async () => {
  const options = { bpftrace: toolPaths.bpftrace };
  const imports = await runMain('import "lib.bt";\nbegin { printf("%d\\n", number()); exit(); }\n', options);
  assert.match(imports, /^1$/m);
  assert.match(imports, /bpftrace reads lib\.bt from the disk, without the changes that are not saved/);
  const alone = await runMain('begin { printf("alone\\n"); exit(); }\n', options);
  assert.equal(alone.includes("from the disk"), false);
});
