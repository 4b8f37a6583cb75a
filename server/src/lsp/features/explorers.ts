/** Requests of ours for the views beside the text: probes, kernel types, the stack, what a script takes and tests. */

import type { Range } from "vscode-languageserver";

import { probeDetails, probesUnder, searchProbes } from "../../ide/explore-probes.ts";
import { fieldsOf, searchTypes } from "../../ide/explore-types.ts";
import { scriptFacts } from "../../ide/script-facts.ts";
import { stackRows } from "../../ide/stack-view.ts";
import type { MeasureOf } from "../../ide/stack.ts";
import {
  requests,
  type ExploreProbesParams,
  type ProbeNodesResult,
  type ScriptFactsResult,
  type ScriptParams,
  type SearchTypesParams,
  type StackResult,
  type TypeFieldsResult,
  type TypeNamesResult,
} from "../../protocol.ts";
import type { OpenDocument } from "../documents.ts";
import { toRange } from "../to-proto.ts";
import type { Feature } from "./feature.ts";

export const explorers: Feature = {
  name: "explorers",
  does: "For views beside the text: probes, types, the stack, what a script takes, its tests.",
  requests: ["probewright/…"],
  test: "server/src/ide/explore.test.ts",
  capabilities: {},
  register: (connection, { documents, facts, measures }) => {
    connection.onRequest(requests.scriptFacts, ({ uri }: ScriptParams): ScriptFactsResult | null => {
      const document = documents.get(uri);
      if (document === undefined) return null;
      const { positional, named, tests } = scriptFacts(document.snapshot);
      return {
        positional,
        named,
        tests: tests.map(({ mode, name, span }) => ({ mode, name, range: toRange(document.text, span) })),
      };
    });
    connection.onRequest(requests.scriptStack, ({ uri }: ScriptParams): StackResult | null => {
      const document = documents.get(uri);
      return document === undefined ? null : stackResult(document, measures.of);
    });
    connection.onRequest(
      requests.exploreProbes,
      ({ path, query }: ExploreProbesParams): ProbeNodesResult =>
        query === undefined ? probesUnder(path, facts()) : searchProbes(query, facts()),
    );
    connection.onRequest(requests.probeDetails, ({ probe }: { readonly probe: string }): readonly string[] =>
      probeDetails(probe, facts()),
    );
    connection.onRequest(
      requests.searchTypes,
      ({ query }: SearchTypesParams): TypeNamesResult => searchTypes(query, facts()),
    );
    connection.onRequest(
      requests.typeFields,
      ({ name }: { readonly name: string }): TypeFieldsResult | null => fieldsOf(name, facts()) ?? null,
    );
  },
};

function stackResult({ text, snapshot }: OpenDocument, measureOf: MeasureOf): StackResult | null {
  const rows = stackRows(snapshot, measureOf);
  if (rows === undefined) return null;
  const range = (span: Parameters<typeof toRange>[1] | undefined): Range | undefined =>
    span === undefined ? undefined : toRange(text, span);
  return rows.map(({ span, objects, ...row }) => ({
    ...row,
    range: range(span),
    objects: objects.map(({ span: at, ...object }) => ({ ...object, range: range(at) })),
  }));
}
