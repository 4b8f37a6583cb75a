/** What the rows' readers share: counting parts, numbers, periods. */

import type { Diagnostic, Fix, Place } from "../../diagnostics/diagnostic.ts";
import {
  invalidAttachPointNumber,
  missingAttachPointPart,
  periodTooShort,
  unknownUnit,
  wrongAttachPointParts,
} from "../../diagnostics/catalog/probes.ts";
import { durations, readNumber } from "../../syntax/numbers.ts";
import type { AttachSpec } from "../attach-spec.ts";
import { periodMeant } from "../other-attach-points.ts";
import type { Part, ReadResult } from "../probe-type.ts";

export function accept(spec: AttachSpec): ReadResult {
  return { ok: true, spec };
}

export function refuse(report: (place: Place) => Diagnostic): ReadResult {
  return { ok: false, report };
}

/** @param meant the whole attach point as it should be, where that can be told */
export function wrongParts(probeType: string, forms: readonly string[], meant?: string): ReadResult {
  return refuse((place) =>
    wrongAttachPointParts(place, { probeType, forms, meant }, { fixes: changeTo(place, meant) }),
  );
}

function changeTo(place: Place, meant: string | undefined): readonly Fix[] {
  if (meant === undefined) return [];
  return [{ title: `Change to ${meant}`, edits: [{ place, text: meant }], automatic: false }];
}

export function missingPart(probeType: string, part: string, form: string): ReadResult {
  return refuse((place) => missingAttachPointPart(place, { probeType, part, form }));
}

export function badNumber(text: string, part: string): ReadResult {
  return refuse((place) => invalidAttachPointNumber(place, { text, part }));
}

/** The texts of parts that are separated by colons only; undefined when there is an `@`. */
export function colonTexts(parts: readonly Part[]): readonly string[] | undefined {
  return parts.some((part) => part.separator === "@") ? undefined : parts.map((part) => part.text);
}

const units: ReadonlyMap<string, bigint> = new Map([
  ["s", 1_000_000_000n],
  ["ms", 1_000_000n],
  ["us", 1_000n],
]);

/** `UNIT:COUNT` or `DURATION`, as `profile` and `interval` take. */
export function readPeriod(
  kind: "profile" | "interval",
  parts: readonly Part[],
  forms: readonly string[],
): ReadResult {
  const texts = colonTexts(parts);
  if (texts === undefined || texts.length === 0 || texts.length > 2) return wrongParts(kind, forms);
  const [first = "", second] = texts;
  if (second === undefined) return readBarePeriod(kind, first, forms);
  const count = readNumber(second);
  const unit = units.get(first);
  if (unit === undefined && first !== "hz") return wrongUnit(kind, texts);
  if (second === "") return missingPart(kind, "a count", forms[0] ?? kind);
  if (count === undefined || count <= 0n) return badNumber(second, unit === undefined ? "rate" : "period");
  return accept({
    kind,
    period: unit === undefined ? { hertz: count } : { nanoseconds: count * unit },
    named: `${first}:${count.toString()}`,
    written: texts.join(":"),
  });
}

function wrongUnit(kind: "profile" | "interval", texts: readonly string[]): ReadResult {
  const meant = periodMeant(kind, texts.join(":"));
  const facts = { unit: texts[0] ?? "", meant };
  return refuse((place) => unknownUnit(place, facts, { fixes: changeTo(place, meant) }));
}

function readBarePeriod(kind: "profile" | "interval", text: string, forms: readonly string[]): ReadResult {
  if (text === "hz" || units.has(text)) return missingPart(kind, "a count", forms[0] ?? kind);
  const count = readNumber(text);
  if (text === "" || count === undefined) return wrongParts(kind, forms, periodMeant(kind, text));
  if (count <= 0n) return badNumber(text, "period");
  if (count < (durations.get("us") ?? 0n)) {
    const meant = `${kind}:${kind === "profile" ? "hz" : "s"}:${text}`;
    return refuse((place) => periodTooShort(place, { text, meant }, { fixes: changeTo(place, meant) }));
  }
  const microseconds = count / 1000n;
  return accept({
    kind,
    period: { nanoseconds: microseconds * 1000n },
    named: `us:${microseconds.toString()}`,
    written: text,
  });
}

/** `NAME` or `NAME+OFFSET`; undefined when the offset is malformed or there are two. */
export function readOffset(text: string): { readonly name: string; readonly offset: bigint } | undefined {
  const [name = "", offset, ...more] = text.split("+");
  if (offset === undefined) return { name, offset: 0n };
  const value = readNumber(offset);
  return more.length > 0 || value === undefined || value < 0n ? undefined : { name, offset: value };
}
