/** Parameters of the command line, and the text that `str()` makes of them and of numbers. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText, serious } from "./testing/check-text.ts";

test("positional parameters are numbers or text", () => {
  const positional = ["12", "abc"];
  const checked = checkText(
    "begin { print($1 + 1); print($2); print(str($1)); print($#); print(str($2 + 1)); }",
    {
      positional,
    },
  );
  assert.deepEqual(serious(checked), []);
  assert.deepEqual(printedConstants(checked), [13n, "abc", "12", 2n, "bc"]);
});

test("parameters are numbers as scripts write them, with a sign and in binary too, and text when they do not fit", () => {
  const texts = ["5ms", "1e3", "0xff", "010", "0b11", "-1m", "+5", "5u", "1_000"];
  const no = ["08", "1.5", "5U", "18446744073709551616", "-9223372036854775809", "--5"];
  const positional = [...texts, ...no];
  const prints = positional.map((_, i) => `print($${(i + 1).toString()});`);
  const checked = checkText(`begin { ${prints.join(" ")} }`, { positional });
  const values = [5_000_000n, 1000n, 255n, 8n, 3n, -60_000_000_000n, 5n, 5n, 1000n];
  assert.deepEqual(printedConstants(checked), [...values, ...no]);
});

test("str() of a number is its text; what is cast or has a name is an address", () => {
  const checked = checkText(
    "enum e { A = 7 } begin { print(str(0x10)); print(str(-1)); print(str(1 + 1)); print(str(1s, 3)); print(str((uint64)5)); print(str(A)); }",
  );
  assert.deepEqual(serious(checked), []);
  assert.deepEqual(printedConstants(checked), ["16", "-1", "2", "100", undefined, undefined]);
});

/** What the first probe prints, as far as it is constant. */
function printedConstants({ analysis }: ReturnType<typeof checkText>): readonly unknown[] | undefined {
  return analysis.core?.probes[0]?.body.flatMap((statement) => {
    const call = statement.kind === "evaluate" ? statement.expression : undefined;
    if (call?.kind !== "call") return [];
    const argument = call.arguments[0];
    return [argument?.kind === "constant" ? argument.value.value : undefined];
  });
}

test("without positional parameters nothing is said while editing", () => {
  assert.deepEqual(serious(checkText("begin { print($1); }")), []);
  assert.deepEqual(serious(checkText("begin { print($1); }", { positional: [] })), ["PW2015 $1"]);
});
