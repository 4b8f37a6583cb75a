/** What the tests of this room share: a program with claims becomes a snapshot. */

import { noKernelFacts, openDocument, type KernelFacts, type Span } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import { readFixture, type Fixture } from "@probewright/tests/harness/fixture";

import { takeSnapshot, type Snapshot } from "../snapshot.ts";

export interface Opened extends Fixture {
  readonly snapshot: Snapshot;
  /** Where `<|>` stood. */
  readonly at: number;
}

/** @throws Error when the native parser is not built */
export function open(marked: string, facts: KernelFacts = noKernelFacts(), uri = "file:///test.bt"): Opened {
  const fixture = readFixture(marked);
  const parser = nativeParser();
  const document = openDocument(fixture.source, parser);
  const snapshot = takeSnapshot(uri, 1, document, facts, parser);
  return { ...fixture, snapshot, at: fixture.cursor ?? 0 };
}

/** Findings spelt as claims: `START-END TEXT`, in order of the program. */
export function spell(found: readonly (Span & { readonly text: string })[]): readonly string[] {
  return [...found]
    .sort((left, right) => left.start - right.start || left.end - right.end)
    .map(({ start, end, text }) => `${start.toString()}-${end.toString()} ${text}`);
}
