/** What a run says of itself before its session begins: text for people, or events in the stream that was asked for. */

import { type Diagnostic, type Locator, renderDiagnostic } from "@probewright/compiler";
import type { CommandIo } from "./verb.ts";

export interface RunIo extends CommandIo {
  readonly diagnose: (diagnostic: Diagnostic, locator: Locator) => void;
  /** What is wrong, and what helps. */
  readonly refuse: (message: string, advice: readonly string[]) => void;
}

/** @param asEvents whether events are what the caller reads: then text beside them would have to be guessed at */
export function runIo(io: CommandIo, asEvents: boolean): RunIo {
  const text = (diagnostic: Diagnostic, locator: Locator, color: boolean): string =>
    renderDiagnostic(diagnostic, locator, { color });
  const refusal = (message: string, advice: readonly string[]): string =>
    `probewright run: ${message}\n${advice.map((each) => `  ${each}\n`).join("")}`;
  if (!asEvents) {
    return {
      ...io,
      diagnose: (diagnostic, locator) => {
        io.err(text(diagnostic, locator, io.color));
      },
      refuse: (message, advice) => {
        io.err(refusal(message, advice));
      },
    };
  }
  const event = (members: object): void => {
    io.out(`${JSON.stringify(members)}\n`);
  };
  return {
    ...io,
    diagnose: (diagnostic, locator) => {
      const { severity, code, message, place, hints } = diagnostic;
      event({
        kind: "diagnostic",
        severity,
        code,
        message,
        hints,
        position: locator.position(place),
        terminal: text(diagnostic, locator, false),
      });
    },
    refuse: (message, advice) => {
      event({ kind: "failed", message, advice, terminal: refusal(message, advice) });
    },
  };
}
