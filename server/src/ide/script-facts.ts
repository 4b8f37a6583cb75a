/** What a client must know of a script before it runs it: the parameters it takes, and its tests and benchmarks. */

import { walk, type Span } from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";

export interface ScriptFacts {
  /** The greatest N of `$N`. */
  readonly positional: number;
  readonly named: readonly NamedParameterFact[];
  readonly tests: readonly ScriptTest[];
}

export interface NamedParameterFact {
  readonly name: string;
  readonly kind: "boolean" | "integer" | "string";
  readonly default: string;
  readonly description: string | undefined;
}

/** A `test:` or `bench:` probe. */
export interface ScriptTest {
  readonly mode: "test" | "bench";
  readonly name: string;
  readonly span: Span;
}

export function scriptFacts({ script, analysis }: Snapshot): ScriptFacts {
  let positional = 0;
  const tests: ScriptTest[] = [];
  for (const { item, start } of script.items) {
    walk(item, (node) => {
      if (node.kind === "positional-parameter") positional = Math.max(positional, node.index);
    });
    if (item.kind !== "probe") continue;
    for (const { provider, parts, text } of item.attachPoints) {
      const mode = provider.text.toLowerCase();
      if (mode === "test" || mode === "bench") {
        tests.push({ mode, name: parts[0]?.text ?? text, span: { start, end: start + item.text.length } });
      }
      for (const part of parts) {
        const index = Number(/^\$(\d+)$/.exec(part.text)?.[1] ?? 0);
        positional = Math.max(positional, index);
      }
    }
  }
  const named = (analysis().core?.namedParameters ?? []).map((parameter) => ({
    name: parameter.name,
    kind:
      parameter.default.kind === "integer" || parameter.default.kind === "boolean"
        ? parameter.default.kind
        : ("string" as const),
    default: String(parameter.default.value),
    description: parameter.description,
  }));
  return { positional, named, tests };
}
