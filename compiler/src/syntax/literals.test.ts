/** Literals: values, and what is wrong with the texts that have none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { readInteger, readPositionalParameter, readString, type Reading } from "./literals.ts";
import { readNumber } from "./numbers.ts";

/** The value, or each problem's key and the text it is about. */
function reading<Value>(text: string, read: (text: string) => Reading<Value>): Value | string {
  const { value, problems } = read(text);
  if (problems.length === 0) return value;
  return problems.map(({ problem, span }) => `${problem}: ${text.slice(span.start, span.end)}`).join(", ");
}

test("integers in every notation", () => {
  const values: Readonly<Record<string, bigint>> = {
    "0": 0n,
    "00": 0n,
    "007": 7n,
    "0_7": 7n,
    "0777": 511n,
    "0x1F": 31n,
    "0X_1_f": 31n,
    "1__0": 10n,
    "1_000": 1000n,
    "1e3": 1000n,
    "1E1_0": 10_000_000_000n,
    "1e_3": 1000n,
    "9e18": 9_000_000_000_000_000_000n,
    "1e3us": 1_000_000n,
    "10ul": 10n,
    "10ull": 10n,
    "10l": 10n,
    "10ll": 10n,
    "4294967295u": 0xffff_ffffn,
    "9223372036854775807ll": 0x7fff_ffff_ffff_ffffn,
    "18446744073709551615": 0xffff_ffff_ffff_ffffn,
    "5ns": 5n,
    "5us": 5_000n,
    "5ms": 5_000_000n,
    "5s": 5_000_000_000n,
    "5m": 300_000_000_000n,
    "5h": 18_000_000_000_000n,
    "5d": 432_000_000_000_000n,
    "010s": 8_000_000_000n,
    "0x1d": 29n,
  };
  for (const [text, value] of Object.entries(values)) assert.equal(reading(text, readInteger), value, text);
});

test("what is wrong with an integer, and where", () => {
  const faults: Readonly<Record<string, string>> = {
    "5_": "trailing-underscore: _",
    "0x1_": "trailing-underscore: _",
    "1_e3": "trailing-underscore: _",
    "1e3_": "trailing-underscore: _",
    "1_s": "trailing-underscore: _",
    "5kb": "invalid-integer-suffix: kb",
    "10UL": "invalid-integer-suffix: UL",
    "10lu": "invalid-integer-suffix: lu",
    "0b101": "invalid-integer-suffix: b101",
    "0x10ul": "invalid-integer-suffix: ul",
    "1s_": "invalid-integer-suffix: s_",
    "0x": "malformed-integer: 0x",
    "08": "malformed-integer: 08",
    "0778": "malformed-integer: 0778",
    "1e": "malformed-integer: 1e",
    "1e0": "malformed-integer: 1e0",
    "1e06": "malformed-integer: 1e06",
    "10e3": "malformed-integer: 10e3",
    "0e3": "malformed-integer: 0e3",
    "99e99": "malformed-integer: 99e99",
    "4294967296u": "integer-too-large: 4294967296u",
    "9223372036854775808l": "integer-too-large: 9223372036854775808l",
    "18446744073709551616": "integer-too-large: 18446744073709551616",
    "0x10000000000000000": "integer-too-large: 0x10000000000000000",
    "2e19": "integer-too-large: 2e19",
    "1e999999999999": "integer-too-large: 1e999999999999",
    "300000d": "integer-too-large: 300000d",
  };
  for (const [text, fault] of Object.entries(faults)) assert.equal(reading(text, readInteger), fault, text);
});

test("an upper case suffix is answered with the lower case one", () => {
  assert.equal(readInteger("10UL").problems[0]?.facts["lower"], "ul");
  assert.equal(readInteger("10KB").problems[0]?.facts["lower"], "");
  assert.equal(readInteger("0x10UL").problems[0]?.facts["lower"], "");
});

test("a million digits are refused at once", () => {
  assert.equal(readInteger("9".repeat(1_000_000)).problems[0]?.problem, "integer-too-large");
});

test("numbers from outside may be binary and negative", () => {
  assert.equal(readNumber("0b101"), 5n);
  assert.equal(readNumber("-0x10"), -16n);
  assert.equal(readNumber("5ms"), 5_000_000n);
  assert.equal(readNumber("-9223372036854775808"), -(2n ** 63n));
  for (const text of ["", "-", "x", "-9223372036854775809", "0b", "1 ", "--1"]) {
    assert.equal(readNumber(text), undefined, text);
  }
});

test("positional parameters", () => {
  assert.equal(reading("$1", readPositionalParameter), 1);
  assert.equal(reading("$010", readPositionalParameter), 10);
  assert.equal(reading("$9223372036854775807", readPositionalParameter), 2 ** 63);
  for (const text of ["$0", "$00", "$9223372036854775808", "$11111111111111111111"]) {
    assert.equal(reading(text, readPositionalParameter), `parameter-out-of-range: ${text}`);
  }
});

test("strings: escapes become bytes, text its UTF-8", () => {
  assert.equal(reading('"a\\n\\t\\r\\\\\\"b"', readString), 'a\n\t\r\\"b');
  assert.equal(reading('"\\18\\1234\\0"', readString), "\x018S4\0");
  assert.equal(reading('"\\x1g\\X1f2\\xff"', readString), "\x01g\x1f2\xff");
  assert.equal(reading('"é\\xe9"', readString), "\xc3\xa9\xe9");
});

test("what is wrong with a string, and where", () => {
  assert.equal(reading('"\\q"', readString), "invalid-escape: \\q");
  assert.equal(reading('"\\😀"', readString), "invalid-escape: \\😀");
  assert.equal(reading('"\\400"', readString), "octal-escape-too-large: \\400");
  assert.equal(reading('"\\xg\\X"', readString), "empty-hex-escape: \\x, empty-hex-escape: \\X");
  assert.equal(reading('"abc', readString), 'unterminated-string: "abc');
  assert.equal(reading('"abc\ndef"', readString), 'unterminated-string: "abc');
  assert.equal(reading('"abc\\', readString), 'unterminated-string: "abc\\');
  assert.equal(reading('"\\a\\\n', readString), 'invalid-escape: \\a, unterminated-string: "\\a\\');
  assert.equal(reading('"', readString), 'unterminated-string: "');
});

test("any text is read without a throw, and problems lie inside it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { problems } of [readString(`"${text}`), readInteger(text), readPositionalParameter("$1")]) {
        for (const { span } of problems) assert.ok(0 <= span.start && span.end <= text.length + 1);
      }
    }),
  );
});
