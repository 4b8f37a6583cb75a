/** `textDocument/completion` and `completionItem/resolve`. */

import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { complete, type Completion, type CompletionSource } from "../../ide/completion.ts";
import { documentationOf } from "../../ide/completion/resolve.ts";
import { withoutStops } from "../../ide/completion/snippets.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

const nothing: CompletionList = { isIncomplete: false, items: [] };

/** What an item brings back when it is resolved. */
interface ItemData {
  readonly uri: string;
  readonly source: CompletionSource;
}

export const completion: Feature = {
  name: "completion",
  does: "Attach points of the whole kernel by some of their letters, programs, their functions and probes, fields through pointers, what the probe allows, settings, types, conversions that fit, snippets, macros with their import.",
  requests: ["textDocument/completion", "completionItem/resolve"],
  test: "server/src/ide/completion.test.ts",
  capabilities: {
    completionProvider: {
      triggerCharacters: [".", ":", "$", "@", ">", "%", "/", '"'],
      resolveProvider: true,
      completionItem: { labelDetailsSupport: true },
    },
  },
  register: (connection, context) => {
    connection.onCompletion(
      about<CompletionParams, CompletionList>(context, nothing, ({ uri, text, snapshot }, { position }) => {
        const offset = text.offsetAt(position);
        const { items, incomplete } = complete(snapshot, offset, context.importable(uri));
        const abilities = abilitiesOf(context.client());
        return {
          isIncomplete: incomplete,
          items: items.map((item) => toItem(item, { uri, text, offset, abilities })),
        };
      }),
    );
    connection.onCompletionResolve((item) => {
      const data = item.data as ItemData | undefined; // ours: given with the item
      if (data === undefined) return item;
      const facts = context.documents.get(data.uri)?.snapshot.facts ?? context.facts();
      const value = documentationOf(data.source, facts);
      return value === undefined ? item : { ...item, documentation: { kind: "markdown", value } };
    });
  },
};

interface Abilities {
  readonly snippets: boolean;
  readonly labelDetails: boolean;
  readonly tags: boolean;
  readonly commit: boolean;
}

function abilitiesOf({ textDocument }: ClientCapabilities): Abilities {
  const item = textDocument?.completion?.completionItem;
  return {
    snippets: item?.snippetSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    tags: item?.tagSupport !== undefined,
    commit: item?.commitCharactersSupport === true,
  };
}

const kinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  "builtin-value": CompletionItemKind.Constant,
  function: CompletionItemKind.Function,
  field: CompletionItemKind.Field,
  variable: CompletionItemKind.Variable,
  map: CompletionItemKind.Variable,
  "probe-type": CompletionItemKind.Module,
  "attach-point": CompletionItemKind.Event,
  category: CompletionItemKind.Module,
  file: CompletionItemKind.File,
  macro: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.Struct,
  constant: CompletionItemKind.EnumMember,
  setting: CompletionItemKind.Property,
  "setting-value": CompletionItemKind.Value,
  conversion: CompletionItemKind.Text,
  snippet: CompletionItemKind.Snippet,
};

interface ItemContext {
  readonly uri: string;
  readonly text: TextDocument;
  readonly offset: number;
  readonly abilities: Abilities;
}

function toItem(completion: Completion, { uri, text, offset, abilities }: ItemContext): CompletionItem {
  const { label, source, documentation, from, rank = 0 } = completion;
  const data: ItemData | undefined = source === undefined ? undefined : { uri, source };
  return {
    label,
    kind: kinds[completion.kind],
    ...describe(completion, abilities),
    filterText: completion.filter ?? label,
    sortText: `${rank.toString().padStart(4, "0")}${label}`,
    ...(documentation === undefined ? {} : { documentation: { kind: "markdown", value: documentation } }),
    ...(data === undefined ? {} : { data }),
    ...acceptance(completion, text, abilities),
    textEdit: {
      range: toRange(text, { start: from, end: offset }),
      newText: insertion(completion, abilities),
    },
  };
}

/** What the list shows beside the label. */
function describe(
  { signature = "", detail, deprecated }: Completion,
  { labelDetails, tags }: Abilities,
): Partial<CompletionItem> {
  return {
    ...(labelDetails
      ? { labelDetails: { detail: signature, description: detail } }
      : { detail: `${signature} ${detail}`.trim() }),
    ...(deprecated === true && tags ? { tags: [CompletionItemTag.Deprecated] } : {}),
  };
}

/** What happens beside the insertion. */
function acceptance(
  { commit, snippet, also }: Completion,
  text: TextDocument,
  abilities: Abilities,
): Partial<CompletionItem> {
  return {
    ...(commit !== undefined && abilities.commit ? { commitCharacters: [...commit] } : {}),
    ...(snippet === true && abilities.snippets ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(also === undefined
      ? {}
      : { additionalTextEdits: also.map((edit) => ({ range: toRange(text, edit), newText: edit.text })) }),
  };
}

function insertion({ label, insert = label, snippet }: Completion, { snippets }: Abilities): string {
  return snippet === true && !snippets ? withoutStops(insert) : insert;
}
