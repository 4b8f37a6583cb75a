/** Diagnostics follow what is typed in files that a script imports, whether they are sent or asked for. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { unmet } from "../harness/needs.ts";
import { startRawClient, type RawClient } from "./raw-client.ts";
import { judge } from "./schema/recording.ts";

const skip = unmet("executable");

interface Workshop {
  readonly client: RawClient;
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly uri: (name: string) => string;
  readonly open: (name: string, text: string) => void;
  readonly change: (name: string, version: number, text: string) => void;
  /** Waits until a script is told a diagnostic like this, or none at all. */
  readonly told: (name: string, wanted: RegExp | "nothing") => Promise<void>;
}

/** A client in a folder with one saved library. */
async function inWorkshop(capabilities: object, use: (shop: Workshop) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-unsaved-"));
  writeFileSync(join(folder, "lib.bt"), "macro one() { 1 }\n");
  const client = startRawClient(["--kernel", "none"]);
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  try {
    const { result } = await client.request("initialize", { processId: null, rootUri: null, capabilities });
    client.notify("initialized", {});
    await use({
      client,
      capabilities: (result as { readonly capabilities: Workshop["capabilities"] }).capabilities,
      uri,
      open: (name, text) => {
        client.notify("textDocument/didOpen", {
          textDocument: { uri: uri(name), languageId: "bpftrace", version: 1, text },
        });
      },
      change: (name, version, text) => {
        client.notify("textDocument/didChange", {
          textDocument: { uri: uri(name), version },
          contentChanges: [{ text }],
        });
      },
      told: async (name, wanted) => {
        await client.next(({ method, params }) => {
          if (method !== "textDocument/publishDiagnostics") return false;
          const about = params as { readonly uri: string; readonly diagnostics: readonly unknown[] };
          if (about.uri !== uri(name)) return false;
          const text = JSON.stringify(about.diagnostics);
          return wanted === "nothing" ? about.diagnostics.length === 0 : wanted.test(text);
        });
      },
    });
    await client.request("shutdown");
    client.notify("exit");
    assert.equal(await client.ended, 0);
    assert.deepEqual(judge(client.record, "server"), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a script sees what is typed in a file that it imports, until that is closed", { skip }, () =>
  inWorkshop({}, async ({ client, uri, open, change, told }) => {
    let said = told("main.bt", /unknown function 'two'/);
    open("main.bt", 'import "lib.bt";\nbegin { print(two()); }\n');
    await said;
    said = told("main.bt", "nothing");
    open("lib.bt", "macro two() { 2 }\n");
    await said;
    said = told("main.bt", /unknown function 'two'/);
    change("lib.bt", 2, "macro three() { 3 }\n");
    await said;
    // A rename there changes the text as it is typed, not as it was saved.
    change("lib.bt", 3, "\n\nmacro two() { 2 }\n");
    const { result } = await client.request("textDocument/rename", {
      textDocument: { uri: uri("main.bt") },
      position: { line: 1, character: 15 },
      newName: "second",
    });
    assert.match(JSON.stringify(result), /"line":2,"character":6/);
    said = told("main.bt", /unknown function 'two'/);
    client.notify("textDocument/didClose", { textDocument: { uri: uri("lib.bt") } });
    await said;
  }),
);

test("a file that was never saved can be imported", { skip }, () =>
  inWorkshop({}, async ({ open, told }) => {
    let said = told("main.bt", /new\.bt/);
    open("main.bt", 'import "./new.bt";\nbegin { print(two()); }\n');
    await said;
    said = told("main.bt", "nothing");
    open("new.bt", "macro two() { 2 }\n");
    await said;
  }),
);

test("a client that asks for diagnostics is told when to ask again", { skip }, () =>
  inWorkshop(
    { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
    async ({ client, uri, open, change }) => {
      const refreshed = (): Promise<unknown> =>
        client.next(({ method }) => method === "workspace/diagnostic/refresh");
      const asked = async (): Promise<string> => {
        const { result } = await client.request("textDocument/diagnostic", {
          textDocument: { uri: uri("main.bt") },
        });
        return JSON.stringify((result as { readonly items: unknown }).items);
      };
      const settled = refreshed();
      open("main.bt", 'import "lib.bt";\nbegin { print(one()); }\n');
      await settled;
      assert.equal(await asked(), "[]");
      open("lib.bt", "macro one() { 1 }\n");
      const stale = refreshed();
      change("lib.bt", 2, "macro two() { 2 }\n");
      await stale;
      assert.match(await asked(), /unknown function 'one'/);
      assert.ok(
        !client.record.some(
          ({ message }) =>
            message["method"] === "textDocument/publishDiagnostics" &&
            JSON.stringify(message).includes("unknown"),
        ),
        "and is not sent them, too",
      );
    },
  ),
);

test("a client that asks but cannot be told to ask again is sent diagnostics", { skip }, () =>
  inWorkshop({ textDocument: { diagnostic: {} } }, async ({ capabilities, open, told }) => {
    assert.equal(capabilities["diagnosticProvider"], undefined);
    const said = told("main.bt", /unknown function 'two'/);
    open("main.bt", "begin { print(two()); }\n");
    await said;
  }),
);
