/** What compilers of this language got wrong before, one script each. */

import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { classicScripts, scriptsIn } from "./programs.ts";
import { runScript } from "./run-script.ts";

const skip = unmet("linux", "root", "bpf", "llvm-bindings", "loader", "executable");

for (const { id } of scriptsIn(classicScripts)) {
  test(`classic: ${id.replace(/\.bt$/, "").replaceAll("-", " ")}`, { skip }, () =>
    runScript(new URL(id, classicScripts)),
  );
}
