/** What the kernel's own words come to, where no kernel at hand says them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { explainRejection } from "./explain.ts";

test("reading its memory, refused by a kernel that is locked down, is not taken for a wrong type of probe", () => {
  const said = (helper: string): string =>
    explainRejection({
      log: `7: (85) call ${helper}\nprogram of this type cannot use helper ${helper}\nprocessed 8 insns`,
      probe: "interval:s:1",
      positionOf: () => undefined,
    }).message;
  assert.match(said("bpf_probe_read_kernel#113"), /locked down/);
  assert.match(said("bpf_probe_read_str#45"), /locked down/);
  assert.match(said("bpf_get_current_comm#16"), /'get_current_comm' may not be used/);
});
