/** Hundreds of scripts in a workspace are read one at a time: nobody who types waits for all of them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel, type FactsSession } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

import { lacksFacts } from "./concluding.ts";
import { createDocuments } from "./documents.ts";
import { createWorkspaceDocuments, type WorkspaceDocuments } from "./workspace-documents.ts";
import { createWorkspaceScripts, type WorkspaceScripts } from "./workspace-scripts.ts";

const files = new Map([
  ["/scripts/a.bt", "begin { print(1); }"],
  ["/scripts/b.bt", "macro twice($x) { $x * 2 }"],
  ["/scripts/c.bt", "end { print(2); }"],
]);

interface Workspace extends WorkspaceDocuments {
  readonly scripts: WorkspaceScripts;
  readonly parsed: readonly string[];
}

function workspaceOf(files: ReadonlyMap<string, string>, facts: FactsSession, lacked = () => 0): Workspace {
  const parsed: string[] = [];
  const own = nativeParser();
  const parser: typeof own = {
    ...own,
    parse: (text, ...rest) => {
      parsed.push(text);
      return own.parse(text, ...rest);
    },
  };
  const scripts = createWorkspaceScripts(
    { scripts: () => [...files.keys()], read: (path) => files.get(path) },
    parser,
    () => [{ uri: "file:///scripts", name: "scripts" }],
  );
  const documents = createDocuments(parser, () => facts, lacked);
  const workspace = createWorkspaceDocuments({ documents, scripts, parser, factsOf: () => facts, lacked });
  return { ...workspace, scripts, parsed };
}

/** @returns the scripts that were looked at, by their names */
function lookedAt({ findings }: WorkspaceDocuments): readonly string[] {
  const met: string[] = [];
  const all = findings(({ uri, snapshot }) => {
    met.push(uri.slice(uri.lastIndexOf("/") + 1));
    snapshot.analysis();
    return [];
  });
  assert.equal([...all].length, files.size);
  return met;
}

test("scripts that are not open are parsed when their turn comes", () => {
  const { scripts, parsed, findings, all } = workspaceOf(files, fakeKernel());
  assert.deepEqual(
    scripts.importable("file:///scripts/a.bt").map(({ path }) => path),
    ["b.bt"],
    "what others define is found",
  );
  assert.equal(parsed.length, 1, "and only scripts that define something are parsed for it");

  const met: string[] = [];
  const parsedByTurn: number[] = [];
  for (const { uri } of findings(({ snapshot }) => (snapshot.analysis(), []))) {
    met.push(uri);
    parsedByTurn.push(parsed.length);
  }
  assert.deepEqual(
    met,
    [...files.keys()].map((path) => `file://${path}`),
  );
  assert.deepEqual(parsedByTurn, [2, 2, 3], "the second one was parsed already");
  assert.deepEqual(
    all().map(({ uri }) => uri),
    met,
  );
  assert.equal(parsed.length, files.size, "each is parsed once");
});

test("what is found is kept until it is out of date", () => {
  let lacked = 0;
  const kernel = fakeKernel();
  const facts: FactsSession = {
    ...kernel,
    importFile: () => {
      lacked += 1;
      return "missing";
    },
  };
  const texts = new Map([...files, ["/scripts/c.bt", 'import "other.bt"; end { print(2); }']]);
  const workspace = workspaceOf(texts, facts, () => lacked);
  assert.deepEqual(lookedAt(workspace), ["a.bt", "b.bt", "c.bt"]);
  assert.deepEqual(lookedAt(workspace), []);
  assert.equal(workspace.forget(lacksFacts), true);
  assert.deepEqual(lookedAt(workspace), ["c.bt"], "facts came that it lacked");
  texts.set("/scripts/a.bt", "begin { print(2); }");
  workspace.scripts.forget();
  assert.deepEqual(lookedAt(workspace), ["a.bt"], "its text has changed");
  assert.equal(
    workspace.forget(({ uri }) => uri.endsWith("/none.bt")),
    false,
  );
  assert.deepEqual(lookedAt(workspace), []);
});
