/** What a display of a run gets: mistakes with their place instead of text, keys as they are printed and in their parts. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { startWithScript, startRawClient } from "./raw-client.ts";
import { runToEnd } from "./run-to-end.ts";

const skip = unmet("executable", "linux", "root", "bpf", "loader", "llvm-bindings");
const uri = "file:///shown.bt";

interface Shown {
  /** As text. */
  readonly text: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

async function shown(text: string, parameters: readonly string[] = []): Promise<Shown> {
  const client = startRawClient();
  await startWithScript(client, uri, text);
  const said = await runToEnd(client, uri, { streams: ["text", "events"], parameters });
  const events = client.record
    .filter(({ message }) => message["method"] === "probewright/run/events")
    .flatMap(({ message }) => (message["params"] as { readonly events: Shown["events"] }).events);
  return { text: said, events };
}

test("a mistake is an event with its place, and the same text as ever", { skip }, async () => {
  const { text, events } = await shown('begin {\n  @a = 1;\n  @a = "x";\n}\n');
  const { message, position } = events.find(({ kind }) => kind === "diagnostic") ?? {};
  assert.match(String(message), /'@a' holds int8/);
  assert.deepEqual(position, { file: "/shown.bt", startLine: 2, startColumn: 7, endLine: 2, endColumn: 10 });
  assert.match(text, /shown\.bt:3:8-10: error\[PW4001\]: '@a' holds int8.*\n {2}@a = "x";\n {7}~~~\n/);
  assert.ok(!events.some(({ kind }) => kind === "said"));
});

test("a run that is refused before it starts says why as an event", { skip }, async () => {
  const { text, events } = await shown('begin { print(getopt("depth", 3)); exit(); }', ["--nope=1"]);
  const failed = events.find(({ kind }) => kind === "failed");
  assert.match(String(failed?.["message"]), /no parameter --nope/);
  assert.match(text, /^probewright run: this script has no parameter --nope/);
});

test("keys are told as they are printed, and in their parts", { skip }, async () => {
  const { text, events } = await shown('begin { @k[1, "a, b", (2, 3)] = 4; @s[7] = 8; exit(); }');
  const keys = events
    .filter(({ kind }) => kind === "map")
    .map(({ entries }) => (entries as readonly Shown["events"][number][])[0])
    .map((entry) => [entry?.["key"], entry?.["keyTexts"]]);
  assert.deepEqual(keys, [
    ["1, a, b, (2, 3)", ["1", "a, b", "(2, 3)"]],
    ["7", undefined],
  ]);
  assert.match(text, /@k\[1, a, b, \(2, 3\)\]: 4/);
});

test("a map comes with what the script writes for its keys, and their types", { skip }, async () => {
  const { events } = await shown('begin { @k[comm, pid] = 4; @s[cpu] = 8; @n = 1; @v["a"] = 1; exit(); }');
  const maps = events.filter(({ kind }) => kind === "map");
  assert.deepEqual(
    maps.map(({ name, keys }) => [name, keys]),
    [
      [
        "k",
        [
          { text: "comm", type: "string[16]" },
          { text: "pid", type: "uint32" },
        ],
      ],
      ["n", []],
      ["s", [{ text: "cpu", type: "uint64" }]],
      ["v", [{ text: "", type: "string[2]" }]],
    ],
  );
});
