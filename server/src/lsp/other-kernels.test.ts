/** What other kernels lack, as a script is edited: as if it had just been opened, at the cost of what the edit touched. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel, type Check } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

import { everyScript } from "./concluding.ts";
import { createDocuments, type Documents } from "./documents.ts";
import { otherKernelFindings } from "./other-kernels.ts";

const uri = "file:///a.bt";
const parser = nativeParser();
const here = fakeKernel({ name: "here", c: "int kept(int count); int lost(int count);" });
const there = fakeKernel({ name: "there", c: "int kept(int count);" });
const script = "fentry:kept { @a = count(); }\nfentry:lost { @b = count(); }\n";

function documentsWith(text: string): Documents {
  const documents = createDocuments(parser, () => here);
  documents.open(uri, 1, text);
  return documents;
}

const kernels = [
  {
    choice: "there",
    facts: { ...there, lacked: () => 0, fulfil: () => Promise.resolve(), forget: () => undefined },
    problem: undefined,
  },
];

function findings(documents: Documents): readonly string[] {
  const document = documents.get(uri);
  assert.ok(document !== undefined);
  return otherKernelFindings(document, kernels, parser, documents).map(({ message }) =>
    typeof message === "string" ? message : message.value,
  );
}

function analysis(documents: Documents): Check | undefined {
  const [only] = kernels;
  return only === undefined ? undefined : documents.others(uri).get(only.facts);
}

test("what another kernel lacks is told with its name, also after edits", () => {
  const documents = documentsWith(script);
  const before = findings(documents);
  assert.equal(before.length, 1);
  assert.match(before[0] ?? "", /lost[^]*\(on there\)$/);
  const start = { line: 0, character: 0 };
  documents.change(uri, 2, [{ range: { start, end: start }, text: "fentry:lost { @c = count(); }\n" }]);
  const after = findings(documents);
  assert.equal(after.length, 2);
  assert.deepEqual(after, findings(documentsWith(documents.textOf(uri) ?? "")));
});

test("an edit is analysed for other kernels from what is known of the version before", () => {
  const documents = documentsWith("fentry:kept { @a = count(); }\nfentry:kept { @b = count(); }\n");
  findings(documents);
  const first = analysis(documents)?.core?.probes[0];
  assert.notEqual(first, undefined);
  const end = { line: 2, character: 0 };
  documents.change(uri, 2, [{ range: { start: end, end }, text: "begin { @d = 1; }\n" }]);
  findings(documents);
  assert.equal(analysis(documents)?.core?.probes[0], first);
  documents.forget(everyScript);
  assert.equal(analysis(documents), undefined);
});
