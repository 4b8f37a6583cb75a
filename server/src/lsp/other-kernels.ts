/** What a script lacks on the other kernels that it is checked for, each finding once, with the names of the kernels. */

import type { Diagnostic } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import type { Diagnostic as LspDiagnostic } from "vscode-languageserver";

import { withoutConsequences } from "../ide/consequences.ts";
import { takeSnapshot, type Snapshot } from "../ide/snapshot.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import type { OpenedKernel } from "./kernels.ts";
import { toDiagnostic } from "./to-proto.ts";

const known = new WeakMap<Snapshot, readonly LspDiagnostic[]>();

/**
 * @param kernels all but the first: what that one finds is said already
 * @param documents keep the analyses of the version before, which are replaced
 */
export function otherKernelFindings(
  { uri, text, snapshot }: OpenDocument,
  kernels: readonly OpenedKernel[],
  parser: SyntaxParser,
  documents: Pick<Documents, "others">,
): readonly LspDiagnostic[] {
  if (kernels.length === 0) return [];
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const own = new Set(snapshot.analysis().diagnostics.map(identity));
  const analyses = documents.others(uri);
  const found = new Map<
    string,
    { readonly diagnostic: LspDiagnostic; readonly message: string; readonly names: string[] }
  >();
  for (const { facts } of kernels) {
    const there = takeSnapshot(snapshot.uri, snapshot.version, snapshot, facts, parser, analyses.get(facts));
    analyses.set(facts, there.analysis());
    for (const each of withoutConsequences(there.script, there.analysis().diagnostics)) {
      if (own.has(identity(each))) continue;
      const diagnostic = toDiagnostic(there, text, each);
      if (diagnostic === undefined) continue;
      const key = JSON.stringify([diagnostic.code, diagnostic.range]);
      const met = found.get(key);
      const { message } = each;
      if (met === undefined) found.set(key, { diagnostic, message, names: [facts.name] });
      else met.names.push(facts.name);
    }
  }
  const findings = [...found.values()].map(({ diagnostic, message, names }) => ({
    ...diagnostic,
    message: `${message}\n(on ${names.join(", ")})`,
  }));
  known.set(snapshot, findings);
  return findings;
}

/** Messages may name the kernel, so the same finding is what has the same code at the same place. */
function identity({ code, place }: Diagnostic): string {
  return `${code} ${place.span.start} ${place.span.end} ${place.item.text}`;
}
