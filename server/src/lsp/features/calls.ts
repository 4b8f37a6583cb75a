/** `textDocument/prepareCallHierarchy` and the calls to and from an item. */

import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyPrepareParams,
} from "vscode-languageserver";

import { callNodeAt, incomingCalls, outgoingCalls, type CallNode } from "../../ide/calls.ts";
import type { OpenDocument } from "../documents.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const callHierarchy: Feature = {
  name: "call hierarchy",
  does: "From probes through macros to functions, and back.",
  requests: [
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
  ],
  test: "server/src/ide/go-to.test.ts",
  capabilities: { callHierarchyProvider: true },
  register: (connection, context) => {
    const { callHierarchy: calls } = connection.languages;
    calls.onPrepare(
      about<CallHierarchyPrepareParams, CallHierarchyItem[] | null>(
        context,
        null,
        (document, { position }) => {
          const node = callNodeAt(document.snapshot, document.text.offsetAt(position));
          return node === undefined ? null : [toItem(document, node)];
        },
      ),
    );
    calls.onIncomingCalls(({ item }): CallHierarchyIncomingCall[] => {
      const document = context.documents.get(item.uri);
      const node = document === undefined ? undefined : nodeOf(document, item);
      if (document === undefined || node === undefined) return [];
      return incomingCalls(document.snapshot, node).map((edge) => ({
        from: toItem(document, edge.node),
        fromRanges: edge.places.map((place) => toRange(document.text, place)),
      }));
    });
    calls.onOutgoingCalls(({ item }): CallHierarchyOutgoingCall[] => {
      const document = context.documents.get(item.uri);
      const node = document === undefined ? undefined : nodeOf(document, item);
      if (document === undefined || node === undefined) return [];
      return outgoingCalls(document.snapshot, node).map((edge) => ({
        to: toItem(document, edge.node),
        fromRanges: edge.places.map((place) => toRange(document.text, place)),
      }));
    });
  },
};

const kinds: Readonly<Record<CallNode["kind"], SymbolKind>> = {
  probe: SymbolKind.Event,
  macro: SymbolKind.Function,
  subprogram: SymbolKind.Function,
};

function toItem({ uri, text }: OpenDocument, { kind, name, span, selection }: CallNode): CallHierarchyItem {
  return {
    uri,
    name,
    kind: kinds[kind],
    detail: kind,
    range: toRange(text, span),
    selectionRange: toRange(text, selection),
  };
}

/** The node again, after whatever has been edited since. */
function nodeOf(
  { text, snapshot }: OpenDocument,
  { selectionRange }: CallHierarchyItem,
): CallNode | undefined {
  return callNodeAt(snapshot, text.offsetAt(selectionRange.start));
}
