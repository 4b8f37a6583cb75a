/**
 * Operators by the types of their sides, a program for each pair. What a cell claims stands here; no cell is empty, no
 * operator is left out.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { binaryOperators, isArithmeticOperator, isUnaryOperator } from "../syntax/operators.ts";
import { checkText, smallKernel } from "./testing/check-text.ts";

/** One variable of each kind of type, and what it is given. */
const sides: Readonly<Record<string, string>> = {
  $i: "(int64)tid",
  $u: "nsecs",
  $g: "(int8)tid",
  $w: "(uint32)nsecs",
  $b: "pid == 1",
  $s: "comm",
  $p: "curtask",
  $a: "(uint8[4])pid",
  $t: "(1, comm)",
  $r: "(a=1, b=comm)",
  $k: "kstack",
  $y: "ksym(1)",
  $z: "usym(1)",
  $n: "ntop(1)",
  $h: 'strftime("%H", nsecs)',
  $f: 'buf("abc", 3)',
  $c: "macaddr(curtask)",
  $q: "cgroup_path(1)",
};
const names = Object.keys(sides);

const kernel = smallKernel();

/** `E` an error, `w` a warning, `.` neither. */
function verdict(program: string): string {
  const severities = checkText(program, {}, kernel).findings.map(({ severity }) => severity);
  if (severities.includes("error")) return "E";
  return severities.includes("warning") ? "w" : ".";
}

function assigned(...variables: readonly string[]): string {
  return [...new Set(variables)].map((name) => `${name} = ${sides[name] ?? ""};`).join(" ");
}

/** A row a left side, in it a letter a right side, both in the order of `sides`. */
function matrixOf(body: (left: string, right: string) => string): readonly string[] {
  return names.map((left) =>
    names.map((right) => verdict(`begin { ${assigned(left, right)} ${body(left, right)} }`)).join(""),
  );
}

/** How many of `sides` come first that operators know what to do with: up to the pointer. */
const COMPUTED = 7;

/**
 * @param rows those of the sides up to the pointer, with the cells up to it
 * @param others whether a value of another kind goes with one of its own kind, or with none; it never goes with another
 */
function matrix(rows: string, others: "same" | "none"): readonly string[] {
  const first = rows.split(" ").map((row) => row.padEnd(names.length, "E"));
  const rest = names.slice(COMPUTED).map((_, index) => {
    const own = others === "same" ? "." : "E";
    return own.padStart(COMPUTED + index + 1, "E").padEnd(names.length, "E");
  });
  return [...first, ...rest];
}

const logic = matrix(".....EE .....EE .....EE .....EE .....E. EEEEEEE EEEE.E.", "none");
const equality = matrix(".w...E. w.w..E. .w...E. .....E. .....E. EEEEE.E .....E.", "same");
const ordering = matrix(".w...E. w.w..E. .w...E. .....E. .....E. EEEEEEE .....E.", "none");
const arithmetic = matrix(".w...EE w.w..EE .w...EE .....EE .....EE EEEEEEE EEEEEEE", "none");

const binary: Readonly<Record<string, readonly string[]>> = {
  "||": logic,
  "&&": logic,
  "|": arithmetic,
  "^": arithmetic,
  "&": arithmetic,
  "==": equality,
  "!=": equality,
  "<": ordering,
  "<=": ordering,
  ">": ordering,
  ">=": ordering,
  "<<": arithmetic,
  ">>": arithmetic,
  "+": matrix(".w...E. w.w..E. .w...E. .....E. .....E. EEEEEEE .....EE", "none"),
  "-": matrix(".w...EE w.wwwEE .w...EE .w...EE .w...EE EEEEEEE .....EE", "none"),
  "*": arithmetic,
  "/": arithmetic,
  "%": arithmetic,
};

for (const [operator, expected] of Object.entries(binary)) {
  test(`operator ${operator} by the types of its sides`, () => {
    assert.deepEqual(
      matrixOf((left, right) => `$x = ${left} ${operator} ${right}; print($x);`),
      expected,
    );
  });
}

const compoundArithmetic = matrix(".w...EE w.w..EE .w...EE .....EE EEEE.EE EEEEEEE EEEEEEE", "none");

const compound: Readonly<Record<string, readonly string[]>> = {
  "|": compoundArithmetic,
  "^": compoundArithmetic,
  "&": compoundArithmetic,
  "<<": compoundArithmetic,
  ">>": compoundArithmetic,
  "+": matrix(".w...EE w.w..EE .w...EE .....EE EEEE.EE EEEEEEE .....EE", "none"),
  "-": matrix(".w...EE wwwwwEE .w...EE .w...EE EEEE.EE EEEEEEE .....EE", "none"),
  "*": compoundArithmetic,
  "/": compoundArithmetic,
  "%": compoundArithmetic,
};

for (const [operator, expected] of Object.entries(compound)) {
  test(`operator ${operator}= by the types of its sides`, () => {
    assert.deepEqual(
      matrixOf((left, right) => `${left} ${operator}= ${right}; print(${left});`),
      expected,
    );
  });
}

/** What becomes one value of one type: a variable, a map's value, a part of its key, the branches of a choice. */
const kept: Readonly<Record<string, (left: string, right: string) => string>> = {
  "a choice": (left, right) => `$x = pid ? ${left} : ${right}; print($x);`,
  "a variable": (left, right) => `${left} = ${right}; print(${left});`,
  "a map's value": (left, right) => `@x = ${left}; @x = ${right}; print(@x);`,
  "a map's key": (left, right) => `@x[${left}] = 1; @x[${right}] = 2; print(@x);`,
};
const keptTypes = matrix(".w..EEE w.w.EEE .w..EEE ....EEE EEEE.EE EEEEE.E EEEEEE.", "same");

for (const [what, body] of Object.entries(kept)) {
  test(`${what} by the types of what it is given`, () => {
    assert.deepEqual(matrixOf(body), keptTypes);
  });
}

/** In the order of `sides`. */
const unary: Readonly<Record<string, string>> = {
  "-": "....EEEEEEEEEEEEEE",
  "!": ".....EEEEEEEEEEEEE",
  "~": "....EEEEEEEEEEEEEE",
  "*": "....EE.EEEEEEEEEEE",
  "&": "..................",
};

const increments: Readonly<Record<string, string>> = {
  "++": "....EE.EEEEEEEEEEE",
  "--": ".w..EE.EEEEEEEEEEE",
};

test("operators before each type", () => {
  for (const [operator, expected] of Object.entries(unary)) {
    const row = names.map((name) =>
      verdict(`begin { ${assigned(name)} $x = ${operator}${name}; print($x); }`),
    );
    assert.equal(row.join(""), expected, operator);
  }
});

test("++ and -- before and behind variables of each type", () => {
  for (const [operator, expected] of Object.entries(increments)) {
    for (const written of [(name: string) => `${name}${operator}`, (name: string) => `${operator}${name}`]) {
      const row = names.map((name) =>
        verdict(`begin { ${assigned(name)} ${written(name)}; print(${name}); }`),
      );
      assert.equal(row.join(""), expected, operator);
    }
  }
});

test("every operator has its table", () => {
  assert.deepEqual(Object.keys(binary).toSorted(), binaryOperators.toSorted());
  assert.deepEqual(Object.keys(compound).toSorted(), binaryOperators.filter(isArithmeticOperator).toSorted());
  assert.ok(Object.keys(unary).every(isUnaryOperator));
  assert.equal(Object.keys(unary).length, "-~!*&".length);
});
