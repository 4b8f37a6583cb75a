/** How the server behaves towards clients of every kind: what is malformed, out of order, taken back, or in other units. */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

import { unmet } from "../harness/needs.ts";
import { executable } from "./client.ts";
import { startRawClient, type RawClient } from "./raw-client.ts";
import { frame, splitMessages } from "./wire.ts";

const skip = unmet("executable");
const uri = "file:///manners.bt";
const defaultProfile = fileURLToPath(
  new URL("../../native/runtime/data/default-kernel.profile", import.meta.url),
);

async function start(
  capabilities: object = {},
  more: object = {},
  args: readonly string[] = [],
): Promise<RawClient> {
  const client = startRawClient(["--kernel", "none", ...args]);
  await client.request("initialize", { processId: null, rootUri: null, capabilities, ...more });
  client.notify("initialized", {});
  return client;
}

function open(client: RawClient, text: string, at = uri): void {
  client.notify("textDocument/didOpen", {
    textDocument: { uri: at, languageId: "bpftrace", version: 1, text },
  });
}

function codeOf({ error }: Readonly<Record<string, unknown>>): unknown {
  return (error as { readonly code?: unknown } | undefined)?.code;
}

async function leave(client: RawClient): Promise<void> {
  await client.request("shutdown");
  client.notify("exit");
  assert.equal(await client.ended, 0);
}

test("what is no message is answered with an error, and the next message as ever", { skip }, async () => {
  const client = await start();
  const error = (): Promise<Readonly<Record<string, unknown>>> => client.next(({ id }) => id === null);
  let answer = error();
  client.write(frame("{ not json"));
  assert.equal(codeOf(await answer), -32700);
  for (const text of ["[]", "3", '"x"', '{"jsonrpc":"1.0","method":"x"}', '{"jsonrpc":"2.0","params":{}}']) {
    answer = error();
    client.write(frame(text));
    assert.equal(codeOf(await answer), -32600, text);
  }
  client.write(frame('{"jsonrpc":"2.0","method":"$/cancelRequest"}'));
  client.notify("$/unheardOf", { a: 1 });
  client.notify("textDocument/didChange", { textDocument: null });
  assert.equal(codeOf(await client.request("textDocument/hover", { textDocument: { uri } })), undefined);
  assert.equal(codeOf(await client.request("no/such/method", {})), -32601);
  await leave(client);
});

test("requests out of order are refused, and only a shutdown makes the end a good one", {
  skip,
}, async () => {
  const early = startRawClient(["--kernel", "none"]);
  assert.equal(codeOf(await early.request("textDocument/hover", { textDocument: { uri } })), -32002);
  early.notify("exit");
  assert.equal(await early.ended, 1);
  const client = await start();
  assert.equal(codeOf(await client.request("initialize", { capabilities: {} })), -32600);
  await client.request("shutdown");
  assert.equal(codeOf(await client.request("textDocument/hover", { textDocument: { uri } })), -32600);
  client.notify("exit");
  assert.equal(await client.ended, 0);
});

test("a client in a hurry, that says exit right behind its requests, gets its answers", {
  skip,
}, async () => {
  const client = await start();
  open(client, "begin { print(1); }\n");
  const answers = [
    client.request("textDocument/semanticTokens/full", { textDocument: { uri } }),
    client.request("shutdown"),
  ];
  client.notify("exit");
  assert.deepEqual((await Promise.all(answers)).map(codeOf), [undefined, undefined]);
  assert.equal(await client.ended, 0);
});

test("a client that is gone takes the server with it", { skip }, async () => {
  const closed = spawn(process.execPath, [executable, "lsp", "--stdio", "--kernel", "none"], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  closed.stdin.end();
  assert.equal(await new Promise((resolve) => closed.on("exit", resolve)), 1);
  const parent = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => parent.on("exit", resolve));
  const orphan = startRawClient(["--kernel", "none"]);
  await orphan.request("initialize", { processId: parent.pid, rootUri: null, capabilities: {} });
  assert.equal(await orphan.ended, 1);
  for (const words of [[`--clientProcessId=${parent.pid ?? 0}`], ["--clientProcessId", `${parent.pid ?? 0}`]])
    assert.equal(await startRawClient(["--kernel", "none", ...words]).ended, 1);
});

