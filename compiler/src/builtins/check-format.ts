/** The values of a printf call against its format. */

import {
  conversionType,
  formatArgumentCount,
  unknownConversion,
  notPrintable,
} from "../diagnostics/catalog/output.ts";
import type { Type } from "../types/type.ts";
import { describe } from "../types/show.ts";
import { isValue } from "../types/relations.ts";
import { printable } from "./accepts.ts";
import type { Argument, CallSite } from "./call-site.ts";
import { parseFormat, type FormatConversion, type FormatSpecifier } from "./format.ts";

type Family = "number" | "buffer" | "flags" | "any";

const families: Readonly<Record<FormatSpecifier, Family>> = {
  d: "number",
  i: "number",
  u: "number",
  o: "number",
  x: "number",
  X: "number",
  c: "number",
  p: "number",
  s: "any",
  r: "buffer",
  rx: "buffer",
  rh: "buffer",
  gr: "flags",
};

const expectations: Readonly<
  Record<Family, { readonly text: string; readonly test: (type: Type) => boolean }>
> = {
  number: {
    text: "a number",
    test: ({ kind }) => kind === "integer" || kind === "boolean" || kind === "pointer",
  },
  buffer: { text: "a buffer", test: ({ kind }) => kind === "buffer" },
  flags: { text: "an integer", test: ({ kind }) => kind === "integer" },
  any: { text: "a printable value", test: (type) => printable.test(type) },
};

export function checkFormat(call: CallSite): void {
  const [format, ...values] = call.arguments;
  if (format?.constant?.kind !== "string") return;
  const pieces = parseFormat(format.constant.value);
  const conversions: FormatConversion[] = [];
  for (const piece of pieces) {
    if (piece.kind === "conversion") conversions.push(piece);
    if (piece.kind === "unsupported") {
      call.report(unknownConversion(format.place, { conversion: piece.text, hint: hintFor(piece.text) }));
      return;
    }
    // What was no conversion is text; with values left over it was meant as one.
    const strange = piece.kind === "text" ? /%\S?/.exec(piece.text) : null;
    if (strange !== null && values.length > countConversions(pieces)) {
      call.report(unknownConversion(format.place, { conversion: strange[0], hint: "" }));
      return;
    }
  }
  if (conversions.length !== values.length) {
    call.report(formatArgumentCount(format.place, { wanted: conversions.length, got: values.length }));
    return;
  }
  for (const [i, conversion] of conversions.entries()) {
    const given = values[i];
    if (given !== undefined) checkValue(conversion, given, call);
  }
}

function countConversions(pieces: ReturnType<typeof parseFormat>): number {
  return pieces.filter((piece) => piece.kind === "conversion").length;
}

function hintFor(conversion: string): string {
  return /[fFeEgGaA]$/.test(conversion) ? ": there are no floating-point numbers" : "";
}

function checkValue(
  { specifier, text }: FormatConversion,
  { expression, place }: Argument,
  call: CallSite,
): void {
  const { type } = expression;
  if (!isValue(type)) {
    call.report(notPrintable(place, { type: describe(type) }));
    return;
  }
  const expected = expectations[families[specifier]];
  if (expected.test(type)) return;
  call.report(conversionType(place, { conversion: text, expected: expected.text, got: describe(type) }));
}
