/** From the attach point as written to what it asks for: positional parameters, provider, parts, then the row's reader. */

import { nearest } from "../base/nearest.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import { positionalInAttachPoint, unknownProbeType } from "../diagnostics/catalog/probes.ts";
import type { AttachPoint } from "../syntax/ast.ts";
import { matcher, type AttachSpec } from "./attach-spec.ts";
import { findProbeType, probeTypes } from "./catalog.ts";
import { attachPointElsewhere } from "./other-attach-points.ts";
import type { Part, ProbeType, ReadOptions } from "./probe-type.ts";

/** One meaning of an attach point; a wildcard in the provider gives several. */
export interface ReadAttachPoint {
  readonly probeType: ProbeType;
  readonly spec: AttachSpec;
  /** From a provider wildcard: a spec that matches nothing is then no mistake. */
  readonly optional: boolean;
}

export interface ReadAttachPointResult {
  readonly specs: readonly ReadAttachPoint[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param parameters the positional parameters of the command line, `$1` first */
export function readAttachPoint(
  point: AttachPoint,
  place: Place,
  parameters: readonly string[],
  options: ReadOptions,
): ReadAttachPointResult {
  const cut = substituteParameters(point, parameters);
  if (!cut.ok) return { specs: [], diagnostics: [positionalInAttachPoint(place, { text: cut.text })] };
  const [provider, ...parts] = cut.parts;
  const name = provider?.text ?? "";
  if (name.includes("*")) return readProviderPattern(name, parts, place, options);
  const probeType = findProbeType(name);
  if (probeType === undefined) {
    const byName = parts.length === 0 ? options.named?.(name) : undefined;
    const whole = attachPointElsewhere(point.text) ?? byName;
    const near = whole ?? nearest(name, probeTypeNames());
    const edit = {
      place: whole === undefined ? { ...place, span: point.provider.span } : place,
      text: near ?? "",
    };
    const fixes = near === undefined ? [] : [{ title: `Change to ${near}`, edits: [edit], automatic: false }];
    return { specs: [], diagnostics: [unknownProbeType(place, { name, nearest: near }, { fixes })] };
  }
  const read = probeType.read(parts, options);
  if (!read.ok) return { specs: [], diagnostics: [read.report(place)] };
  return { specs: [{ probeType, spec: read.spec, optional: false }], diagnostics: [] };
}

function probeTypeNames(): readonly string[] {
  return probeTypes.flatMap((row) => [row.name, ...row.aliases]);
}

/** A provider with a wildcard means each listed type whose form the parts fit. */
function readProviderPattern(
  pattern: string,
  parts: readonly Part[],
  place: Place,
  options: ReadOptions,
): ReadAttachPointResult {
  const matches = matcher(pattern.toLowerCase());
  const listing = options.hasPid || (parts[0]?.text.includes("/") ?? false) ? "user" : "kernel";
  const rows = probeTypes.filter((row) => row.listing === listing && matches(row.name));
  const padded: readonly Part[] = parts.length > 0 ? parts : [{ text: "*", separator: ":", quoted: false }];
  const specs = rows.flatMap((probeType): readonly ReadAttachPoint[] => {
    const read = probeType.read(padded, options);
    return read.ok ? [{ probeType, spec: read.spec, optional: true }] : [];
  });
  if (specs.length > 0) return { specs, diagnostics: [] };
  return { specs, diagnostics: [unknownProbeType(place, { name: pattern, nearest: undefined })] };
}

type Cut =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly text: string };

function substituteParameters(point: AttachPoint, parameters: readonly string[]): Cut {
  const parts: Part[] = [];
  for (const part of [point.provider, ...point.parts]) {
    if (part.quoted || !part.text.includes("$")) {
      parts.push(part);
      continue;
    }
    const wrong = /\$(?!\d)|\$0|\$\d{16,}/.exec(part.text);
    if (wrong !== null) return { ok: false, text: /\$\w*/.exec(part.text.slice(wrong.index))?.[0] ?? "$" };
    const text = part.text.replace(/\$(\d+)/g, (_, digits: string) => parameters[Number(digits) - 1] ?? "");
    parts.push(...cutAgain(text, part.separator));
  }
  return { ok: true, parts };
}

/** A parameter's text may bring separators of its own. */
function cutAgain(text: string, first: Part["separator"]): readonly Part[] {
  const parts: Part[] = [];
  let separator = first;
  for (const piece of text.split(/([:@])/)) {
    if (piece === ":" || piece === "@") separator = piece;
    else parts.push({ text: piece, separator, quoted: false });
  }
  return parts;
}
