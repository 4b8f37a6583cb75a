/** Why the kernel refused to load an object, in words. */

import { constants } from "node:os";

import type { ProgramSpec } from "@probewright/compiler";
import type { LoaderReady } from "../loader/channel.ts";
import type { LoadFailure } from "../loader/requests.ts";
import { errnoText } from "./errno.ts";

export interface LoadExplanation {
  readonly message: string;
  readonly advice: readonly string[];
  /** The verifier's log of the refused program; empty when it was not the verifier. */
  readonly log: string;
}

export function explainLoadFailure(
  failure: LoadFailure,
  program: ProgramSpec | undefined,
  ready: LoaderReady,
): LoadExplanation {
  const name = program?.targets[0]?.name ?? failure.program;
  const log = failure.logs.get(failure.program) ?? "";
  if (failure.errno === constants.errno.EPERM && log === "") {
    const message = `the kernel does not allow loading ${name === "" ? "BPF programs" : `the program for ${name}`}`;
    const advice =
      ready.effectiveUid === 0
        ? ["the kernel may be locked down: see `probewright doctor`"]
        : ["run as root, e.g. with sudo"];
    return { message, advice, log };
  }
  const lastLine = lastFinding(log);
  const what = name === "" ? "the object" : `the program for ${name}`;
  const why = lastLine === "" ? `${failure.text}: ${errnoText(failure.errno)}` : lastLine;
  return {
    message: `the kernel refused ${what}: ${why}`,
    advice: log === "" ? [] : ["-v shows the verifier's whole log"],
    log,
  };
}

/** The verifier says what is wrong last, before its statistics. */
function lastFinding(log: string): string {
  const lines = log.split("\n").map((line) => line.trim());
  const findings = lines.filter(
    (line) =>
      line !== "" && !/^(processed|verification time|stack depth|max_states|\d+: \(|;|from \d+)/.test(line),
  );
  return findings.at(-1) ?? "";
}
