/** What tests that run scripts in the workbench have in common. */

import { unmet } from "../../harness/needs.ts";

/** @returns why scripts cannot be run from the workbench here, or false */
export function lackingForRuns(): string | false {
  return unmet("linux", "root", "bpf", "executable", "vscode", "loader", "llvm-bindings");
}

/** Settings by which the rows of terminals are elements of the page. */
export const readableTerminals = { "terminal.integrated.gpuAcceleration": "off" };
