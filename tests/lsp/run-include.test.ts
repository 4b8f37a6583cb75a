/** Runs look for headers where the analysis of the editor does. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { toolPaths, unmet } from "../harness/needs.ts";
import { fullCapabilities, startRawClient } from "./raw-client.ts";
import { runToEnd } from "./run-to-end.ts";

const ours = unmet("executable", "linux", "root", "bpf", "loader", "llvm-bindings");
const another = unmet("executable", "linux", "root", "bpf", "bpftrace");
const SCRIPT = '#include "limit.h"\nbegin { printf("the limit is %d\\n", LIMIT); exit(); }\n';

/** @param directories what the setting includeDirectories has, for a folder in which `headers` has the header */
async function runWith(directories: readonly string[], options: object): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-run-include-"));
  mkdirSync(join(folder, "headers"));
  writeFileSync(join(folder, "headers/limit.h"), "#define LIMIT 41\n");
  const uri = pathToFileURL(join(folder, "main.bt")).href;
  const client = startRawClient();
  try {
    await client.request("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "scripts" }],
      initializationOptions: { settings: { includeDirectories: directories } },
      capabilities: {
        ...fullCapabilities,
        workspace: { ...fullCapabilities.workspace, configuration: false },
      },
    });
    client.notify("initialized", {});
    client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "bpftrace", version: 1, text: SCRIPT },
    });
    return await runToEnd(client, uri, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a run finds headers in the folders of the setting", { skip: ours }, async () => {
  assert.match(await runWith(["headers"], {}), /the limit is 41\n/);
});

test("without the setting the header is missing, and the run says so", { skip: ours }, async () => {
  const said = await runWith([], {});
  assert.match(said, /there is no header 'limit\.h'/);
  assert.doesNotMatch(said, /the limit is \d/);
});

test("another bpftrace looks in the same folders", { skip: another }, async () => {
  assert.match(await runWith(["headers"], { bpftrace: toolPaths.bpftrace }), /the limit is 41\n/);
});
