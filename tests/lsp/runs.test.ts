/** Runs from an editor that knows nothing of us: lenses, hints, diagnostics and views tell how they go. */

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { PATIENCE_MS } from "../harness/patience.ts";
import { unmet } from "../harness/needs.ts";
import { startWithScript, startRawClient, type RawClient } from "./raw-client.ts";
import { judge } from "./schema/recording.ts";

const skip = unmet("executable", "linux", "root", "bpf", "loader", "llvm-bindings");
const uri = "file:///runs.bt";

interface Lens {
  readonly command: {
    readonly title: string;
    readonly command: string;
    readonly arguments?: readonly unknown[];
  };
}

async function start(context: TestContext, text: string): Promise<RawClient> {
  const client = startRawClient();
  context.after(client.kill);
  await startWithScript(client, uri, text);
  return client;
}

async function lenses(client: RawClient): Promise<readonly Lens["command"][]> {
  const { result } = await client.request("textDocument/codeLens", { textDocument: { uri } });
  return (result as readonly Lens[]).map(({ command }) => command);
}

/** Asks again until the answer is as wanted, as an editor does when it is told to. */
async function until<Answer>(
  ask: () => Promise<Answer>,
  wanted: (answer: Answer) => boolean,
): Promise<Answer> {
  for (let waited = 0; ; waited += 100) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (waited > PATIENCE_MS) throw new Error(`never so: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Diagnostics, not what the log says, that tell of something. */
function nextDiagnostics(client: RawClient, words: string): ReturnType<RawClient["next"]> {
  return client.next(
    ({ method, params }) =>
      method === "textDocument/publishDiagnostics" && JSON.stringify(params).includes(words),
  );
}

async function view(client: RawClient, kind: string): Promise<string> {
  const { result } = await client.request("workspace/executeCommand", {
    command: "probewright.view",
    arguments: [{ uri, kind }],
  });
  return (result as { readonly text: string }).text;
}

async function leave(client: RawClient): Promise<void> {
  await client.request("shutdown");
  client.notify("exit");
  assert.equal(await client.ended, 0);
  assert.deepEqual(judge(client.record, "server"), []);
}

test("a run is started, watched and stopped by lenses, and its maps show in the text", {
  skip,
}, async (context) => {
  const client = await start(context, 'interval:ms:50 {\n  @ticks = count();\n  printf("tick\\n");\n}\n');
  // LLVM's figures come when nobody types.
  const idle = await until(
    () => lenses(client),
    (all) => all.some(({ title }) => /^\d+ insns$/.test(title)),
  );
  assert.ok(idle.some(({ title }) => /^stack \d+\/512 B$/.test(title)));
  const run = idle.find(({ title }) => title === "Run script");
  await client.request("workspace/executeCommand", { command: run?.command, arguments: run?.arguments });
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const hints = await until(
    async () =>
      JSON.stringify(
        (await client.request("textDocument/inlayHint", { textDocument: { uri }, range }))["result"],
      ),
    (text) => /@ticks = [1-9]/.test(text),
  );
  assert.match(hints, /"line":1,"character":19/);
  const stop = await until(
    () => lenses(client),
    (all) => all.some(({ title }) => title.startsWith("running: 1 attached")),
  );
  const { command, arguments: args } = stop.find(({ title }) => title === "Stop") ?? {};
  await client.request("workspace/executeCommand", { command, arguments: args });
  await until(
    () => lenses(client),
    (all) => all.some(({ title }) => /^last run: stopped, [\d,]+ lines$/.test(title)),
  );
  assert.match(await view(client, "run-output"), /tick\n[^]*@ticks: \d+/);
  assert.ok(
    client.record.some(
      ({ message }) => message["method"] === "window/logMessage" && JSON.stringify(message).includes("tick"),
    ),
    "a client without a display of runs sees output in its log",
  );
  await leave(client);
});

test("errors of a run stand on their lines, until these are edited", { skip }, async (context) => {
  const client = await start(context, 'begin {\n  errorf("no good");\n  exit();\n}\n');
  const said = nextDiagnostics(client, "run-said");
  await client.request("workspace/executeCommand", { command: "probewright.run", arguments: [{ uri }] });
  const { params } = await said;
  const { diagnostics } = params as {
    readonly diagnostics: readonly { readonly range: { readonly start: object } }[];
  };
  assert.deepEqual(
    diagnostics.map(({ range }) => range.start),
    [{ line: 1, character: 2 }],
  );
  const cleared = client.next(
    ({ method, params: about }) =>
      method === "textDocument/publishDiagnostics" && (about as { readonly version: number }).version === 2,
  );
  const at = { line: 1, character: 2 };
  client.notify("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: at, end: at }, text: " " }],
  });
  assert.doesNotMatch(JSON.stringify(await cleared), /run-said/);
  await leave(client);
});

test("the assembly of a script is linked to its lines", { skip }, async (context) => {
  const client = await start(context, 'begin {\n  printf("%d", pid);\n}\n');
  const text = await view(client, "assembly");
  assert.match(text, /; 2: printf\("%d", pid\);/);
  const asm = "probewright:/assembly/runs.s?" + encodeURIComponent(uri);
  const { result } = await client.request("probewright/view/positions", {
    view: asm,
    from: "script",
    position: { line: 1, character: 4 },
  });
  const [range] = (result as { readonly ranges: readonly { readonly start: { readonly line: number } }[] })
    .ranges;
  assert.ok(range !== undefined);
  const back = await client.request("probewright/view/positions", {
    view: asm,
    from: "view",
    position: range.start,
  });
  assert.match(JSON.stringify(back["result"]), /"line":1/);
  await leave(client);
});

test("what is lost is told on the line that lost it", {
  skip,
}, async (context) => {
  const client = await start(
    context,
    [
      "config = { perf_rb_pages = 1 }",
      "begin {",
      "  for ($i : 0..5000) {",
      '    printf("%d: a rather long line of text, to fill the buffer with\\n", $i);',
      "  }",
      "}",
      "",
    ].join("\n"),
  );
  const lost = nextDiagnostics(client, "run-lost");
  await client.request("workspace/executeCommand", { command: "probewright.run", arguments: [{ uri }] });
  const [first] = diagnosticsIn(await lost);
  assert.match(first?.message ?? "", /^lost \d+ events of printf: the ring buffer was full$/);
  assert.deepEqual(first?.range, { start: { line: 3, character: 4 }, end: { line: 3, character: 75 } });
  assert.equal(first.severity, 2);
  await client.request("workspace/executeCommand", { command: "probewright.stop", arguments: [{}] });
  await leave(client);
});

test("what the verifier refuses is told at its place, with the way that led there and a page", {
  skip,
}, async (context) => {
  const client = await start(
    context,
    "begin {\n  $i = 0;\n  while ($i < 10000000) {\n    $i++;\n  }\n  print($i);\n}\n",
  );
  const refused = nextDiagnostics(client, "refused the program");
  await client.request("workspace/executeCommand", { command: "probewright.run", arguments: [{ uri }] });
  const found = diagnosticsIn(await refused).filter(({ source }) => source === "probewright run");
  assert.equal(found.length, 1);
  const [{ code, codeDescription, message, range, relatedInformation }] = found as [RunDiagnostic];
  assert.equal(code, "PW7710");
  assert.match(codeDescription?.href ?? "", /PW7710/);
  assert.match(
    message,
    /too many ways through this program; [^\n]*\n[^]*the verifier says: BPF program is too large/,
  );
  assert.ok([2, 3].includes(range.start.line), "in the loop");
  assert.match(JSON.stringify(relatedInformation), /10000000/);
  assert.match(await view(client, "verifier-log"), /processed|goto/);
  await leave(client);
});

interface RunDiagnostic {
  readonly range: { readonly start: { readonly line: number }; readonly end: object };
  readonly severity: number;
  readonly code: string;
  readonly codeDescription?: { readonly href: string };
  readonly source: string;
  readonly message: string;
  readonly relatedInformation?: unknown;
}

function diagnosticsIn({ params }: Readonly<Record<string, unknown>>): readonly RunDiagnostic[] {
  return (params as { readonly diagnostics: readonly RunDiagnostic[] }).diagnostics; // judged by its schema
}
