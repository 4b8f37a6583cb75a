/** The shape of one row of the diagnostic catalog, and how a row becomes a function that raises it. */

import type { Diagnostic, Fix, Place, Related, Severity } from "./diagnostic.ts";

export interface DiagnosticRow<Facts> {
  readonly code: `PW${number}`;
  /** Short kebab-case name of the class, e.g. `undefined-variable`; stable like the code. */
  readonly name: string;
  readonly severity: Severity;
  /** One sentence without full stop that names the thing at fault. */
  readonly message: (facts: Facts) => string;
  /** Markdown for `docs/diagnostics`: the rule, why it is so, and the usual way out. */
  readonly explain: string;
  /** A program that raises it, with the finding's place marked by a line of carets below. */
  readonly example: string;
  readonly tags?: Diagnostic["tags"];
}

/** What a raised diagnostic may carry beside its message. */
export interface Extras {
  readonly related?: readonly Related[];
  readonly hints?: readonly string[];
  readonly fixes?: readonly Fix[];
  /** Overrides the row's severity, e.g. for `missing_probes = "warn"`. */
  readonly severity?: Severity;
}

export type Raise<Facts> = ((place: Place, facts: Facts, extras?: Extras) => Diagnostic) &
  DiagnosticRow<Facts>;

/** Turns a row into a constructor, so that raising a diagnostic is one typed call. */
export function diagnosticRow<Facts>(row: DiagnosticRow<Facts>): Raise<Facts> {
  const raise = (place: Place, facts: Facts, extras: Extras = {}): Diagnostic => ({
    code: row.code,
    severity: extras.severity ?? row.severity,
    message: row.message(facts),
    place,
    related: extras.related ?? [],
    hints: extras.hints ?? [],
    fixes: extras.fixes ?? [],
    tags: row.tags ?? [],
  });
  // Not Object.assign: a function's own `name` is read-only.
  Object.defineProperty(raise, "name", { value: row.name });
  const { name: _name, ...rest } = row;
  return Object.assign(raise, rest);
}
