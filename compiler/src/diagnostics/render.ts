/** Diagnostics for people at a terminal and for programs: text with the line underlined, and NDJSON. */

import { diagnosticPage } from "./catalog.ts";
import type { Diagnostic, Place, Severity } from "./diagnostic.ts";
import type { Locator, Position } from "./locate.ts";

export interface RenderOptions {
  readonly color: boolean;
  /** A line below the source, e.g. which kernels it is about. */
  readonly remark?: string | undefined;
}

const colors: Readonly<Record<Severity, string>> = {
  error: "\u001b[31m",
  warning: "\u001b[33m",
  hint: "\u001b[36m",
};
const RESET = "\u001b[0m";

/**
 * @returns `FILE:LINE:C1-C2: error[PW2001]: message`, the source line with the place underlined, then related places and hints;
 *   lines and columns count from 1
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  locator: Locator,
  { color, remark }: RenderOptions,
): string {
  const { severity, code, message, place, related, hints } = diagnostic;
  const paint = (text: string): string => (color ? `${colors[severity]}${text}${RESET}` : text);
  const lines = [
    `${where(locator.position(place))}: ${paint(`${severity}[${code}]:`)} ${message}`,
    ...underlined(place, locator),
    ...(remark === undefined ? [] : [`  ${remark}`]),
  ];
  for (const from of expansions(place)) {
    lines.push(`  expanded from ${where(locator.position(from))}`, ...underlined(from, locator).map(indent));
  }
  for (const each of related) {
    lines.push(
      `  ${where(locator.position(each.place))}: ${each.message}`,
      ...underlined(each.place, locator).map(indent),
    );
  }
  for (const hint of hints) lines.push(`  hint: ${hint}`);
  return `${lines.join("\n")}\n`;
}

/** The macro calls that code at a place comes from, innermost first. */
export function expansions(place: Place): readonly Place[] {
  const { expandedFrom } = place;
  return expandedFrom === undefined ? [] : [expandedFrom, ...expansions(expandedFrom)];
}

function indent(line: string): string {
  return `  ${line}`;
}

function where({ file, startLine, startColumn, endLine, endColumn }: Position): string {
  if (startLine !== endLine) return `${file}:${(startLine + 1).toString()}-${(endLine + 1).toString()}`;
  const last = Math.max(startColumn + 1, endColumn);
  return `${file}:${(startLine + 1).toString()}:${(startColumn + 1).toString()}-${last.toString()}`;
}

/** The line and its marks; nothing for a place of several lines, which its first line would misrepresent. */
function underlined(place: Place, locator: Locator): readonly string[] {
  const { file, startLine, startColumn, endLine, endColumn } = locator.position(place);
  const line = locator.line(file, startLine);
  if (startLine !== endLine || line === "") return [];
  const blank = line.slice(0, startColumn).replace(/[^\t]/g, " ");
  return [line, `${blank}${"~".repeat(Math.max(1, endColumn - startColumn))}`];
}

/** A range as LSP has it. */
export interface JsonRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

function rangeOf({ startLine, startColumn, endLine, endColumn }: Position): JsonRange {
  return { start: { line: startLine, character: startColumn }, end: { line: endLine, character: endColumn } };
}

/** One line of `check --format json`, without its end. @param kernels those it is true of, when not of all that are checked */
export function diagnosticJson(
  diagnostic: Diagnostic,
  locator: Locator,
  kernels?: readonly string[],
): string {
  const { code, severity, message, place, related, fixes, hints } = diagnostic;
  const position = locator.position(place);
  const spot = (at: Place): { readonly file: string; readonly range: JsonRange } => {
    const found = locator.position(at);
    return { file: found.file, range: rangeOf(found) };
  };
  return JSON.stringify({
    file: position.file,
    code,
    severity,
    message,
    range: rangeOf(position),
    related: [
      ...expansions(place).map((from) => ({ ...spot(from), message: "expanded from here" })),
      ...related.map((each) => ({ ...spot(each.place), message: each.message })),
    ],
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(({ place: at, text }) => ({ ...spot(at), text })),
    })),
    ...(hints.length > 0 ? { hints } : {}),
    ...(kernels === undefined ? {} : { kernels }),
    page: diagnosticPage(code),
  });
}
