/** Every finding there is, one row a code: for explanation pages, and for whoever is handed a code. */

import * as access from "./catalog/access.ts";
import * as calls from "./catalog/calls.ts";
import * as config from "./catalog/config.ts";
import * as controlFlow from "./catalog/control-flow.ts";
import * as imports from "./catalog/imports.ts";
import * as lints from "./catalog/lints.ts";
import * as macros from "./catalog/macros.ts";
import * as maps from "./catalog/maps.ts";
import * as names from "./catalog/names.ts";
import * as output from "./catalog/output.ts";
import * as probes from "./catalog/probes.ts";
import * as stack from "./catalog/stack.ts";
import { syntaxRows } from "./catalog/syntax.ts";
import * as types from "./catalog/types.ts";
import { verifierRows } from "./catalog/verifier.ts";
import type { DiagnosticRow } from "./row.ts";

/** What is known of a finding before it is found. */
export type CatalogRow = Omit<DiagnosticRow<never>, "message">;

const analysis = [access, calls, config, controlFlow, imports, lints, macros, maps, names, output, probes];

/** In order of their codes. */
export const diagnosticRows: readonly CatalogRow[] = [
  ...Object.values(syntaxRows).map(({ raise }): CatalogRow => raise),
  ...verifierRows.map(({ raise }): CatalogRow => raise),
  ...[...analysis, stack, types].flatMap((file) => Object.values(file) as readonly CatalogRow[]),
].sort((left, right) => (left.code < right.code ? -1 : 1));

const byCode: ReadonlyMap<string, CatalogRow> = new Map(diagnosticRows.map((row) => [row.code, row]));

/** @param code `PW2001`, in capitals or not, with `PW` or without */
export function findDiagnostic(code: string): CatalogRow | undefined {
  const number = /^(?:PW)?(\d{4})$/i.exec(code.trim())?.[1];
  return number === undefined ? undefined : byCode.get(`PW${number}`);
}

const PAGES = "https://github.com/probewright/probewright/blob/main/docs/diagnostics";

/** Address of the page that explains a code. */
export function diagnosticPage(code: string): string {
  return `${PAGES}/${code}.md`;
}

/** That page: the rule, why it is so, the usual way out, and a program that breaks it. Markdown. */
export function explainDiagnostic({ code, name, severity, explain, example }: CatalogRow): string {
  const shown = example === "" ? "" : `\n## Example\n\n\`\`\`bpftrace\n${example}\n\`\`\`\n`;
  return `# ${code}: ${name}\n\nSeverity: ${severity}.\n\n${explain}\n${shown}`;
}
