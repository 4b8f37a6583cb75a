/** Findings of one script on several kernels: each once, with the kernels it is true of. */

import type { Diagnostic } from "./diagnostic.ts";
import type { Locator } from "./locate.ts";

/** A finding and how to locate it. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly locator: Locator;
  /** Names of the kernels it is true of, when not of all that were asked about. */
  readonly kernels: readonly string[] | undefined;
  /** The other ones. */
  readonly otherKernels: readonly string[];
}

/** What checking a script on one kernel found. */
export interface KernelFindings {
  readonly kernel: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly locator: Locator;
}

/** @returns in the order of the first kernel that has it, errors before warnings before hints */
export function mergeFindings(checks: readonly KernelFindings[]): readonly Finding[] {
  const names = checks.map(({ kernel }) => kernel);
  const merged = new Map<string, { diagnostic: Diagnostic; locator: Locator; kernels: string[] }>();
  for (const { kernel, diagnostics, locator } of checks) {
    for (const diagnostic of diagnostics) {
      const key = identity(diagnostic, locator);
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { diagnostic, locator, kernels: [kernel] });
      else if (!known.kernels.includes(kernel)) known.kernels.push(kernel);
    }
  }
  return [...merged.values()]
    .map(({ kernels, ...rest }) => {
      const otherKernels = names.filter((name) => !kernels.includes(name));
      return { ...rest, otherKernels, kernels: otherKernels.length === 0 ? undefined : kernels };
    })
    .sort((left, right) => order[left.diagnostic.severity] - order[right.diagnostic.severity]);
}

const order = { error: 0, warning: 1, hint: 2 } as const;

/** Messages may name the kernel, so the same finding is what has the same code at the same place. */
function identity({ code, severity, place }: Diagnostic, locator: Locator): string {
  const { file, startLine, startColumn, endLine, endColumn } = locator.position(place);
  return [code, severity, startLine, startColumn, endLine, endColumn, file].join(" ");
}

/** Which kernels lack something, in words; undefined when it is the same on all. */
export function kernelRemark({ diagnostic, kernels, otherKernels }: Finding): string | undefined {
  if (kernels === undefined) return undefined;
  const verb = diagnostic.severity === "error" ? "missing on" : "only on";
  return `${verb} ${kernels.join(", ")}; not so on ${otherKernels.join(", ")}`;
}
