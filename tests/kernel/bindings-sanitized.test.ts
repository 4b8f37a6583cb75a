/** The C++ of the LLVM binding: linted, and its programs compiled under the address and undefined behaviour sanitizers. */

import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { runOrSkip } from "../harness/run-or-skip.ts";
import { unmet } from "../harness/needs.ts";

const folder = fileURLToPath(new URL("../../native/llvm-bindings/", import.meta.url));

test(
  "clang-format and clang-tidy have nothing to say of the binding",
  {
    skip: unmet("linux"),
  },
  (context) => runOrSkip(context, `${folder}lint.sh`),
);

test(
  "the binding's programs compile, and programs are looked at, under sanitizers",
  {
    skip: unmet("linux", "gcc"),
  },
  (context) => runOrSkip(context, `${folder}sanitize.sh`),
);
