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

/** What scripts are made of: what is compiled for it need not be compiled for the next. */
const program = `
config = { max_map_keys = 8192; }
let @seen = lruhash(1000);
macro to_us(ns) { ns / 1000 }
tracepoint:syscalls:sys_enter_openat, tracepoint:syscalls:sys_enter_openat2 {
  @start[tid] = nsecs;
  @opens[comm] = count();
  @seen[pid, comm] = (args.dfd, str(args.filename));
  printf("%d %-16s %s %llx\\n", pid, comm, str(args.filename), (uint64)args.dfd);
}
tracepoint:syscalls:sys_exit_openat /@start[tid] != 0 && args.ret >= 0/ {
  $took = to_us(nsecs - @start[tid]);
  @times = hist($took);
  @slow[comm] = lhist($took, 0, 1000, 100);
  if ($took > 100 || comm == "cat") { @most = max($took); } else { @least = min($took); }
  _ = delete(@start, tid);
}
tracepoint:sched:sched_switch {
  @switches[args.next_comm, cpu] = sum(args.prev_prio);
  @stacks[kstack(3)] = count();
  $task = (struct task_struct *)curtask;
  @parents[$task.real_parent.pid, ustack] = avg($task.prio);
}
interval:s:1 {
  for ($pair : @opens) { print(($pair.0, $pair.1)); }
  for ($i : 0..3) { @all[$i] = (uint32)$i << 2; }
  print(@opens, 5);
  clear(@opens);
  time("%H:%M:%S\\n");
  if (@seen[1, "x"].0 > 1) { exit(); }
}
begin {
  $i = 0;
  while ($i < 5) { $i++; if ($i == 3) { continue; } }
  $name = $i > 1 ? "many" : "one";
  printf("begin %d %s\\n", $i, $name);
}
end { clear(@start); }
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

/**
 * What is run for each cache, in turn: it keeps the functions that its runs compiled. What starts a script needs privilege and
 * a kernel for it; where there is none, the cache is without that.
 */
const runs = [
  { file: "probewright.cache", words: ["emit", "--llvm", "--kernel", "default", "-e", program], input: "" },
  {
    file: "probewright.cache",
    words: ["check", "--kernel", "default", "-e", `${program} end { $x = 1; }`],
    input: "",
  },
  {
    file: "probewright.cache",
    words: ["run", "-e", 'begin { @ = count(); printf("%d\\n", 1); exit(); }'],
    input: "",
    mayFail: true,
  },
  { file: "server.cache", words: ["lsp", "--stdio"], input: session() },
];

/** None takes more than a few seconds, also where much else is going on. */
const LONGEST_MS = 120_000;

/**
 * Leaves V8's compiled forms of the bundle beside it. They fit this Node only; another one refuses them and compiles.
 * @throws {Error} when the bundle does not work, or V8 would not take a form again
 */
async function writeCodeCaches() {
  const executable = join(root, "server/bin/probewright");
  const env = { ...process.env, PROBEWRIGHT_WRITE_CODE_CACHE: "1", PROBEWRIGHT_OBJECT_CACHE: "off" };
  for (const file of new Set(runs.map((run) => run.file)))
    await rm(join(root, "server/dist", file), { force: true });
  for (const { file, words, input, mayFail = false } of runs) {
    const child = spawn(process.execPath, [executable, ...words], {
      env,
      stdio: ["pipe", "ignore", "pipe"],
      timeout: LONGEST_MS,
    });
    const said = text(child.stderr);
    // It is left open: a server whose client is gone leaves without having answered.
    child.stdin.write(input);
    const [status] = await once(child, "exit");
    if (status !== 0 && !mayFail) throw new Error(`the new bundle cannot run '${words[0]}':\n${await said}`);
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
