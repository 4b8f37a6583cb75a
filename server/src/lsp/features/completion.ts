/** `textDocument/completion` and `completionItem/resolve`. */

import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Range,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { complete, type Completion, type Completions, type CompletionSource } from "../../ide/completion.ts";
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
        const completions = complete(snapshot, offset, context.importable(uri));
        return toList(completions, { uri, text, offset, abilities: abilitiesOf(context.client()) });
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
  /** What items have in common may be said once, by these names of the protocol. */
  readonly defaults: readonly string[];
}

function abilitiesOf({ textDocument }: ClientCapabilities): Abilities {
  const { completionItem: item, completionList: list } = textDocument?.completion ?? {};
  return {
    defaults: list?.itemDefaults ?? [],
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

interface ListContext {
  readonly uri: string;
  readonly text: TextDocument;
  readonly offset: number;
  readonly abilities: Abilities;
}

/** What all items of a list share, as far as the client reads it there. */
interface Shared {
  /** The range that the items replace which begin here. */
  readonly range: Range;
  readonly from: number;
  readonly asEditRange: boolean;
  readonly commit: Completion["commit"];
}

/** A list of hundreds of items is answered at every key: what is the same for each is made once, and sent once. */
function toList({ items, incomplete }: Completions, context: ListContext): CompletionList {
  const shared = sharedBy(items, context);
  const defaults = {
    ...(shared.asEditRange ? { editRange: shared.range } : {}),
    ...(shared.commit === undefined ? {} : { commitCharacters: [...shared.commit] }),
  };
  return {
    isIncomplete: incomplete,
    ...(Object.keys(defaults).length === 0 ? {} : { itemDefaults: defaults }),
    items: items.map((item) => toItem(item, shared, context)),
  };
}

function sharedBy(
  items: readonly Completion[],
  { text, offset, abilities: { defaults, commit } }: ListContext,
): Shared {
  const first = items[0];
  const from = first?.from ?? offset;
  const characters = first?.commit?.join("");
  const allCommit = commit && items.every((item) => item.commit?.join("") === characters);
  return {
    range: toRange(text, { start: from, end: offset }),
    from,
    asEditRange: items.length > 0 && defaults.includes("editRange"),
    commit: allCommit && defaults.includes("commitCharacters") ? first?.commit : undefined,
  };
}

function toItem(completion: Completion, shared: Shared, context: ListContext): CompletionItem {
  const { label, source, documentation, filter, rank = 0 } = completion;
  const { uri, text, abilities } = context;
  const data: ItemData | undefined = source === undefined ? undefined : { uri, source };
  return {
    label,
    kind: kinds[completion.kind],
    ...describe(completion, abilities),
    ...(filter === undefined ? {} : { filterText: filter }),
    sortText: `${rank.toString().padStart(4, "0")}${label}`,
    ...(documentation === undefined ? {} : { documentation: { kind: "markdown", value: documentation } }),
    ...(data === undefined ? {} : { data }),
    ...(shared.commit === undefined ? commitCharacters(completion, abilities) : {}),
    ...acceptance(completion, text, abilities),
    ...replacement(completion, shared, context),
  };
}

/** The text that an accepted item becomes, and what it replaces. */
function replacement(
  completion: Completion,
  shared: Shared,
  { text, offset, abilities }: ListContext,
): Partial<CompletionItem> {
  const { label, from } = completion;
  const newText = insertion(completion, abilities);
  if (from !== shared.from)
    return { textEdit: { range: toRange(text, { start: from, end: offset }), newText } };
  if (!shared.asEditRange) return { textEdit: { range: shared.range, newText } };
  return newText === label ? {} : { textEditText: newText };
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
  { snippet, also }: Completion,
  text: TextDocument,
  abilities: Abilities,
): Partial<CompletionItem> {
  return {
    ...(snippet === true && abilities.snippets ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(also === undefined
      ? {}
      : { additionalTextEdits: also.map((edit) => ({ range: toRange(text, edit), newText: edit.text })) }),
  };
}

function commitCharacters({ commit }: Completion, abilities: Abilities): Partial<CompletionItem> {
  return commit !== undefined && abilities.commit ? { commitCharacters: [...commit] } : {};
}

function insertion({ label, insert = label, snippet }: Completion, { snippets }: Abilities): string {
  return snippet === true && !snippets ? withoutStops(insert) : insert;
}
