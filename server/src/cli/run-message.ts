/** Messages of a running script at their place: `errorf`, `warnf` and run-time errors. */

import type { Locator } from "@probewright/compiler";
import type { SessionEvent } from "@probewright/runtime";

type Message = Extract<SessionEvent, { kind: "message" | "runtime-error" }>;

/** `FILE:LINE:COLUMN-COLUMN: ERROR: text` as bpftrace has it, the line with the place underlined, and the macro calls it came through. */
export function runMessage(
  severity: "error" | "warning",
  text: string,
  event: Message,
  locator: Locator,
): string {
  const { file, startLine, startColumn, endLine, endColumn } = event.position;
  const columns =
    startLine === endLine
      ? `${(startColumn + 1).toString()}-${(endColumn + 1).toString()}`
      : (startColumn + 1).toString();
  const repeats = event.kind === "runtime-error" ? event.repeats : undefined;
  const again =
    repeats === undefined ? "" : ` (${repeats.toString()} more ${repeats === 1 ? "time" : "times"})`;
  const head = `${file}:${(startLine + 1).toString()}:${columns}: ${severity.toUpperCase()}: ${text.replace(/\n$/, "")}${again}\n`;
  // It was shown whole before.
  if (repeats !== undefined) return head;
  const line = (locator.text(file) ?? "").split("\n")[startLine] ?? "";
  const until = startLine === endLine ? endColumn : line.length;
  const underlined =
    line === "" ? "" : `${line}\n${" ".repeat(startColumn)}${"~".repeat(Math.max(1, until - startColumn))}\n`;
  const chain = event.expandedFrom.map(
    (from) => `${from.file}:${(from.startLine + 1).toString()}: expanded from here\n`,
  );
  const helper = event.kind === "runtime-error" && event.helper !== undefined;
  const info = helper
    ? `Additional Info - helper: ${event.helper.name}, retcode: ${event.helper.returned.toString()}\n`
    : "";
  return `${head}${underlined}${chain.join("")}${info}`;
}
