/** `textDocument/definition`, `declaration`, `typeDefinition`, `references` and `documentHighlight`. */

import {
  DocumentHighlightKind,
  type DefinitionParams,
  type DocumentHighlight,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
} from "vscode-languageserver";

import { acrossFiles } from "../../ide/across-files.ts";
import { namedAt } from "../../ide/names.ts";
import {
  definition as findDefinition,
  references as findReferences,
  typeDefinition as findTypeDefinition,
} from "../../ide/navigate.ts";
import type { Target } from "../../ide/target.ts";
import { fileText, targetLocation } from "../locations.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature, type FeatureContext } from "./feature.ts";

type Find = (snapshot: Parameters<typeof findDefinition>[0], offset: number) => Target | undefined;

function goTo(
  context: FeatureContext,
  find: Find,
): (params: DefinitionParams) => Promise<Location | null> | Location | null {
  return about<DefinitionParams, Location | null>(context, null, ({ uri, text, snapshot }, { position }) => {
    const target = find(snapshot, text.offsetAt(position));
    return target === undefined
      ? null
      : (targetLocation({ uri, text }, target, context.documents.encoding()) ?? null);
  });
}

export const definition: Feature = {
  name: "definition",
  does: "From names to where they are introduced, in imports too; from fields, types and attach points into generated kernel headers.",
  requests: ["textDocument/definition"],
  test: "server/src/ide/go-to.test.ts",
  capabilities: { definitionProvider: true },
  register: (connection, context) => {
    connection.onDefinition(goTo(context, findDefinition));
  },
};

export const declaration: Feature = {
  name: "declaration",
  does: "As definition.",
  requests: ["textDocument/declaration"],
  test: "server/src/ide/go-to.test.ts",
  capabilities: { declarationProvider: true },
  register: (connection, context) => {
    connection.onDeclaration(goTo(context, findDefinition));
  },
};

export const typeDefinition: Feature = {
  name: "type definition",
  does: "From a value to the struct or enum that it is.",
  requests: ["textDocument/typeDefinition"],
  test: "server/src/ide/go-to.test.ts",
  capabilities: { typeDefinitionProvider: true },
  register: (connection, context) => {
    connection.onTypeDefinition(goTo(context, findTypeDefinition));
  },
};

export const references: Feature = {
  name: "references",
  does: "Every place of a name, in all scripts that know it.",
  requests: ["textDocument/references"],
  test: "server/src/ide/across-files.test.ts",
  capabilities: { referencesProvider: true },
  register: (connection, context) => {
    connection.onReferences(
      about<ReferenceParams, Location[]>(context, [], ({ text, snapshot }, params) => {
        const named = namedAt(snapshot, text.offsetAt(params.position));
        if (named === undefined) return [];
        const others = context.workspace.all().map((other) => other.snapshot);
        return acrossFiles(snapshot, named.thing, others).flatMap(({ file, text: content, occurrences }) => {
          const place =
            file === snapshot.path ? { uri: snapshot.uri, text } : fileText(context.documents, file, content);
          return occurrences
            .filter(({ access }) => params.context.includeDeclaration || access !== "declaration")
            .map((span) => ({ uri: place.uri, range: toRange(place.text, span) }));
        });
      }),
    );
  },
};

export const highlights: Feature = {
  name: "document highlights",
  does: "Every place of a name in the script, read or written.",
  requests: ["textDocument/documentHighlight"],
  test: "server/src/ide/navigate.test.ts",
  capabilities: { documentHighlightProvider: true },
  register: (connection, context) => {
    connection.onDocumentHighlight(
      about<DocumentHighlightParams, DocumentHighlight[]>(context, [], ({ text, snapshot }, { position }) =>
        findReferences(snapshot, text.offsetAt(position), true).map((span) => ({
          range: toRange(text, span),
          kind: span.access === "read" ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
        })),
      ),
    );
  },
};
