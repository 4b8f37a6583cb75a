/** Probes of a script that match more than may run. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText } from "../analysis/testing/check-text.ts";
import { fakeKernel } from "../kernel/fake.ts";

test("of a pattern that is far too wide no more is looked into than may run", () => {
  const functions = Array.from({ length: 1200 }, (_, i) => `int many_${i}(void);`).join("\n");
  const facts = fakeKernel({ c: functions });
  const text = "kprobe:many_* { @[probe] = count(); } kprobe:many_1 { print($nope); }";
  const { findings, analysis } = checkText(text, {}, facts);
  assert.deepEqual(
    findings.map(({ code, text: of, message }) => `${code} ${of}: ${message}`),
    [
      "PW9022 kprobe:many_*: these attach points need 1201 programs, more than max_bpf_progs = 1024",
      "PW2001 $nope: undefined variable '$nope'",
    ],
  );
  assert.equal(analysis.instances.length, 1024);
  assert.equal(analysis.matches[0]?.count, 1200);
});
