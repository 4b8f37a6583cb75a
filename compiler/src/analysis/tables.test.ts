/**
 * Constructs by case, a program for each cell: operators by the types of their sides, builtins by probe type, settings by
 * kind of value. What a cell claims follows from the row tables or stands here; no cell is empty.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { builtins } from "../builtins/catalog.ts";
import { getProbeType, probeTypes } from "../probes/catalog.ts";
import { configKeys, type SettingKind } from "./state/config-keys.ts";
import { attachPoints } from "./testing/attach-points.ts";
import { checkText } from "./testing/check-text.ts";

const sides = ["$i", "$u", "$b", "$s", "$p", "$a", "$t", "$r"] as const;
const assigned =
  "$i = (int64)tid; $u = nsecs; $b = pid == 1; $s = comm; $p = curtask; $a = (uint8[4])pid; $t = (1, comm); $r = (a=1, b=comm);";

/** `E` an error, `w` a warning, `.` neither. */
function verdict(program: string): string {
  const severities = checkText(program).findings.map(({ severity }) => severity);
  if (severities.includes("error")) return "E";
  return severities.includes("warning") ? "w" : ".";
}

const arithmetic = ".w.EEEEE w..EEEEE ...EEEEE EEEEEEEE EEEEEEEE EEEEEEEE EEEEEEEE EEEEEEEE";
const equality = ".w.E.EEE w..E.EEE ...E.EEE EEE.EEEE ...E.EEE EEEEE.EE EEEEEE.E EEEEEEE.";
const ordering = ".w.E.EEE w..E.EEE ...E.EEE EEEEEEEE ...E.EEE EEEEEEEE EEEEEEEE EEEEEEEE";
const logic = "...EEEEE ...EEEEE ...E.EEE EEEEEEEE EE.E.EEE EEEEEEEE EEEEEEEE EEEEEEEE";

/** A group a left side: int64, uint64, bool, string, pointer, array, tuple, record; in it a letter a right side. */
const binary: Readonly<Record<string, string>> = {
  "+": ".w.E.EEE w..E.EEE ...E.EEE EEEEEEEE ...EEEEE EEEEEEEE EEEEEEEE EEEEEEEE",
  "-": ".w.EEEEE w.wEEEEE .w.EEEEE EEEEEEEE ...EEEEE EEEEEEEE EEEEEEEE EEEEEEEE",
  "*": arithmetic,
  "/": arithmetic,
  "%": arithmetic,
  "&": arithmetic,
  "|": arithmetic,
  "^": arithmetic,
  "<<": arithmetic,
  ">>": arithmetic,
  "==": equality,
  "!=": equality,
  "<": ordering,
  "<=": ordering,
  ">": ordering,
  ">=": ordering,
  "&&": logic,
  "||": logic,
};

for (const [operator, expected] of Object.entries(binary)) {
  test(`operator ${operator} by the types of its sides`, () => {
    const rows = sides.map((left) =>
      sides
        .map((right) => verdict(`begin { ${assigned} $x = ${left} ${operator} ${right}; print($x); }`))
        .join(""),
    );
    assert.equal(rows.join(" "), expected);
  });
}

const unary: Readonly<Record<string, string>> = {
  "-": "..EEEEEE",
  "!": "...EEEEE",
  "~": "..EEEEEE",
  "*": "..EE.EEE",
};

for (const [operator, expected] of Object.entries(unary)) {
  test(`operator ${operator} before each type`, () => {
    const row = sides.map((side) => verdict(`begin { ${assigned} $x = ${operator}${side}; print($x); }`));
    assert.equal(row.join(""), expected);
  });
}

test("++ and -- on variables of each type", () => {
  const rowOf = (operator: string): string =>
    sides.map((side) => verdict(`begin { ${assigned} ${side}${operator}; print(${side}); }`)).join("");
  assert.equal(rowOf("++"), "..EE.EEE");
  assert.equal(rowOf("--"), ".wEE.EEE");
});

test("every probe type has an attach point here", () => {
  const missing = probeTypes.filter(({ name }) => attachPoints[name] === undefined);
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  );
});

/** `argN` is many; what `ctx` points to is a matter of the program type, so its row has a rule of its own. */
const bare = builtins.filter(
  ({ kind, bare: usedBare, name }) =>
    kind === "value" && usedBare === true && name !== "argN" && name !== "ctx",
);

for (const [name, attachPoint] of Object.entries(attachPoints)) {
  test(`builtins without arguments in ${name} probes`, () => {
    const { capabilities } = getProbeType(name);
    for (const { name: builtin, needs } of bare) {
      const { findings } = checkText(`${attachPoint} { $x = ${builtin}; print($x); }`, { unsafe: true });
      const refused = findings.some(({ code, text }) => code === "PW5004" && text === builtin);
      const lacks = needs.some((need) => !capabilities.has(need));
      assert.equal(refused, lacks, `${builtin} in ${name}`);
    }
  });
}

