/**
 * A client that asks in any order, in the middle of edits, at wrong places, about closed documents, and takes back what it asked:
 * every request is answered, every message is by the book, and memory does not grow. `FUZZ_STEPS` makes it longer.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { generateScript } from "../bench/workload/script.ts";
import { PATIENCE_MS } from "../harness/patience.ts";
import { unmet } from "../harness/needs.ts";
import { fullCapabilities, startRawClient, type RawClient } from "./raw-client.ts";
import { judge } from "./schema/recording.ts";

const skip = unmet("executable", "linux");
const STEPS = Number(process.env["FUZZ_STEPS"] ?? 600);
const MOST_GROWTH_MB = 60;

const uris = ["file:///fuzz/a.bt", "file:///fuzz/b%20c.bt", "untitled:Untitled-1"];
const fragments = [
  "begin {",
  "}",
  "kprobe:vfs_read",
  ' { printf("%d", pid); }\n',
  "@a[comm] = count();",
  "$x = (struct task_struct *)curtask;",
  "$x->",
  "/",
  "\n",
  "żółw 🐢",
  "(((((",
  "macro m($a) { $a }\n",
  'import "x.bt";\n',
  "\0",
];

/** Numbers that are the same each time. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Random = ReturnType<typeof createRandom>;

function randomPosition(random: Random): object {
  const wild = random(12) === 0;
  return { line: wild ? 1e6 : random(60), character: wild ? 1e6 : random(50) };
}

function randomRange(random: Random): object {
  return { start: randomPosition(random), end: randomPosition(random) };
}

/** What each request takes beside its document. */
const requests: Readonly<Record<string, (random: Random) => object>> = {
  "textDocument/hover": (random) => ({ position: randomPosition(random) }),
  "textDocument/completion": (random) => ({ position: randomPosition(random) }),
  "textDocument/signatureHelp": (random) => ({ position: randomPosition(random) }),
  "textDocument/definition": (random) => ({ position: randomPosition(random) }),
  "textDocument/declaration": (random) => ({ position: randomPosition(random) }),
  "textDocument/typeDefinition": (random) => ({ position: randomPosition(random) }),
  "textDocument/references": (random) => ({
    position: randomPosition(random),
    context: { includeDeclaration: random(2) === 0 },
  }),
  "textDocument/documentHighlight": (random) => ({ position: randomPosition(random) }),
  "textDocument/prepareRename": (random) => ({ position: randomPosition(random) }),
  "textDocument/rename": (random) => ({ position: randomPosition(random), newName: "@renamed" }),
  "textDocument/documentSymbol": () => ({}),
  "textDocument/foldingRange": () => ({}),
  "textDocument/selectionRange": (random) => ({
    positions: [randomPosition(random), randomPosition(random)],
  }),
  "textDocument/linkedEditingRange": (random) => ({ position: randomPosition(random) }),
  "textDocument/documentLink": () => ({}),
  "textDocument/codeLens": () => ({}),
  "textDocument/codeAction": (random) => ({ range: randomRange(random), context: { diagnostics: [] } }),
  "textDocument/inlayHint": (random) => ({ range: randomRange(random) }),
  "textDocument/semanticTokens/full": () => ({}),
  "textDocument/semanticTokens/full/delta": () => ({ previousResultId: "1" }),
  "textDocument/semanticTokens/range": (random) => ({ range: randomRange(random) }),
  "textDocument/formatting": () => ({ options: { tabSize: 2, insertSpaces: true } }),
  "textDocument/rangeFormatting": (random) => ({
    range: randomRange(random),
    options: { tabSize: 2, insertSpaces: true },
  }),
  "textDocument/diagnostic": () => ({}),
  "textDocument/prepareCallHierarchy": (random) => ({ position: randomPosition(random) }),
  "workspace/symbol": () => ({ query: "a" }),
  "probewright/nonsense": () => ({}),
};
const methods = Object.keys(requests);

const views = [
  "syntax-tree",
  "typed-tree",
  "macro-expansion",
  "llvm-ir",
  "stack-plan",
  "verifier-log",
  "run-output",
];

