/** Whose memory a function's pointers are to follows from its calls. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { walk } from "../core/walk.ts";
import { checkText } from "./testing/check-text.ts";

const UNSET = "PW3035";
const types = "struct s { int n; struct s *next; char text[8]; };";

interface Found {
  readonly warned: readonly string[];
  readonly errors: readonly string[];
  /** Of pointers that functions of the script look behind. */
  readonly spaces: readonly string[];
}

function check(text: string): Found {
  const { findings, analysis } = checkText(`${types} ${text}`, {});
  const spaces: string[] = [];
  for (const { body } of analysis.core?.subprograms ?? []) {
    walk(body, (node) => {
      if (node.kind === "dereference") spaces.push(node.pointer.type.space);
      return true;
    });
  }
  return {
    warned: findings.filter(({ code }) => code === UNSET).map(({ text: at }) => at),
    errors: findings.filter(({ severity }) => severity === "error").map(({ message }) => message),
    spaces,
  };
}

const kernel = "kprobe:f { print(first((struct s *)arg0)); }";
const user = "uprobe:/bin/sh:main { print(first((struct s *)arg0)); }";
const first = "fn first($p: struct s *): int32 { return $p->n; }";

test("of one caller", () => {
  assert.deepEqual(check(`${first} ${kernel}`), { warned: [], errors: [], spaces: ["kernel"] });
  assert.deepEqual(check(`${kernel} ${first}`), { warned: [], errors: [], spaces: ["kernel"] });
  assert.deepEqual(check(`${first} ${user}`), { warned: [], errors: [], spaces: ["user"] });
});

test("through functions, variables and fields", () => {
  const chain = `fn outer($p: struct s *): int32 { $q = $p->next; return first($q); } ${first}
    uprobe:/bin/sh:main { $p = (struct s *)arg0; print(outer($p)); }`;
  assert.deepEqual(check(chain), { warned: [], errors: [], spaces: ["user", "user"] });
});

test("callers that differ, and callers that do not know", () => {
  assert.deepEqual(check(`${first} ${kernel} ${user}`), { warned: ["$p"], errors: [], spaces: ["none"] });
  const number = `${first} begin { print(first((struct s *)1)); }`;
  assert.deepEqual(check(number), { warned: ["$p"], errors: [], spaces: ["none"] });
});

test("a function that nobody calls is nobody's mistake", () => {
  assert.deepEqual(check(`${first} begin { }`).warned, []);
});

test("an argument without a type does not keep the rest from being told", () => {
  const { errors } = check(`${first} kprobe:f { print(first($none)); }`);
  assert.equal(errors.length, 1, errors.join("; "));
});
