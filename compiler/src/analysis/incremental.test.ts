/** Analysis after an edit takes over what the edit left alone, and says what an analysis from scratch would. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeParser } from "@probewright/grammar/testing";
import fc from "fast-check";

import { createLocator } from "../diagnostics/locate.ts";
import { applyEdit, closeDocument, openDocument, parseScript } from "../syntax/document.ts";
import { nodesById } from "../syntax/walk.ts";
import { show } from "../types/show.ts";
import { analyze, defaultOptions, type Analysis, type AnalysisInput } from "./analyze.ts";
import { smallKernel } from "./testing/check-text.ts";

const parser = nativeParser();
const facts = smallKernel();

const SCRIPT = `
#define LIMIT 10
let @declared = hash(5);
macro half($x) { $x / 2 }
macro spare(e) { e + LIMIT }
fn twice($a : int64) : int64 { @calls = count(); return $a * 2; }
kprobe:vfs_read { @start[tid] = nsecs; }
kretprobe:vfs_read /@start[tid]/ { $d = nsecs - @start[tid]; @times = hist(half($d)); delete(@start, tid); }
tracepoint:syscalls:sys_enter_openat { printf("%s\\n", str(args.filename)); @opens[comm] = count(); }
tracepoint:sched:sched_switch, kprobe:vfs_open { $unused = 1; @switches++; }
begin { @n = 1; @copy = @n; if (@n > LIMIT) { print(@opens); } }
interval:s:1 { print(twice(@n)); @declared[1] = 2; clear(@undefined); }
end { print(@copy); print(@start); exit(); }
`;

/** What people type, right and wrong. */
const pieces = [
  "",
  " ",
  "@n",
  '@n = "text";',
  "@start",
  "@new[pid] = 1;",
  "$d",
  "count()",
  "args.filename",
  "half(",
  "spare(1)",
  "twice(2)",
  "}",
  "{",
  "LIMIT",
  "kprobe:vfs_write { @n = 5; }\n",
  'getopt("x", 1)',
  "(int8)",
];

function input(script: AnalysisInput["script"], previous?: Analysis): AnalysisInput {
  const parse = (text: string): AnalysisInput["script"] => parseScript(text, parser);
  return { script, sourceName: "script.bt", facts, options: defaultOptions, parse, previous };
}

/** Everything an editor or the compiler sees of an analysis. */
function described(analysis: Analysis, text: string, script: AnalysisInput["script"]): unknown {
  const locator = createLocator([{ name: "script.bt", text, script }]);
  const items = script.items.map(({ item }) => item);
  const at = (place: Parameters<typeof locator.absolute>[0]): string =>
    JSON.stringify(locator.absolute(place));
  return {
    findings: analysis.diagnostics.map(({ code, message, place }) => `${code} ${at(place)} ${message}`),
    facts: items.flatMap((item) =>
      nodesById(item).map(({ id }) => {
        const fact = analysis.nodeFacts.at(item, id);
        const { type, symbol, access, constant, builtin } = fact ?? {};
        return [type === undefined ? "" : show(type), symbol?.kind, access, constant?.kind, builtin].join(
          " ",
        );
      }),
    ),
    references: analysis.nodeFacts
      .symbols()
      .map((symbol) => {
        const places = analysis.nodeFacts
          .references(symbol)
          .map(({ place, access }) => `${access}${at(place)}`);
        return `${symbol.kind} ${places.join(" ")}`;
      })
      .toSorted(),
    core: analysis.core !== undefined && {
      probes: analysis.core.probes.map(({ name, variables }) => [
        name,
        variables.map(({ type }) => show(type)),
      ]),
      maps: analysis.core.maps.map(({ name, key, value }) => [
        name,
        key === undefined ? "" : show(key),
        show(value),
      ]),
      parameters: analysis.core.namedParameters.map(({ name }) => name),
    },
  };
}

const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), text: fc.constantFrom(...pieces) });

test("after any edits, analysis is what it would be from scratch", () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      let document = openDocument(SCRIPT, parser);
      let analysis = analyze(input(document.script));
      for (const { at, length, text } of edits) {
        const start = at % (document.text.length + 1);
        const end = Math.min(document.text.length, start + length);
        document = applyEdit(document, { start, end, text }, parser);
        analysis = analyze(input(document.script, analysis));
        const anew = analyze(input(document.script));
        assert.deepEqual(
          described(analysis, document.text, document.script),
          described(anew, document.text, document.script),
        );
      }
      closeDocument(document);
    }),
    { numRuns: 60 },
  );
});

test("an edit in one probe leaves the groups of the others alone", () => {
  const document = openDocument(SCRIPT, parser);
  const before = analyze(input(document.script));
  const start = document.text.indexOf("@switches++");
  const edited = applyEdit(document, { start, end: start + 11, text: "@switches = 5" }, parser);
  const after = analyze(input(edited.script, before));
  const old = new Set(before.remembered.groups.values());
  const made = [...after.remembered.groups.values()].filter((group) => !old.has(group));
  assert.deepEqual(
    made.map(({ members }) => members.map(({ core }) => core.name)),
    [["tracepoint:sched:sched_switch", "kprobe:vfs_open"]],
  );
  closeDocument(edited);
});