/** One thing that a client does. */
function step(client: RawClient, random: Random, versions: Map<string, number>): void {
  const uri = uris[random(uris.length)] ?? "";
  const textDocument = { uri };
  switch (random(10)) {
    case 0: {
      if (random(3) > 0) return;
      if (versions.delete(uri)) client.notify("textDocument/didClose", { textDocument });
      return;
    }
    case 1:
    case 2:
    case 3:
    case 4: {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      if (version === 1) {
        const text = generateScript(30 + random(40));
        client.notify("textDocument/didOpen", {
          textDocument: { uri, languageId: "bpftrace", version, text },
        });
        return;
      }
      const text = fragments[random(fragments.length)] ?? "";
      client.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges:
          random(20) === 0 ? [{ text: generateScript(40) }] : [{ range: randomRange(random), text }],
      });
      return;
    }
    case 5: {
      const view = views[random(views.length)] ?? "";
      void client.request("workspace/textDocumentContent", {
        uri: `probewright:/${view}/x.txt?${encodeURIComponent(uri)}`,
      });
      return;
    }
    default: {
      const method = methods[random(methods.length)] ?? "";
      const { id } = client.request(method, { textDocument, ...requests[method]?.(random) });
      if (random(5) === 0) client.notify("$/cancelRequest", { id });
    }
  }
}

function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}

async function initialize(client: RawClient): Promise<void> {
  await client.request("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: "file:///fuzz", name: "fuzz" }],
    capabilities: fullCapabilities,
  });
  client.notify("initialized", {});
}

test("whatever is asked is answered by the book", { skip }, async () => {
  const client = startRawClient(["--kernel", "default"]);
  const random = createRandom(20_261_128);
  await initialize(client);
  const versions = new Map<string, number>();
  for (let count = 0; count < STEPS; count += 1) {
    step(client, random, versions);
    if (random(4) === 0) await new Promise((resolve) => setTimeout(resolve, random(8)));
    while (client.waiting() > 40) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // What is still under way must come to an end by itself.
  for (let waited = 0; client.waiting() > 0 && waited < PATIENCE_MS; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await client.request("shutdown");
  client.notify("exit");
  assert.equal(await client.ended, 0);
  const problems = judge(client.record, "server");
  assert.deepEqual([...new Set(problems)].slice(0, 20), []);
  const failed = client.record.flatMap(({ from, message: { error } }) =>
    from === "server" && (error as { readonly code?: number } | undefined)?.code === -32603 ? [error] : [],
  );
  assert.deepEqual(failed.slice(0, 5), [], "an internal error is a bug of ours");
});

test("memory does not grow with edits", { skip }, async () => {
  const client = startRawClient(["--kernel", "none"]);
  await initialize(client);
  const uri = "file:///fuzz/long.bt";
  client.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "bpftrace", version: 1, text: generateScript(100) },
  });
  const type = async (from: number, count: number): Promise<void> => {
    for (let edit = from; edit < from + count; edit += 1) {
      const at = { line: 2, character: 0 };
      const change =
        edit % 2 === 0
          ? { range: { start: at, end: at }, text: " " }
          : { range: { start: at, end: { line: 2, character: 1 } }, text: "" };
      client.notify("textDocument/didChange", {
        textDocument: { uri, version: edit + 2 },
        contentChanges: [change],
      });
      if (edit % 50 === 0)
        await client.request("textDocument/semanticTokens/full", { textDocument: { uri } });
    }
    await client.request("textDocument/codeLens", { textDocument: { uri } });
  };
  await type(0, STEPS * 4);
  const early = memoryOf(client.pid);
  await type(STEPS * 4, STEPS * 8);
  const grown = memoryOf(client.pid) - early;
  assert.ok(grown < MOST_GROWTH_MB, `grew by ${grown.toFixed(0)} MB`);
  await client.request("shutdown");
  client.notify("exit");
  assert.equal(await client.ended, 0);
});
