/** Static probes whose arguments are in odd places. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText } from "../../analysis/testing/check-text.ts";
import { fakeKernel } from "../../kernel/fake.ts";

const facts = fakeKernel({
  source: "profile",
  c: "",
  binaries: { "/bin/tool": { functions: ["main"], usdt: ["p:n 8@total(%rip) -4@%edi 8f@%xmm0"] } },
});

function messages(argument: string): readonly string[] {
  const { findings } = checkText(`usdt:/bin/tool:p:n { print(${argument}); }`, {}, facts);
  return findings.map(({ code, message }) => `${code}: ${message}`);
}

test("an argument that a probe cannot read is refused, where it is used", () => {
  assert.deepEqual(messages("arg0"), [
    "PW5038: 'arg0' is at '8@total(%rip)', which cannot be read from a probe",
  ]);
  assert.deepEqual(messages("arg1"), []);
  assert.deepEqual(messages("arg2"), ["PW5038: 'arg2' is at '8f@%xmm0', which cannot be read from a probe"]);
});
