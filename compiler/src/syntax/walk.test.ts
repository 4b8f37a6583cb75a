/** The traversal that is derived from the child table. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { nodeId } from "../base/brand.ts";
import { span } from "../base/span.ts";
import type { Block, Probe } from "./ast.ts";
import { childrenOf, findNodeAt, nodesById, walk } from "./walk.ts";

const text = "begin { $r = (a=1, b=$x); }";

/** The tree of `text`, made by hand. */
function program(): Probe {
  let next = 0;
  const node = <Kind extends string>(kind: Kind, start: number, end: number) => ({
    kind,
    id: nodeId(next++),
    span: span(start, end),
  });
  const probe = node("probe", 0, 27);
  const point = { ...node("attach-point", 0, 5), text: "begin", label: undefined };
  const provider = { ...node("attach-part", 0, 5), text: "begin", quoted: false, separator: "" } as const;
  const block = node("block", 6, 27);
  const assignment = node("assignment", 8, 24);
  const target = { ...node("variable", 8, 10), name: "r" };
  const record = node("record", 13, 24);
  const a = { ...node("name", 14, 15), text: "a" };
  const one = { ...node("integer", 16, 17), value: 1n, text: "1" };
  const b = { ...node("name", 19, 20), text: "b" };
  const x = { ...node("variable", 21, 23), name: "x" };
  const fields = [
    { name: a, value: one },
    { name: b, value: x },
  ];
  const value = { ...record, fields };
  const body: Block = {
    ...block,
    statements: [{ ...assignment, target, operator: undefined, value }],
    value: undefined,
  };
  const attachPoints = [{ ...point, provider, parts: [] }];
  return {
    ...probe,
    attachPoints,
    predicate: undefined,
    body,
    comments: [],
    problems: [],
    nodeCount: next,
    text,
  };
}

test("a walk enters nodes in the order of their ids, also those inside a record's fields", () => {
  const probe = program();
  const ids: number[] = [];
  walk(probe, (node) => ids.push(node.id));
  assert.deepEqual(ids, [...Array(probe.nodeCount).keys()]);
  assert.deepEqual(
    nodesById(probe).map((node) => node.id),
    ids,
  );
});

test("a walk leaves children out on request, and leaves each node after its children", () => {
  const seen: string[] = [];
  walk(
    program(),
    (node) => {
      seen.push(node.kind);
      return node.kind !== "attach-point" && node.kind !== "record";
    },
    (node) => seen.push(`/${node.kind}`),
  );
  assert.equal(
    seen.join(" "),
    "probe attach-point /attach-point block assignment variable /variable record /record /assignment /block /probe",
  );
});

test("the path to an offset prefers the node that starts there", () => {
  const probe = program();
  const kindsAt = (offset: number) => findNodeAt(probe, offset).map((node) => node.kind);
  assert.deepEqual(kindsAt(text.indexOf("$x")), ["probe", "block", "assignment", "record", "variable"]);
  assert.deepEqual(kindsAt(text.indexOf("=1")), ["probe", "block", "assignment", "record", "name"]);
  assert.deepEqual(kindsAt(text.indexOf(";")), ["probe", "block", "assignment", "record"]);
  assert.deepEqual(kindsAt(0), ["probe", "attach-point", "attach-part"]);
});

test("children come in source order", () => {
  assert.deepEqual(
    childrenOf(program()).map((node) => node.kind),
    ["attach-point", "block"],
  );
});
