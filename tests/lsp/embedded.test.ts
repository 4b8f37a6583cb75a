/** Scripts inside shell scripts and Markdown, as an editor sees them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { startRawClient } from "./raw-client.ts";

const skip = unmet("executable");

interface Said {
  readonly uri: string;
  readonly diagnostics: readonly { readonly range: { readonly start: object }; readonly message: string }[];
}

test("diagnostics, hover and completion at their places in the file", { skip }, async () => {
  const client = startRawClient(["--kernel", "none"]);
  await client.request("initialize", { processId: null, rootUri: null, capabilities: {} });
  client.notify("initialized", {});
  const shell = "file:///trace.sh";
  const next = async (uri: string): Promise<Said> => {
    const message = await client.next(
      ({ method, params }) => method === "textDocument/publishDiagnostics" && (params as Said).uri === uri,
    );
    return message["params"] as Said;
  };
  let said = next(shell);
  client.notify("textDocument/didOpen", {
    textDocument: {
      uri: shell,
      languageId: "shellscript",
      version: 1,
      text: "#!/bin/sh\nbpftrace -e '\n  begin { print($none); }'\n",
    },
  });
  const { diagnostics } = await said;
  assert.deepEqual(
    diagnostics.map(({ range }) => range.start),
    [{ line: 2, character: 16 }],
  );
  const at = (uri: string, line: number, character: number): object => ({
    textDocument: { uri },
    position: { line, character },
  });
  const hover = await client.request("textDocument/hover", at(shell, 2, 11));
  assert.match(JSON.stringify(hover["result"]), /print/);
  assert.equal((await client.request("textDocument/hover", at(shell, 1, 2)))["result"], null);

  said = next(shell);
  client.notify("textDocument/didChange", {
    textDocument: { uri: shell, version: 2 },
    contentChanges: [
      { range: { start: { line: 2, character: 16 }, end: { line: 2, character: 21 } }, text: "pid" },
    ],
  });
  assert.deepEqual((await said).diagnostics, []);

  const markdown = "file:///notes.md";
  said = next(markdown);
  client.notify("textDocument/didOpen", {
    textDocument: {
      uri: markdown,
      languageId: "markdown",
      version: 1,
      text: "# Notes\n\n```bpftrace\nbegin { print(pi); }\n```\n",
    },
  });
  assert.equal((await said).diagnostics.length, 1);
  const completion = await client.request("textDocument/completion", at(markdown, 3, 16));
  assert.match(JSON.stringify(completion["result"]), /"label":"pid"/);
  await client.request("shutdown");
  client.notify("exit");
  assert.equal(await client.ended, 0);
});
