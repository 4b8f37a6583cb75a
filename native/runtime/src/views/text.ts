/** The terminal view: what bpftrace prints, and below it what was lost. */

import type { SourcePosition } from "@probewright/compiler";
import { localTimeText } from "../symbols/time.ts";
import { isEmptyPlot, mapBytes } from "../print/map-text.ts";
import { valueBytes } from "../print/text.ts";
import type { SessionEvent, VerifiedProgram } from "../session/events.ts";
import { isUrgent, lossText, summaryLines } from "./loss-text.ts";
import { rejectionText } from "./rejection-text.ts";
import { benchTable, isTestEvent, testCapture } from "./test-report.ts";
import type { Output, View, ViewOptions } from "./view.ts";

export function textView(options: ViewOptions): View {
  const capture = testCapture(options.out);
  const { out } = capture;
  const say = (line: string): void => {
    options.err.write(`${line}\n`);
  };
  const accounted = accountedPlaces();
  let attached = false;
  let finalMaps = false;
  /** Two empty lines part the final maps from what the script printed. */
  const openFinal = (): void => {
    if (finalMaps || !attached) return;
    finalMaps = true;
    out.write("\n\n");
  };
  return {
    flush: () => undefined,
    show: (event) => {
      if (event.kind === "attached") attached = true;
      if (event.kind === "ended" || (event.kind === "map" && event.final)) openFinal();
      if (isTestEvent(event)) capture.show(event);
      showOutput(event, out, options);
      if (!accounted.covers(event)) showRemarks(event, say, options);
    },
  };
}

/** An update that fails is a loss too: what comes again is then told by the loss, which the kernel counted. */
function accountedPlaces(): { readonly covers: (event: SessionEvent) => boolean } {
  const places = new Set<string>();
  const key = ({ file, startLine, startColumn }: SourcePosition): string =>
    [file, startLine, startColumn].join(":");
  return {
    covers: (event) => {
      if (event.kind === "loss")
        for (const loss of event.losses.filter(isUrgent)) places.add(key(loss.position));
      return event.kind === "runtime-error" && event.repeats !== undefined && places.has(key(event.position));
    },
  };
}

/** What the script prints. */
function showOutput(event: SessionEvent, out: Output, { truncationTrailer }: ViewOptions): void {
  const text = { truncationTrailer };
  switch (event.kind) {
    case "output":
      out.write(event.bytes);
      if (event.type === "syscall") out.write("\n");
      break;
    case "value":
      out.write(Buffer.concat([valueBytes(event.value, text), Buffer.from("\n")]));
      break;
    case "map":
      // What has no samples has no rows, and asked for, no heading either.
      if (isEmptyPlot(event.map) && !event.final) break;
      out.write(
        mapBytes(event.map, event.spec, { ...text, divisor: event.divisor, localTime: localTimeText }),
      );
      break;
    case "bench-results":
      out.write(benchTable(event.results));
      break;
    default:
      break;
  }
}

/** What the verifier said of a program that it took. */
function loadedLines(program: VerifiedProgram, verbose: boolean): readonly string[] {
  const { name, log } = program;
  return [
    ...(log === undefined ? [] : [`verifier log of ${name}:\n${log}`]),
    ...(verbose ? [headroom(program)] : []),
  ];
}

function headroom({ name, verified, limit, instructions }: VerifiedProgram): string {
  const share = ((100 * verified) / limit).toFixed(1);
  return `${name}: ${instructions.toString()} instructions; the verifier followed ${verified.toString()} of ${limit.toString()} (${share} %)`;
}

/** What is said about the run. */
function showRemarks(
  event: SessionEvent,
  say: (line: string) => void,
  { err, quiet, warnings, verbose, renderMessage }: ViewOptions,
): void {
  switch (event.kind) {
    case "attached":
      if (!quiet) say(`Attached ${event.probes.toString()} ${event.probes === 1 ? "probe" : "probes"}`);
      break;
    case "notice":
      if (event.severity === "warning" ? warnings : verbose) say(`${event.severity}: ${event.message}`);
      break;
    case "message":
      if (event.severity === "error" || warnings) err.write(renderMessage(event.severity, event.text, event));
      break;
    case "runtime-error":
      if (warnings) err.write(renderMessage("warning", event.message, event));
      break;
    case "loss":
      for (const loss of event.losses.filter(isUrgent)) say(`warning: ${lossText(loss, loss.lost)}`);
      break;
    case "loaded":
      for (const line of event.programs.flatMap((program) => loadedLines(program, verbose))) say(line);
      break;
    case "verifier":
      err.write(rejectionText(event, { renderMessage, verbose }));
      break;
    case "failed":
      say(`error: ${event.message}`);
      for (const advice of event.advice) say(`  ${advice}`);
      break;
    case "ended":
      for (const line of summaryLines(event.summary, verbose)) say(line);
      break;
    default:
      break;
  }
}
