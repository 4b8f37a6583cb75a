/** The stress and classic scripts of the code generator as cases: what they print is known line by line. */

import { classicScripts, scriptsIn, stressScripts } from "../codegen/programs.ts";
import type { ProbeCase } from "./case.ts";

const MARK = "// = ";

/** A script says what it prints in its last comments: a line `// = text` for each line of output. */
export function wantedLines(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith(MARK))
    .map((line) => line.slice(MARK.length));
}

/** Some scripts wait for system calls, and on a machine at rest nobody makes any. */
const CALLS = "while cat /proc/self/stat; do :; done";

export function scriptCases(): readonly ProbeCase[] {
  return (
    [
      ["stress", stressScripts],
      ["classic", classicScripts],
    ] as const
  ).flatMap(([probe, folder]) =>
    scriptsIn(folder).map(({ id, text }) => ({
      probe,
      feature: id.replace(/\.bt$/, "").replaceAll("-", " "),
      script: text,
      workload: CALLS,
      expect: [],
      prints: wantedLines(text),
    })),
  );
}
