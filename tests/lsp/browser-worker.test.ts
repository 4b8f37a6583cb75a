/** A session with the server as a browser has it: one file, in a worker without anything of Node, messages for a transport. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { PATIENCE_MS } from "../harness/patience.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The scope that a browser's worker has: what Node adds to it is gone before the bundle runs. */
const scope = `
  const { parentPort, workerData } = require("node:worker_threads");
  const code = require("node:fs").readFileSync(workerData, "utf8");
  globalThis.self = globalThis;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.addEventListener = () => undefined;
  globalThis.onmessage = null;
  parentPort.on("message", (data) => globalThis.onmessage?.({ data }));
  const { runInThisContext } = require("node:vm");
  for (const name of ["process", "Buffer", "require", "setImmediate", "module"]) delete globalThis[name];
  runInThisContext(code, { filename: "browser-worker.js" });
`;

type Message = Readonly<Record<string, unknown>>;

function startWorker(file: string): {
  readonly request: (method: string, params: object) => Promise<unknown>;
  readonly notify: (method: string, params: object) => void;
  readonly next: (method: string) => Promise<unknown>;
  readonly end: () => Promise<unknown>;
} {
  const worker = new Worker(scope, { eval: true, workerData: file });
  const waiting: {
    readonly matches: (message: Message) => boolean;
    readonly take: (message: Message) => void;
  }[] = [];
  worker.on("message", (message: Message) => {
    const index = waiting.findIndex(({ matches }) => matches(message));
    if (index !== -1) waiting.splice(index, 1)[0]?.take(message);
  });
  const wait = (what: string, matches: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`the worker says nothing: ${what}`));
      }, PATIENCE_MS);
      worker.once("error", reject);
      waiting.push({
        matches,
        take: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
      });
    });
  let last = 0;
  return {
    request: async (method, params) => {
      last += 1;
      const id = last;
      const answer = wait(method, (message) => message["id"] === id && message["method"] === undefined);
      worker.postMessage({ jsonrpc: "2.0", id, method, params });
      const { result, error } = await answer;
      if (error !== undefined) throw new Error(JSON.stringify(error));
      return result;
    },
    notify: (method, params) => {
      worker.postMessage({ jsonrpc: "2.0", method, params });
    },
    next: async (method) => (await wait(method, (message) => message["method"] === method))["params"],
    end: () => worker.terminate(),
  };
}

test("the server runs whole in a browser worker", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-worker-"));
  const file = join(folder, "browser-worker.js");
  const words = ["--conditions=source", "--import", "tsx", join(root, "scripts/browser-worker.ts"), file];
  const built = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  assert.equal(built.status, 0, built.stderr);
  assert.doesNotMatch(readFileSync(file, "utf8"), /require\("node:/);
  const worker = startWorker(file);
  t.after(async () => {
    await worker.end();
    rmSync(folder, { recursive: true });
  });
  const uri = "vscode-vfs://github/x/opens.bt";
  // Said at once: before the parser and the profile are there.
  const { capabilities } = (await worker.request("initialize", {
    processId: null,
    rootUri: null,
    capabilities: {},
  })) as { readonly capabilities: Readonly<Record<string, unknown>> };
  assert.notEqual(capabilities["hoverProvider"], undefined);
  const status = worker.next("probewright/status");
  worker.notify("initialized", {});
  const { source } =
    ((await status) as { readonly kernels: readonly { readonly source: string }[] }).kernels[0] ?? {};
  assert.equal(source, "default");
  const said = worker.next("textDocument/publishDiagnostics");
  worker.notify("textDocument/didOpen", {
    textDocument: {
      uri,
      languageId: "bpftrace",
      version: 1,
      text: "tracepoint:syscalls:sys_enter_openat { print(args.filename); print($none); }\n",
    },
  });
  const { diagnostics } = (await said) as { readonly diagnostics: readonly { readonly message: string }[] };
  assert.equal(diagnostics.length, 1);
  assert.match(diagnostics[0]?.message ?? "", /none/);
  const hover = await worker.request("textDocument/hover", {
    textDocument: { uri },
    position: { line: 0, character: 52 },
  });
  assert.match(JSON.stringify(hover), /filename/);
  const lenses = await worker.request("textDocument/codeLens", { textDocument: { uri } });
  assert.match(JSON.stringify(lenses), /matches 1/);
  const refused = await worker.request("workspace/executeCommand", {
    command: "probewright.run",
    arguments: [{ uri }],
  });
  assert.match(JSON.stringify(refused), /do not run in a browser/);
});
