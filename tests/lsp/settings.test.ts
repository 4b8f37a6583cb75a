/** Each setting of the table that the server reads, changed while it runs, by clients that are asked and by those that send. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { fork } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { settingRows } from "@probewright/server/settings";

import { unmet } from "../harness/needs.ts";
import { executable } from "./client.ts";
import { fullCapabilities, startRawClient, type RawClient } from "./raw-client.ts";

const skip = unmet("executable");

const script = "begin {\n  $a = 1;\n  @m = $a;\n  print(@m, 5);\n}\n";
const shell = "#!/bin/sh\nbpftrace -e 'begin { print(nonsense); }'\n";

interface Shop {
  readonly client: RawClient;
  readonly uri: (name: string) => string;
}

/** What somebody sees that the setting changes. */
type Look = (shop: Shop) => Promise<string>;

const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

const ask = async ({ client, uri }: Shop, method: string, more: object = {}): Promise<string> => {
  const { result } = await client.request(method, { textDocument: { uri: uri("a.bt") }, ...more });
  return JSON.stringify(result);
};
const lenses: Look = (shop) => ask(shop, "textDocument/codeLens");
const hints: Look = (shop) => ask(shop, "textDocument/inlayHint", { range: whole });
const status: Look = async ({ client }) =>
  JSON.stringify((await client.request("probewright/status/get"))["result"]);

/** By key: a value that is not the default, what to look at, and what shows only with the one or the other. */
const visible: Readonly<
  Record<
    string,
    { readonly value: unknown; readonly look: Look; readonly shows: RegExp; readonly when: "set" | "default" }
  >
> = {
  kernels: { value: ["default"], look: status, shows: /"choice":"default"/, when: "set" },
  "codeLens.run": { value: false, look: lenses, shows: /Run script/, when: "default" },
  "codeLens.cost": { value: false, look: lenses, shows: /stack \d+/, when: "default" },
  "inlayHints.types": { value: false, look: hints, shows: /int8/, when: "default" },
  "inlayHints.parameterNames": { value: false, look: hints, shows: /top/, when: "default" },
};

/** Shown by another test, as they need a run, LLVM, a header, or what the server says by itself. */
const elsewhere: readonly string[] = [
  "includeDirectories",
  "run.unsafe",
  "inlayHints.liveMaps",
  "measure",
  "log.level",
];

test("every setting of the server is here", () => {
  const own = Object.values(settingRows)
    .filter(({ readBy }) => readBy === "server")
    .map(({ key }) => key);
  assert.deepEqual([...Object.keys(visible), "embedded", ...elsewhere].sort(), [...own].sort());
});

/** `codeLens.run` → `{ codeLens: { run } }` */
function nested(key: string, value: unknown): object {
  return key.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object; // at least one name
}

for (const pulled of [true, false]) {
  test(`a setting takes effect when it changes: ${pulled ? "asked for" : "sent"}`, { skip }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "probewright-settings-"));
    let settings: object = {};
    const client = startRawClient(["--kernel", "none"], () => settings);
    const shop: Shop = { client, uri: (name) => pathToFileURL(join(folder, name)).href };
    const workspace = { ...fullCapabilities.workspace, configuration: pulled };
    await client.request("initialize", {
      processId: null,
      rootUri: pathToFileURL(folder).href,
      capabilities: { ...fullCapabilities, workspace },
    });
    client.notify("initialized", {});
    writeFileSync(join(folder, "a.bt"), script);
    client.notify("textDocument/didOpen", {
      textDocument: { uri: shop.uri("a.bt"), languageId: "bpftrace", version: 1, text: script },
    });
    const change = async (to: object): Promise<void> => {
      settings = to;
      const told = client.next(({ method }) => method === "probewright/status");
      client.notify("workspace/didChangeConfiguration", { settings: pulled ? null : { probewright: to } });
      await told;
    };
    for (const [key, { value, look, shows, when }] of Object.entries(visible)) {
      await t.test(key, async () => {
        await change({});
        assert.equal(shows.test(await look(shop)), when === "default", "as it is without");
        await change(nested(key, value));
        assert.equal(shows.test(await look(shop)), when === "set", "as it is set");
      });
    }
    await t.test("embedded", async () => {
      await change(nested("embedded", false));
      const open = (name: string): void => {
        client.notify("textDocument/didOpen", {
          textDocument: { uri: shop.uri(name), languageId: "shellscript", version: 1, text: shell },
        });
      };
      const said = client.next(
        ({ method, params }) =>
          method === "textDocument/publishDiagnostics" && JSON.stringify(params).includes("nonsense"),
      );
      open("off.sh");
      await change({});
      open("on.sh");
      assert.match(JSON.stringify((await said)["params"]), /on\.sh/);
    });
    await client.request("shutdown");
    client.notify("exit");
    assert.equal(await client.ended, 0);
    rmSync(folder, { recursive: true });
  });
}

test("the server speaks through Node's channel to its parent", { skip }, async () => {
  const child = fork(executable, ["lsp", "--node-ipc", "--kernel", "none"], { execArgv: [] });
  const answer = (): Promise<unknown> =>
    new Promise((resolve) => {
      child.on("message", (message: { readonly id?: unknown }) => {
        if (message.id !== undefined) resolve(message);
      });
    });
  const heard = answer();
  child.send({ jsonrpc: "2.0", id: 0, method: "initialize", params: { processId: null, capabilities: {} } });
  assert.match(JSON.stringify(await heard), /"id":0,"result"/);
  child.send({ jsonrpc: "2.0", id: "one", method: "shutdown" });
  child.send({ jsonrpc: "2.0", method: "exit" });
  assert.equal(await new Promise((resolve) => child.on("exit", resolve)), 0);
});
