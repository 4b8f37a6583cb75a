/** Values of named parameters, as they stand on the command line. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { type NamedParameter } from "@probewright/compiler";
import { readNamedParameters } from "./named-parameters.ts";

const parameters: readonly NamedParameter[] = [
  parameter("count", { kind: "integer", value: 5n }, false),
  parameter("offset", { kind: "integer", value: -5n }, true),
  parameter("all", { kind: "boolean", value: false }, false),
];

function parameter(name: string, value: NamedParameter["default"], signed: boolean): NamedParameter {
  return {
    name,
    type: value.kind === "boolean" ? { kind: "boolean" } : { kind: "integer", size: 8, signed },
    default: value,
    description: undefined,
  };
}

/** The value, or what is said instead. */
function read(name: string, text: string | true): unknown {
  const values = readNamedParameters(parameters, new Map([[name, text]]));
  return values.ok ? values.value.get(name)?.value : values.error;
}

test("integers are written as in scripts", () => {
  const written = ["7", "0x10", "010", "1e3", "1_0", "1m", "5u"].map((text) => read("count", text));
  assert.deepEqual(written, [7n, 16n, 8n, 1000n, 10n, 60_000_000_000n, 5n]);
  assert.equal(read("offset", "-3"), -3n);
  assert.equal(read("count", "-3"), "--count takes an unsigned integer, not '-3'");
  assert.equal(read("offset", "08"), "--offset takes an integer, not '08'");
  assert.equal(read("count", true), "--count needs a value: --count=VALUE");
});

test("truth is told by the usual words", () => {
  const written = [true, "true", "YES", "on", "1", "false", "No", "off", "0"] as const;
  assert.deepEqual(
    written.map((text) => read("all", text)),
    [true, true, true, true, true, false, false, false, false],
  );
  assert.equal(read("all", "2"), "--all takes true or false, not '2'");
});

test("a parameter that the script lacks is told with those it has", () => {
  assert.equal(read("coumt", "1"), "this script has no parameter --coumt; did you mean --count?");
  assert.equal(read("zoom", "1"), "this script has no parameter --zoom; it has --count, --offset, --all");
});
