/** A refused program as text: the place, what was known there, the way that led to it. */

import type { Rejection } from "@probewright/compiler";
import type { SessionEvent } from "../session/events.ts";
import type { ViewOptions } from "./view.ts";

type Refusal = Extract<SessionEvent, { readonly kind: "verifier" }>;

export function rejectionText(
  { rejection, log }: Refusal,
  { renderMessage, verbose }: Pick<ViewOptions, "renderMessage" | "verbose">,
): string {
  const { position, code, message } = rejection;
  const text = `${message} [${code}]`;
  const placed =
    position === undefined
      ? ""
      : renderMessage("error", text, {
          kind: "message",
          severity: "error",
          text,
          position,
          expandedFrom: [],
        });
  const whole = verbose ? `${log.trimEnd()}\n` : "";
  return placed + remarks(rejection) + whole;
}

function remarks({ registers, path }: Rejection): string {
  const known = registers.map((words) => `  here ${words}\n`);
  const steps = path.map(
    ({ position, text }) => `    ${position.file}:${(position.startLine + 1).toString()}: ${text}\n`,
  );
  return [...known, ...(steps.length === 0 ? [] : ["  the way that leads there:\n", ...steps])].join("");
}