/** Longer than the server waits before it looks for the client's process. */
const LOOK_MS = 4000;
const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
const [setpriv = "", ...nobodyWords] = asNobody;

test("a server of another user stays with its client", {
  skip: skip === false ? lackingForNobody() : skip,
}, async () => {
  const words = ["--kernel", "none", `--clientProcessId=${process.pid}`];
  const client = startRawClient(words, () => null, asNobody);
  await client.request("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  client.notify("initialized", {});
  await sleep(LOOK_MS);
  await leave(client);
});

function lackingForNobody(): string | false {
  const tried = spawnSync(setpriv, [...nobodyWords, process.execPath, executable, "--version"], { cwd: "/" });
  return tried.status !== 0 && "needs root, setpriv, and a clone that other users may read";
}

test("a request that is taken back before its turn is answered as cancelled", { skip }, async () => {
  const client = await start();
  open(client, "begin { print(1); }\n");
  const busy = client.request("textDocument/semanticTokens/full", { textDocument: { uri } });
  const late = client.request("textDocument/codeLens", { textDocument: { uri } });
  client.notify("$/cancelRequest", { id: late.id });
  assert.equal(codeOf(await late), -32800);
  assert.equal(codeOf(await busy), undefined);
  await leave(client);
});

test("positions count in the units that were agreed on", { skip }, async () => {
  for (const [encoding, character] of [
    ["utf-8", 30],
    ["utf-16", 27],
    ["utf-32", 26],
  ] as const) {
    const client = await start({ general: { positionEncodings: [encoding] } });
    const said = client.next(({ method }) => method === "textDocument/publishDiagnostics");
    open(client, 'begin { print(("ó🐢", 1)); $zzzz; }\n');
    const { params } = await said;
    const { diagnostics } = params as {
      readonly diagnostics: readonly { readonly range: { readonly start: object } }[];
    };
    assert.deepEqual(diagnostics[0]?.range.start, { line: 0, character }, encoding);
    await leave(client);
  }
});

test("settings are asked for, checked, and followed when they change", { skip }, async () => {
  const client = await start({ workspace: { configuration: true } });
  const asked = client.record.find(({ message }) => message["method"] === "workspace/configuration");
  if (asked === undefined) await client.next(({ method }) => method === "workspace/configuration");
  await leave(client);

  const plain = await start({}, { initializationOptions: { settings: { codeLens: { run: false } } } });
  open(plain, "interval:s:1 { print(1); }\n");
  const titles = async (): Promise<readonly string[]> => {
    const { result } = await plain.request("textDocument/codeLens", { textDocument: { uri } });
    return (result as readonly { readonly command: { readonly title: string } }[]).map(
      ({ command }) => command.title,
    );
  };
  assert.ok(!(await titles()).includes("Run script"));
  const warned = plain.next(({ method }) => method === "window/logMessage");
  plain.notify("workspace/didChangeConfiguration", {
    settings: { probewright: { codeLens: { run: true }, measure: "often" } },
  });
  assert.match(JSON.stringify(await warned), /probewright\.measure: .*often.* is not true or false/);
  assert.ok((await titles()).includes("Run script"));
  await leave(plain);
});

test("a changed file that a script imports is read again", { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-import-"));
  try {
    const library = join(folder, "lib.bt");
    writeFileSync(library, "macro one() { 1 }\n");
    const script = pathToFileURL(join(folder, "main.bt")).href;
    const client = await start();
    // What is said before the import has been read may leave out what it would decide.
    const unknown = async (name: string): Promise<void> => {
      const wanted = `unknown function '${name}'`;
      await client.next(
        (message) =>
          message["method"] === "textDocument/publishDiagnostics" &&
          isAbout(message, script) &&
          JSON.stringify(message).includes(wanted),
      );
    };
    let said = unknown("two");
    open(client, 'import "lib.bt";\nbegin { print(one()); print(two()); }\n', script);
    await said;
    said = unknown("one");
    writeFileSync(library, "macro two() { 2 }\n");
    client.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: pathToFileURL(library).href, type: 2 }],
    });
    await said;
    await leave(client);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function isAbout({ params }: Readonly<Record<string, unknown>>, script: string): boolean {
  return (params as { readonly uri: string }).uri === script;
}

