/** What an open script keeps in memory. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { applyEdit, noKernelFacts, openDocument, type Check } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

import { takeSnapshot } from "./snapshot.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("an analysis does not keep those of earlier versions", async () => {
  const parser = nativeParser();
  const facts = noKernelFacts();
  let document = openDocument("#define A 1\nbegin { print(A); }\n", parser);
  let last: Check | undefined;
  const first: WeakRef<Check>[] = [];
  for (let version = 1; version < 10; version += 1) {
    const snapshot = takeSnapshot("file:///a.bt", version, document, facts, parser, last);
    last = snapshot.analysis();
    if (version === 1) first.push(new WeakRef(last));
    // Code outside of probes, on which all else stands.
    const end = document.text.length;
    document = applyEdit(document, { start: end, end, text: `macro m${version}() { ${version} }\n` }, parser);
    await new Promise((resolve) => setImmediate(resolve));
  }
  collectGarbage();
  assert.equal(first[0]?.deref(), undefined);
  assert.ok(last !== undefined);
});
