/** The values of a call against its format: of printf and its like, and of the kernel's own printing. */

import {
  conversionType,
  formatArgumentCount,
  unknownConversion,
  notPrintable,
} from "../diagnostics/catalog/output.ts";
import { zeroPaddingDiffers } from "../diagnostics/catalog/lints.ts";
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
  checkConversions(call, (conversion, given) => {
    checkValue(conversion, given, call);
  });
}

/** Conversions that the kernel's own printing has for what we hand it: 64-bit integers and strings. */
const kernelExpectations: Partial<
  Record<FormatSpecifier, { readonly text: string; readonly kind: Type["kind"] }>
> = {
  d: { text: "an integer", kind: "integer" },
  u: { text: "an integer", kind: "integer" },
  x: { text: "an integer", kind: "integer" },
  p: { text: "an integer", kind: "integer" },
  s: { text: "a string", kind: "string" },
};

export function checkKernelFormat(call: CallSite): void {
  const [format] = call.arguments;
  checkConversions(call, ({ specifier, text }, { expression: { type }, place }) => {
    const expected = kernelExpectations[specifier];
    if (expected === undefined) {
      const hint = ` by '${call.name}', which knows %d, %u, %x, %p and %s`;
      call.report(unknownConversion(format?.place ?? place, { conversion: text, hint }));
    } else if (type.kind !== expected.kind) {
      call.report(conversionType(place, { conversion: text, expected: expected.text, got: describe(type) }));
    }
  });
}

/** @param check what a conversion prints, once their number is right */
function checkConversions(
  call: CallSite,
  check: (conversion: FormatConversion, given: Argument) => void,
): void {
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
    if (given !== undefined) check(conversion, given);
  }
}

function countConversions(pieces: ReturnType<typeof parseFormat>): number {
  return pieces.filter((piece) => piece.kind === "conversion").length;
}

function hintFor(conversion: string): string {
  return /[fFeEgGaA]$/.test(conversion) ? ": there are no floating-point numbers" : "";
}

/** Stock bpftrace fills with zeros without a look at signs, prefixes and sides. */
function isPaddedOtherwise(conversion: FormatConversion, type: Type): boolean {
  const { specifier, zeroPad, width } = conversion;
  if (!zeroPad || width < 2 || families[specifier] !== "number") return false;
  if (conversion.leftAlign || conversion.plusSign || conversion.alternate) return true;
  return (specifier === "d" || specifier === "i") && type.kind === "integer" && type.signed;
}

function checkValue(conversion: FormatConversion, { expression, place }: Argument, call: CallSite): void {
  const { specifier, text } = conversion;
  const { type } = expression;
  if (!isValue(type)) {
    call.report(notPrintable(place, { type: describe(type) }));
    return;
  }
  if (isPaddedOtherwise(conversion, type)) call.report(zeroPaddingDiffers(place, { conversion: text }));
  const expected = expectations[families[specifier]];
  if (expected.test(type)) return;
  call.report(conversionType(place, { conversion: text, expected: expected.text, got: describe(type) }));
}