/** Values that a setting takes, and values that it does not. */
function valuesOf(value: SettingKind): { readonly good: readonly string[]; readonly bad: readonly string[] } {
  switch (value.kind) {
    case "boolean":
      return { good: ["true", "false", "0", "1", '"on"', '"off"'], bad: ['"perhaps"'] };
    case "number":
      return {
        good: [value.least.toString(), value.most.toString()],
        bad: ['"many"', (value.most + 1).toString()],
      };
    case "string":
      return { good: ['"text"'], bad: [] };
    case "choice":
      return { good: value.words.map((word) => `"${word}"`), bad: ['"nothing of the kind"'] };
  }
}

for (const { name, value } of configKeys) {
  test(`setting ${name} by kind of value`, () => {
    const { good, bad } = valuesOf(value);
    const codes = (text: string): readonly string[] =>
      checkText(`config = { ${name} = ${text} } begin { print(1); }`)
        .findings.filter(({ severity }) => severity === "error")
        .map(({ code }) => code);
    for (const text of good) assert.deepEqual(codes(text), [], text);
    for (const text of bad) assert.deepEqual(codes(text), ["PW7202"], text);
  });
}

const declared = "$i = (int64)tid; $s = comm; @m[1] = 1; @h = hist(1); @n = 1; @c = count();";

/** Statements by what they are about: the codes of errors and warnings, in order. */
const statements: Readonly<Record<string, readonly string[]>> = {
  "if ($i) { print(1); }": [],
  "if ($s) { print(1); }": ["PW6013"],
  "if (@n) { print(1); }": [],
  "if (@c) { print(1); }": ["PW6013"],
  "if (@c > 0) { print(1); }": [],
  "print(-@c);": ["PW3005"],
  "print(!@c);": ["PW3005"],
  "print(*@c);": ["PW3025"],
  "print(@c == (int8 *)0);": ["PW3005"],
  "print((uint8[8])@c);": ["PW3010"],
  "@d = sum(@c);": ["PW5002"],
  "return @c;": ["PW6008"],
  "return true;": ["PW6008"],
  'print(strlen(pton("1.2.3.4")));': ["PW5002"],
  'print(strlen((int8[4])pton("1.2.3.4")));': [],
  "print((int8)1);": ["PW3014"],
  "print((uint8)1);": [],
  "while ($i < 3) { $i++; }": ["PW6010"],
  "unroll (3) { print(1); }": [],
  'print(1 && "a");': ["PW3005"],
  'print("a" || 1);': ["PW3005"],
  'print("a" || true);': [],
  "unroll (3) { break; }": ["PW6001"],
  "unroll (3) { continue; }": ["PW6001"],
  "while ($i < 3) { unroll (3) { if ($i) { break; } $i++; } }": ["PW6010"],
  "unroll (0) { print(1); }": ["PW6011"],
  "unroll ($i) { print(1); }": ["PW6011"],
  "for ($k : 0..3) { print($k); }": [],
  "for ($k : 0..$s) { print($k); }": ["PW6012"],
  "for ($k : @m) { print($k); }": [],
  "for ($k : @n) { print($k); }": ["PW4014"],
  "return;": [],
  "return 1;": [],
  "return $s;": ["PW6008"],
  "break;": ["PW6001"],
  "continue;": ["PW6001"],
  "let $new : uint8 = 1; print($new);": [],
  "let $i = 1;": ["PW2002"],
  "$i += 1;": [],
  "$s += 1;": ["PW3005"],
  "@h += 1;": ["PW4004"],
  "_ = delete(@m, 1);": [],
  "clear(@n);": [],
  "$i;": ["PW6014"],
  "exit();": [],
};

test("statements by what they are about", () => {
  const found = Object.keys(statements).map((statement) => {
    const { findings } = checkText(`begin { ${declared} ${statement} }`);
    return [statement, findings.filter(({ severity }) => severity !== "hint").map(({ code }) => code)];
  });
  assert.deepEqual(Object.fromEntries(found), statements);
});

test("each part of a key has a value of its own", () => {
  const parts = ["1", "comm", "print(1)", "clear(@b)", "hist(1)", "(1, print(1))"];
  const verdicts = parts.flatMap((part) =>
    [part, `1, ${part}`, `${part}, 1`].map((key) =>
      verdict(`begin { @b[1] = 1; @a[${key}] = 1; print(@a); }`),
    ),
  );
  assert.equal(verdicts.join(""), "......EEEEEEEEEEEE");
});

test("nothing keeps what takes no memory, and printing it is allowed", () => {
  const verdicts = [
    "$t = ();",
    "@t = ();",
    "@[()] = 1;",
    "@r[1] = ((), ());",
    "print(());",
    'printf("%s", ());',
  ];
  assert.deepEqual(
    verdicts.map((statement) => verdict(`begin { ${statement} }`)),
    ["E", "E", "E", "E", ".", "."],
  );
});
