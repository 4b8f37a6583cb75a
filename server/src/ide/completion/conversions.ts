/** Suggestions in format strings: the conversions that fit the argument they are for. */

import {
  findBuiltin,
  findNodeAt,
  parseFormat,
  showType,
  timeConversions,
  type Call,
  type Parameter,
  type Type,
} from "@probewright/compiler";
import type { Cursor } from "../cursor.ts";
import type { Snapshot } from "../snapshot.ts";
import { complete, noCompletions, type Completion, type Completions } from "./completion.ts";

export function completeConversion(snapshot: Snapshot, cursor: Cursor): Completions {
  const { stringStart, offset, item, itemStart } = cursor;
  if (stringStart === undefined || item === undefined) return noCompletions;
  const text = snapshot.text.slice(stringStart + 1, offset);
  const typed = /%[-+ #0]*\d*[hljzt]*$/.exec(text.replaceAll("%%", "  "))?.[0];
  if (typed === undefined) return noCompletions;
  const at = stringStart - itemStart;
  const call = findNodeAt(item, at).findLast((node) => node.kind === "call");
  if (call === undefined) return noCompletions;
  if (takes(call, at, timeIndex(call))) return complete(ofTime(offset - typed.length));
  const index = formatIndex(call);
  if (!takes(call, at, index)) return noCompletions;
  const place = parseFormat(text.slice(0, text.length - typed.length)).filter(
    ({ kind }) => kind !== "text",
  ).length;
  const value = call.arguments[index + 1 + place];
  const type = value === undefined ? undefined : snapshot.analysis().nodeFacts.at(item, value.id)?.type;
  return complete(fitting(type, offset - typed.length));
}

/** The parameter that is a format of printf. */
function formatIndex(call: Call): number {
  return indexOf(call, ({ form }) => form === "format");
}

/** The one that says how a time is written. */
function timeIndex(call: Call): number {
  return indexOf(call, ({ name, form }) => name === "format" && form === "literal");
}

/** @returns -1 when there is none */
function indexOf({ callee }: Call, matches: (parameter: Parameter) => boolean): number {
  const forms = findBuiltin(callee.text)?.forms ?? [];
  return Math.max(-1, ...forms.map(({ parameters }) => parameters.findIndex(matches)));
}

function takes(call: Call, at: number, index: number): boolean {
  const argument = index === -1 ? undefined : call.arguments[index];
  return argument !== undefined && argument.span.start <= at && at < argument.span.end;
}

function ofTime(from: number): readonly Completion[] {
  return timeConversions.map(({ letter, what }, rank) => ({
    ...{ label: `%${letter}`, kind: "conversion", detail: what, from, rank },
  }));
}

type Row = readonly [conversion: string, what: string];

const rows = {
  signed: [
    ["%lld", "decimal"],
    ["%llx", "hexadecimal"],
    ["%d", "decimal, 32 bits"],
    ["%x", "hexadecimal, 32 bits"],
    ["%c", "one character"],
  ],
  unsigned: [
    ["%llu", "decimal"],
    ["%llx", "hexadecimal"],
    ["%p", "as a pointer"],
    ["%u", "decimal, 32 bits"],
    ["%x", "hexadecimal, 32 bits"],
    ["%c", "one character"],
  ],
  short: [
    ["%d", "decimal"],
    ["%x", "hexadecimal"],
    ["%c", "one character"],
  ],
  // Most numbers that are printed are small, as those of processes: what everybody writes comes first.
  shortUnsigned: [
    ["%d", "decimal"],
    ["%u", "decimal, above 2147483647, too"],
    ["%x", "hexadecimal"],
    ["%c", "one character"],
  ],
  pointer: [
    ["%p", "pointer"],
    ["%llx", "hexadecimal"],
  ],
  buffer: [
    ["%r", "text, other bytes escaped"],
    ["%rx", "hexadecimal"],
    ["%rh", "hexadecimal, without escapes"],
  ],
  any: [["%s", "text"]],
} as const satisfies Readonly<Record<string, readonly Row[]>>;

function rowsFor(type: Type | undefined): readonly Row[] {
  switch (type?.kind) {
    case undefined:
      return [...rows.any, ...rows.signed, ...rows.unsigned, ...rows.buffer];
    case "integer":
      if (type.size < 8) {
        return rows[type.signed ? "short" : "shortUnsigned"];
      }
      return type.enumName === undefined
        ? rows[type.signed ? "signed" : "unsigned"]
        : [...rows.any, ...rows.signed];
    case "pointer":
      return rows.pointer;
    case "boolean":
      return [["%d", "0 or 1"], ...rows.any];
    case "buffer":
      return rows.buffer;
    default:
      return rows.any;
  }
}

function fitting(type: Type | undefined, from: number): readonly Completion[] {
  const seen = new Set<string>();
  return rowsFor(type)
    .filter(([text]) => !seen.has(text) && seen.add(text).has(text))
    .map(([label, what], rank) => ({
      label,
      kind: "conversion",
      detail: type === undefined ? what : `${what}: ${showType(type)}`,
      from,
      rank,
    }));
}
