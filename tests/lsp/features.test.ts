/** Features that only a whole server shows: what it says of itself, diagnostics that are asked for, scripts of a folder. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import {
  ProgressType,
  WorkDoneProgress,
  type CodeAction,
  type Diagnostic,
  type Location,
  type SymbolInformation,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";

import { unmet } from "../harness/needs.ts";
import { startClient, type TestClient } from "./client.ts";

const skip = unmet("executable");

async function withFolder(
  files: Readonly<Record<string, string>>,
  action: (client: TestClient, uriOf: (name: string) => string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-lsp-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const client = await startClient(["--kernel", "default"], {}, [], pathToFileURL(folder).href);
    await action(client, (name) => pathToFileURL(join(folder, name)).href);
    await client.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

test("diagnostics that are asked for, and answered shortly when nothing has changed", { skip }, async () => {
  await withFolder({}, async ({ connection, open }, uriOf) => {
    const uri = uriOf("a.bt");
    await open(uri, "begin { $unused = 1; print($none); }\n");
    const ask = (
      previousResultId?: string,
    ): Promise<{ kind: string; resultId: string; items?: Diagnostic[] }> =>
      connection.sendRequest("textDocument/diagnostic", {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      });
    const first = await ask();
    assert.equal(first.kind, "full");
    const undefinedVariable = first.items?.find(
      ({ message }) => typeof message === "string" && message.includes("$none"),
    );
    assert.match(undefinedVariable?.codeDescription?.href ?? "", /PW\d{4}/);
    assert.equal((await ask(first.resultId)).kind, "unchanged");
  });
});

test("diagnostics of all scripts of a folder, open or not", { skip }, async () => {
  const files = { "good.bt": "begin { print(1); }\n", "bad.bt": "begin { print($none); }\n" };
  await withFolder(files, async ({ connection }, uriOf) => {
    const report = await connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    const counts = report.items.map((item) => [item.uri, item.kind === "full" ? item.items.length : 0]);
    assert.deepEqual(Object.fromEntries(counts), { [uriOf("good.bt")]: 0, [uriOf("bad.bt")]: 1 });
  });
});

test("a report about many scripts is sent in parts, with its progress, to who asks for that", {
  skip,
}, async () => {
  const names = Array.from({ length: 50 }, (_, index) => `script${index}.bt`);
  const files = Object.fromEntries(names.map((name) => [name, "begin { print($none); }\n"]));
  await withFolder(files, async ({ connection }, uriOf) => {
    const told: string[] = [];
    const progress: string[] = [];
    connection.onProgress(
      new ProgressType<WorkspaceDiagnosticReportPartialResult>(),
      "parts",
      ({ items }) => {
        told.push(...items.map(({ uri }) => uri));
      },
    );
    connection.onProgress(WorkDoneProgress.type, "work", ({ kind }) => {
      progress.push(kind);
    });
    const { items } = await connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
      partialResultToken: "parts",
      workDoneToken: "work",
    });
    assert.deepEqual(items, []);
    assert.deepEqual(told.toSorted(), names.map(uriOf).toSorted());
    assert.equal(progress[0], "begin");
    assert.equal(progress.at(-1), "end");
    assert.ok(progress.filter((kind) => kind === "report").length > 1);
  });
});

test("symbols, references and renaming reach scripts that are not open", { skip }, async () => {
  const files = {
    "lib.bt": "macro twice(x) { x * 2 }\n",
    "other.bt": 'import "lib.bt";\nbegin { print(twice(2)); }\n',
  };
  await withFolder(files, async ({ connection, open }, uriOf) => {
    const uri = uriOf("main.bt");
    await open(uri, 'import "./lib.bt";\nbegin { print(twice(1)); }\n');
    const symbols = await connection.sendRequest<SymbolInformation[]>("workspace/symbol", { query: "twi" });
    assert.deepEqual(
      symbols.map(({ name, location }) => [name, location.uri]),
      [["twice", uriOf("lib.bt")]],
    );
    const at = { textDocument: { uri }, position: { line: 1, character: 16 } };
    const places = await connection.sendRequest<Location[]>("textDocument/references", {
      ...at,
      context: { includeDeclaration: true },
    });
    const everywhere = ["lib.bt", "main.bt", "other.bt"].map(uriOf);
    assert.deepEqual(places.map((place) => place.uri).sort(), everywhere);
    const edit = await connection.sendRequest<WorkspaceEdit>("textDocument/rename", {
      ...at,
      newName: "double",
    });
    assert.deepEqual(Object.keys(edit.changes ?? {}).sort(), everywhere);
  });
});

test("all safe fixes at once", { skip }, async () => {
  await withFolder({}, async ({ connection, open }, uriOf) => {
    const uri = uriOf("old.bt");
    await open(uri, 'BEGIN { printf("%d", pid) }\n');
    const actions = await connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: whole,
      context: { diagnostics: [], only: ["source.fixAll"] },
    });
    assert.ok(actions.every(({ kind }) => kind === "source.fixAll"));
  });
});
