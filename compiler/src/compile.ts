/** The passes, in order: syntax trees and facts in, findings and a core tree out; then code. */

import { analyze, type Analysis, type AnalysisInput } from "./analysis/analyze.ts";
import { once } from "./base/once.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { syntaxDiagnostics } from "./diagnostics/catalog/syntax.ts";

/** What is known about a script after checking it. */
export interface Check extends Analysis {
  /** Syntax and analysis together: errors first, then warnings, then hints. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses nothing and reads nothing: the script is lowered already, and facts answer at once. */
export function check(input: AnalysisInput): Check {
  return withSyntax(analyze(input), input.script);
}

/** Findings are gathered when they are first asked for, as in the analysis. */
function withSyntax(analysis: Analysis, script: AnalysisInput["script"]): Check {
  const { incomplete, nodeFacts, files, cFunctions, matches, instances, structs, remembered } = analysis;
  const found = once(() => {
    const syntax = syntaxDiagnostics(script);
    const errors = syntax.filter(({ severity }) => severity === "error");
    const rest = syntax.filter(({ severity }) => severity !== "error");
    return { errors, diagnostics: [...errors, ...analysis.diagnostics, ...rest] };
  });
  return {
    ...{ incomplete, nodeFacts, files, cFunctions, matches, instances, structs, remembered },
    get core() {
      // A program with a hole in it must not run, however well the rest of it checks.
      return found().errors.length > 0 ? undefined : analysis.core;
    },
    get diagnostics() {
      return found().diagnostics;
    },
  };
}
