/** The loader's C: linted, its tests under the address and undefined behaviour sanitizers, its frame decoder under libFuzzer. */

import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import { runOrSkip } from "../harness/run-or-skip.ts";

const folder = fileURLToPath(new URL("../../native/loader/", import.meta.url));

const FUZZ_SECONDS = 20;

test("clang-format and clang-tidy have nothing to say", { skip: unmet("linux") }, (context) =>
  runOrSkip(context, `${folder}lint.sh`),
);

test(
  "the loader's tests pass under sanitizers",
  {
    skip: unmet("linux", "root", "bpf", "gcc"),
  },
  (context) => runOrSkip(context, `${folder}sanitize.sh`),
);

test("no bytes from a host upset the frame decoder", { skip: unmet("linux") }, (context) =>
  runOrSkip(context, `${folder}sanitize.sh`, "--fuzz", String(FUZZ_SECONDS)),
);
