/** Bundles the `probewright` executable: server/src/main.ts and all it imports of ours into server/dist/probewright.cjs. */

import { build } from "esbuild";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import Module from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Script } from "node:vm";

import { nodeBundle, root } from "./bundling.mjs";

const bundle = join(root, "server/dist/probewright.cjs");

/** A tool of a few probes. */
const program = `
tracepoint:syscalls:sys_enter_openat { @start[tid] = nsecs; @opens[comm] = count(); printf("%d %s\\n", pid, str(args.filename)); }
tracepoint:syscalls:sys_exit_openat /@start[tid]/ { @times = hist(nsecs - @start[tid]); delete(@start, tid); }
interval:s:1 { print(@opens); clear(@opens); if (@opens["x"] > 1) { exit(); } }
begin { $i = 1; printf("begin %d\\n", $i); }
`;

/** What an editor says when it opens a script, and what it asks then. */
function session() {
  const uri = "file:///script.bt";
  const textDocument = { uri };
  const position = { line: 1, character: 60 };
  const range = { start: { line: 0, character: 0 }, end: position };
  const opened = { uri, languageId: "bpftrace", version: 1, text: program };
  const changed = {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: position, end: position }, text: " " }],
  };
  const messages = [
    { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
    { method: "initialized", params: {} },
    { method: "textDocument/didOpen", params: { textDocument: opened } },
    ...["semanticTokens/full", "documentSymbol", "foldingRange", "codeLens", "documentLink"].map(
      (name, at) => ({
        id: 2 + at,
        method: `textDocument/${name}`,
        params: { textDocument },
      }),
    ),
    { id: 10, method: "textDocument/inlayHint", params: { textDocument, range } },
    { id: 11, method: "textDocument/hover", params: { textDocument, position } },
    { method: "textDocument/didChange", params: changed },
    { id: 12, method: "textDocument/completion", params: { textDocument, position } },
    { id: 13, method: "textDocument/semanticTokens/full", params: { textDocument } },
    { id: 14, method: "shutdown" },
    { method: "exit" },
  ];
  return messages
    .map((message) => JSON.stringify({ jsonrpc: "2.0", ...message }))
    .map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    .join("");
}

/** What is run for each cache: it keeps the functions that its run compiled. */
const runs = [
  { file: "probewright.cache", words: ["emit", "--llvm", "--kernel", "default", "-e", program], input: "" },
  { file: "server.cache", words: ["lsp", "--stdio"], input: session() },
];

/**
 * Leaves V8's compiled forms of the bundle beside it. They fit this Node only; another one refuses them and compiles.
 * @throws {Error} when the bundle does not work, or V8 would not take a form again
 */
async function writeCodeCaches() {
  const executable = join(root, "server/bin/probewright");
  const env = { ...process.env, PROBEWRIGHT_WRITE_CODE_CACHE: "1" };
  for (const { file, words, input } of runs) {
    await rm(join(root, "server/dist", file), { force: true });
    const child = spawn(process.execPath, [executable, ...words], { env, stdio: ["pipe", "ignore", "pipe"] });
    const said = text(child.stderr);
    // It is left open: a server whose client is gone leaves without having answered.
    child.stdin.write(input);
    const [status] = await once(child, "exit");
    if (status !== 0) throw new Error(`the new bundle cannot run '${words[0]}':\n${await said}`);
    const cachedData = await readFile(join(root, "server/dist", file));
    const { cachedDataRejected } = new Script(Module.wrap(await readFile(bundle, "latin1")), { cachedData });
    if (cachedDataRejected !== false) throw new Error(`V8 refuses the code it compiled for '${words[0]}'`);
  }
}

try {
  await build({ ...nodeBundle("server/src/main.ts", bundle), sourcemap: "linked" });
  await writeCodeCaches();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
