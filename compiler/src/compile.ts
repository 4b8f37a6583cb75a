/** The passes, in order: syntax trees and facts in, findings and a core tree out; then code. */

import { analyze, type Analysis, type AnalysisInput } from "./analysis/analyze.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { syntaxDiagnostics } from "./diagnostics/catalog/syntax.ts";

/** What is known about a script after checking it. */
export interface Check extends Analysis {
  /** Syntax and analysis together: errors first, then warnings, then hints. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses nothing and reads nothing: the script is lowered already, and facts answer at once. */
export function check(input: AnalysisInput): Check {
  const syntax = syntaxDiagnostics(input.script);
  const analysis = analyze(input);
  const errors = syntax.filter(({ severity }) => severity === "error");
  const rest = syntax.filter(({ severity }) => severity !== "error");
  return {
    ...analysis,
    // A program with a hole in it must not run, however well the rest of it checks.
    core: errors.length > 0 ? undefined : analysis.core,
    diagnostics: [...errors, ...analysis.diagnostics, ...rest],
  };
}
