/** Which instructions a uprobe would change, by their bytes as an assembler wrote them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isCarriedOutWrongly } from "./wrong-places.ts";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.split(" ").map((byte) => parseInt(byte, 16)));
}

const wrong = {
  "vpor (%rdi),%xmm0,%xmm0": "c5 f9 eb 07",
  "vpcmpeqb (%rdi),%xmm0,%xmm0": "c5 f9 74 07",
  "vpsubsb (%rdi),%xmm0,%xmm0": "c5 f9 e8 07",
  "vpbroadcastb (%rdi),%xmm0": "c4 e2 79 78 07",
  "vpbroadcastb %esi,%ymm17": "62 e2 7d 28 7a ce",
};
const right = {
  "vxorps %xmm0,%xmm0,%xmm0": "c5 f8 57 c0",
  "vpxor (%rdi),%xmm0,%xmm0": "c5 f9 ef 07",
  "vpxorq %xmm16,%xmm16,%xmm16": "62 a1 fd 00 ef c0",
  "push %rbp": "55 48 89 e5",
  "jp .+2": "7a 00 c3",
  "jmp .+5": "e9 00 00 00 00",
  endbr64: "f3 0f 1e fa",
};

for (const [instruction, code] of Object.entries(wrong)) {
  test(`${instruction} would be taken for a jump`, () => {
    assert.ok(isCarriedOutWrongly(bytes(code)));
  });
}

for (const [instruction, code] of Object.entries(right)) {
  test(`${instruction} is left as it is`, () => {
    assert.ok(!isCarriedOutWrongly(bytes(code)));
  });
}