for (const kind of ["socket", "pipe"] as const) {
  test(`the server speaks through a ${kind}`, { skip }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "probewright-pipe-"));
    const server = createServer();
    const connected = new Promise<Socket>((resolve) => server.on("connection", resolve));
    await new Promise<void>((resolve) => {
      if (kind === "socket") server.listen(0, "127.0.0.1", resolve);
      else server.listen(join(folder, "pipe"), resolve);
    });
    const address = server.address();
    const where = typeof address === "string" ? address : String(address?.port);
    const child = spawn(process.execPath, [executable, "lsp", `--${kind}=${where}`, "--kernel", "none"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const socket = await connected;
    const heard = new Promise<string>((resolve) => {
      const splitter = splitMessages(resolve);
      socket.on("data", (bytes: Buffer) => {
        splitter.push(bytes);
      });
    });
    socket.write(
      frame('{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"capabilities":{}}}'),
    );
    assert.match(await heard, /"id":0,"result"/);
    socket.end();
    assert.equal(await new Promise((resolve) => child.on("exit", resolve)), 1);
    server.close();
    rmSync(folder, { recursive: true });
  });
}

test("the log goes to a file too, as much as is wanted", { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-log-"));
  const log = join(folder, "log");
  const client = await start({}, {}, ["--log-file", log]);
  await client.request("workspace/executeCommand", { command: "probewright.status" });
  await leave(client);
  assert.match(readFileSync(log, "utf8"), /^\d{4}-\d\d-\d\dT\S+ info probewright \S+, kernel /);
  rmSync(folder, { recursive: true });
});

test("a script is checked for every kernel that is named, and the status tells of each", {
  skip,
}, async () => {
  const client = startRawClient(["--kernel", "none", "--kernel", "default", "--kernel", "/no/such.profile"]);
  await client.request("initialize", { processId: null, rootUri: null, capabilities: {} });
  const said = client.next(({ method }) => method === "textDocument/publishDiagnostics");
  client.notify("initialized", {});
  open(client, "tracepoint:nosuch:event { print(1); }\n");
  assert.match(JSON.stringify(await said), /\(on [^)]*default/);
  const { result } = await client.request("probewright/status/get");
  const { kernels } = result as {
    readonly kernels: readonly { readonly source: string; readonly problem?: string }[];
  };
  assert.deepEqual(
    kernels.map(({ source }) => source),
    ["none", "default", "none"],
  );
  assert.match(kernels[2]?.problem ?? "", /no such file/);
  await leave(client);
});

test("a profile that is captured anew is opened anew", { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-profile-"));
  const profile = join(folder, "server.profile");
  const client = startRawClient(["--kernel", profile]);
  await client.request("initialize", { processId: null, rootUri: null, capabilities: {} });
  client.notify("initialized", {});
  const kernel = async (): Promise<string> =>
    JSON.stringify((await client.request("probewright/status/get"))["result"]);
  assert.match(await kernel(), /no such file/);
  open(client, "tracepoint:nosuch:event { print(1); }\n");
  const said = client.next(
    ({ method, params }) =>
      method === "textDocument/publishDiagnostics" && JSON.stringify(params).includes("nosuch"),
  );
  copyFileSync(defaultProfile, profile);
  client.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: pathToFileURL(profile).href, type: 1 }],
  });
  assert.match(JSON.stringify(await said), /PW/);
  assert.match(await kernel(), /"source":"profile"/);
  await leave(client);
  rmSync(folder, { recursive: true });
});
