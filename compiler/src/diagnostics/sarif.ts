/** A SARIF 2.1.0 log: what code-scanning services and editors read. */

import { diagnosticPage, findDiagnostic } from "./catalog.ts";
import type { Fix, Place, Severity } from "./diagnostic.ts";
import { kernelRemark, type Finding } from "./kernels.ts";
import type { Locator } from "./locate.ts";
import { expansions } from "./render.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "note" };

/** The log of one run. Lines and columns count from 1 there, columns in UTF-16 code units. */
export function sarifLog(findings: readonly Finding[], version: string): string {
  const codes = [...new Set(findings.map(({ diagnostic }) => diagnostic.code))];
  const driver = { name: "probewright", version, rules: codes.map(rule) };
  return JSON.stringify({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results: findings.map(result) }],
  });
}

function rule(code: string): object {
  const row = findDiagnostic(code);
  return {
    id: code,
    helpUri: diagnosticPage(code),
    ...(row === undefined
      ? {}
      : {
          name: row.name,
          fullDescription: { text: row.explain },
          defaultConfiguration: { level: levels[row.severity] },
        }),
  };
}

function result(finding: Finding): object {
  const { diagnostic, locator } = finding;
  const { code, severity, message, place, related, hints, fixes } = diagnostic;
  const remark = kernelRemark(finding);
  const text = [message, ...(remark === undefined ? [] : [remark]), ...hints].join("; ");
  const others = [
    ...expansions(place).map((from) => ({ place: from, message: "expanded from here" })),
    ...related,
  ];
  return {
    ruleId: code,
    level: levels[severity],
    message: { text },
    locations: [location(place, locator)],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.map((each) => ({
            ...location(each.place, locator),
            message: { text: each.message },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => change(fix, locator)) }),
  };
}

function location(place: Place, locator: Locator): object {
  const { file, region } = where(place, locator);
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region } };
}

function where(place: Place, locator: Locator): { readonly file: string; readonly region: object } {
  const { file, startLine, startColumn, endLine, endColumn } = locator.position(place);
  const region = {
    startLine: startLine + 1,
    startColumn: startColumn + 1,
    endLine: endLine + 1,
    endColumn: endColumn + 1,
  };
  return { file, region };
}

function change({ title, edits }: Fix, locator: Locator): object {
  return {
    description: { text: title },
    artifactChanges: edits.map(({ place, text }) => {
      const { file, region } = where(place, locator);
      return {
        artifactLocation: { uri: encodeURI(file) },
        replacements: [{ deletedRegion: region, insertedContent: { text } }],
      };
    }),
  };
}
