/** What the views beside the text are fed with. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel } from "@probewright/compiler";

import { probeDetails, probesUnder, searchProbes } from "./explore-probes.ts";
import { fieldsOf, searchTypes } from "./explore-types.ts";
import { scriptFacts } from "./script-facts.ts";
import { stackRows } from "./stack-view.ts";
import { open } from "./testing/open.ts";

const kernel = fakeKernel({});

test("probes: types, groups, attach points, and a search over all", () => {
  const types = probesUnder([], kernel).nodes;
  assert.ok(types.every(({ probe, count = 0 }) => probe === undefined && count > 0));
  const software = probesUnder(["software"], kernel).nodes;
  assert.ok(software.length > 0);
  for (const { probe = "" } of software) {
    assert.match(probe, /^software:/);
    assert.deepEqual(searchProbes(probe, kernel).nodes[0]?.probe, probe);
  }
  assert.deepEqual(searchProbes("no such probe", kernel), { nodes: [], omitted: 0 });
  assert.deepEqual(probeDetails("no such probe", kernel), []);
});

test("types: every name that the search gives can be opened", () => {
  for (const name of searchTypes("", kernel).names) assert.notEqual(fieldsOf(name, kernel), undefined, name);
  assert.equal(fieldsOf("struct none_such", kernel), undefined);
});

test("a script's parameters and tests", () => {
  const { snapshot, source } = open(
    'test:sum, test:more { print($2); } bench:fast { $x = 1; print($x); } begin { print(getopt("deep", 3)); }',
  );
  const facts = scriptFacts(snapshot);
  assert.equal(facts.positional, 2);
  assert.deepEqual(
    facts.tests.map(({ mode, name }) => `${mode} ${name}`),
    ["test sum", "test more", "bench fast"],
  );
  for (const { span } of facts.tests) assert.ok(span.end <= source.length);
  assert.deepEqual(
    facts.named.map(({ name, kind, default: value }) => `${name} ${kind} ${value}`),
    ["deep integer 3"],
  );
});

test("the stack by expression, with places; none for a script with errors", () => {
  const { snapshot, source } = open('begin { @a["some key"] = 1; printf("%d %s", pid, comm); }');
  const rows = stackRows(snapshot, () => undefined) ?? [];
  assert.equal(rows.length, 1);
  const [begin] = rows;
  assert.ok((begin?.objects.length ?? 0) > 0);
  for (const { span, bytes } of begin?.objects ?? []) {
    assert.ok(bytes > 0);
    if (span !== undefined) assert.ok(span.start < span.end && span.end <= source.length);
  }
  assert.equal(
    stackRows(open("begin { print($none); }").snapshot, () => undefined),
    undefined,
  );
});
