/** One session over real stdio: what an editor says to the server, and what it hears back. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { startClient } from "./client.ts";

const uri = "file:///session.bt";
const skip = unmet("executable");

test("a session from open to exit", { skip }, async (t) => {
  const client = await startClient(["--kernel", "none"]);

  await t.test("a mistake is marked at its place, with its code", async () => {
    const [first, ...others] = await client.open(uri, 'begin { $a = 1; $a = "x"; print($a); }\n');
    assert.equal(others.length, 0);
    assert.equal(first?.severity, 1);
    assert.match(String(first.code), /^PW\d{4}$/);
    assert.equal(first.range.start.line, 0);
    assert.ok(first.range.start.character >= 16 && first.range.end.character <= 24);
  });

  await t.test("mending it clears the mark", async () => {
    const range = { start: { line: 0, character: 21 }, end: { line: 0, character: 24 } };
    assert.deepEqual(await client.edit(uri, 2, range, "2"), []);
  });

  await t.test("hover tells what a builtin is", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 36 } };
    await client.edit(uri, 3, range, "begin { print(pid); }");
    const hover = await client.connection.sendRequest<{ contents: { value: string } }>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 0, character: 15 },
    });
    assert.match(hover.contents.value, /pid/);
    assert.match(hover.contents.value, /process/i);
  });

  await t.test("completion offers builtins, and replaces the word before the cursor", async () => {
    const list = await client.connection.sendRequest<{
      items: { label: string; textEdit: { range: object } }[];
    }>("textDocument/completion", {
      textDocument: { uri },
      position: { line: 0, character: 16 },
    });
    const item = list.items.find(({ label }) => label === "pid");
    assert.deepEqual(item?.textEdit.range, {
      start: { line: 0, character: 14 },
      end: { line: 0, character: 16 },
    });
  });

  await t.test("a lens runs the probe below it", async () => {
    await client.open("file:///lens.bt", "interval:s:1 { exit(); }\n");
    const lenses = await client.connection.sendRequest<
      { command: { title: string; command: string; arguments: unknown[] } }[]
    >("textDocument/codeLens", { textDocument: { uri: "file:///lens.bt" } });
    const run = lenses.find(({ command }) => command.title === "Run probe");
    assert.equal(run?.command.command, "probewright.run");
    assert.deepEqual(run.command.arguments, [{ uri: "file:///lens.bt", probe: 0 }]);
  });

  await t.test("an unknown request is refused by the book, and the server leaves with status 0", async () => {
    await assert.rejects(() => client.connection.sendRequest("probewright/nonsense"), /nonsense/);
    assert.equal(await client.close(), 0);
  });
});

test("fields of a tracepoint complete with their C types", {
  skip: unmet("executable", "linux", "root", "bpf"),
}, async () => {
  const client = await startClient();
  await client.open(uri, "tracepoint:syscalls:sys_enter_openat { print(args.); }\n");
  const list = await client.connection.sendRequest<{ items: { label: string; detail: string }[] }>(
    "textDocument/completion",
    {
      textDocument: { uri },
      position: { line: 0, character: 50 },
    },
  );
  assert.equal(list.items.find(({ label }) => label === "filename")?.detail, "const char *");
  assert.equal(await client.close(), 0);
});

test("running from the editor streams the script's output", {
  skip: unmet("executable", "linux", "root", "bpf", "loader", "llvm-bindings"),
}, async () => {
  const client = await startClient();
  await client.open(uri, 'begin { printf("hello %d\\n", 42); exit(); }\n');
  let text = "";
  client.connection.onNotification("probewright/run/output", (params: { text: string }) => {
    text += params.text;
  });
  const ended = new Promise<{ exitCode: number }>((resolve) => {
    client.connection.onNotification("probewright/run/ended", resolve);
  });
  const started = await client.connection.sendRequest<{ kind: string }>("workspace/executeCommand", {
    command: "probewright.run",
    arguments: [{ uri }],
  });
  assert.equal(started.kind, "started");
  assert.equal((await ended).exitCode, 0);
  assert.match(text, /hello 42/);
  assert.equal(await client.close(), 0);
});
