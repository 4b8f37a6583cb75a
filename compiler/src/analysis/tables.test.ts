/**
 * Constructs by case, a program for each cell: builtins by probe type, settings by kind of value, statements by what they are
 * about; operators are in `operator-tables.test.ts`, arguments in `call-tables.test.ts`. What a cell claims follows from the row tables or stands here; no cell is empty.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { builtins } from "../builtins/catalog.ts";
import { getProbeType, probeTypes } from "../probes/catalog.ts";
import { configKeys, environmentOnlyKeys, retiredKeys, type SettingKind } from "./state/config-keys.ts";
import { attachPoints } from "./testing/attach-points.ts";
import { checkText } from "./testing/check-text.ts";

/** `E` an error, `w` a warning, `.` neither. */
function verdict(program: string): string {
  const severities = checkText(program).findings.map(({ severity }) => severity);
  if (severities.includes("error")) return "E";
  return severities.includes("warning") ? "w" : ".";
}

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
    case "number": {
      const below = value.least > 0 ? [(value.least - 1).toString()] : [];
      return {
        good: [value.least.toString(), value.most.toString(), `"${value.least.toString()}"`],
        bad: ['"many"', '""', "many", ...below, (value.most + 1).toString()],
      };
    }
    case "string":
      return { good: ['"text"', '""', "5", "word"], bad: [] };
    case "choice": {
      const words = [...value.words, ...Object.keys(value.aliases ?? {})];
      const exact = value.caseMatters === true;
      return {
        good: words.flatMap((word) => [`"${word}"`, ...(exact ? [] : [`"${word.toUpperCase()}"`])]),
        bad: ['"nothing of the kind"', '""', "77", ...(exact ? [`"${swapCase(words[0])}"`] : [])],
      };
    }
  }
}

function swapCase(word = ""): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.toUpperCase();
}

function errorsOf(text: string, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  return checkText(text, { environment })
    .findings.filter(({ severity }) => severity === "error")
    .map(({ code }) => code);
}

for (const { name, value } of configKeys) {
  test(`setting ${name} by kind of value`, () => {
    const { good, bad } = valuesOf(value);
    const inBlock = (text: string): readonly string[] =>
      errorsOf(`config = { ${name} = ${text} } begin { print(1); }`);
    const fromOutside = (text: string): readonly string[] =>
      errorsOf("begin { print(1); }", { [`BPFTRACE_${name.toUpperCase()}`]: text.replaceAll('"', "") });
    for (const text of good) {
      assert.deepEqual(inBlock(text), [], text);
      assert.deepEqual(fromOutside(text), [], text);
    }
    for (const text of bad) {
      assert.deepEqual(inBlock(text), ["PW7202"], text);
      assert.equal(fromOutside(text).length, 1, text);
    }
  });
}

test("settings by the name that they are given", () => {
  const codes = (name: string, value: string): readonly string[] =>
    checkText(`config = { ${name} = ${value} } begin { print(1); }`).findings.map(({ code }) => code);
  for (const { name, formerly = [], value } of configKeys) {
    const [first = ""] = valuesOf(value).good;
    for (const spelling of [name, name.toUpperCase(), `bpftrace_${name}`])
      assert.deepEqual(codes(spelling, first), [], spelling);
    for (const former of formerly) assert.deepEqual(codes(former, first), ["PW7204"], former);
    assert.deepEqual(codes(`${name}x`, first), ["PW7201"], name);
  }
  for (const name of retiredKeys) assert.deepEqual(codes(name, "1"), ["PW7205"], name);
  for (const name of environmentOnlyKeys) assert.deepEqual(codes(name, "1"), ["PW7203"], name);
});

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
