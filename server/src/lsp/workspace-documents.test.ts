/** Hundreds of scripts in a workspace are read one at a time: nobody who types waits for all of them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { noKernelFacts } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

import { createDocuments } from "./documents.ts";
import { createWorkspaceDocuments } from "./workspace-documents.ts";
import { createWorkspaceScripts } from "./workspace-scripts.ts";

const files = new Map([
  ["/scripts/a.bt", "begin { print(1); }"],
  ["/scripts/b.bt", "macro twice($x) { $x * 2 }"],
  ["/scripts/c.bt", "end { print(2); }"],
]);

test("scripts that are not open are parsed when their turn comes", () => {
  const parsed: string[] = [];
  const own = nativeParser();
  const parser: typeof own = {
    ...own,
    parse: (text, ...rest) => {
      parsed.push(text);
      return own.parse(text, ...rest);
    },
  };
  const facts = noKernelFacts();
  const scripts = createWorkspaceScripts(
    { scripts: () => [...files.keys()], read: (path) => files.get(path) },
    parser,
    () => [{ uri: "file:///scripts", name: "scripts" }],
  );
  const documents = createDocuments(parser, () => facts);
  const workspace = createWorkspaceDocuments(
    documents,
    scripts,
    parser,
    () => facts,
    () => 0,
  );

  assert.deepEqual(
    scripts.importable("file:///scripts/a.bt").map(({ path }) => path),
    ["b.bt"],
    "what others define is found",
  );
  assert.equal(parsed.length, 1, "and only scripts that define something are parsed for it");

  const met: string[] = [];
  const parsedByTurn: number[] = [];
  for (const { uri } of workspace.oneByOne()) {
    met.push(uri);
    parsedByTurn.push(parsed.length);
  }
  assert.deepEqual(
    met,
    [...files.keys()].map((path) => `file://${path}`),
  );
  assert.deepEqual(parsedByTurn, [2, 2, 3], "the second one was parsed already");
  assert.deepEqual(
    workspace.all().map(({ uri }) => uri),
    met,
  );
  assert.equal(parsed.length, files.size, "each is parsed once");
});
