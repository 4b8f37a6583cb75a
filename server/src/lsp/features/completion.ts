/** `textDocument/completion` and `completionItem/resolve`. */

import { createStructTable, noDefinitions, type StructTable } from "@probewright/compiler";
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
import { documentationOf, type Known } from "../../ide/completion/resolve.ts";
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
        const structs = (): StructTable => snapshot.analysis().structs;
        return toList(completions, {
          ...{ uri, text, offset, known: { facts: snapshot.facts, structs } },
          // What is written inside other files is not found again.
          abilities: abilitiesOf(context.client(), context.documents.textOf(uri) !== undefined),
        });
      }),
    );
    connection.onCompletionResolve((item) => {
      const data = item.data as ItemData | undefined; // ours: given with the item
      if (data === undefined) return item;
      const snapshot = context.documents.get(data.uri)?.snapshot;
      const facts = snapshot?.facts ?? context.facts();
      const value = documentationOf(data.source, item.label, {
        facts,
        structs: () => snapshot?.analysis().structs ?? createStructTable({ script: noDefinitions, facts }),
      });
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
  /** Fields are explained once one is rested on. */
  readonly asksForFields: boolean;
}

function abilitiesOf({ textDocument }: ClientCapabilities, isFoundAgain: boolean): Abilities {
  const { completionItem: item, completionList: list } = textDocument?.completion ?? {};
  return {
    asksForFields: isFoundAgain && item?.resolveSupport?.properties.includes("documentation") === true,
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
  readonly known: Known;
}

/** What all items of a list share, as far as the client reads it there. */
interface Shared {
  /** The range that the items replace which begin here. */
  readonly range: Range;
  readonly from: number;
  readonly asEditRange: boolean;
  readonly commit: Completion["commit"];
  readonly source: CompletionSource | undefined;
  /** Some items are of one rank: the label decides between them. */
  readonly ranksMeet: boolean;
}

/** A list of hundreds of items is answered at every key: what is the same for each is made once, and sent once. */
function toList({ items, incomplete }: Completions, context: ListContext): CompletionList {
  const shared = sharedBy(items, context);
  const defaults = {
    ...(shared.asEditRange ? { editRange: shared.range } : {}),
    ...(shared.commit === undefined ? {} : { commitCharacters: [...shared.commit] }),
    ...(shared.source === undefined ? {} : { data: dataOf(shared.source, context) }),
  };
  return {
    isIncomplete: incomplete,
    ...(Object.keys(defaults).length === 0 ? {} : { itemDefaults: defaults }),
    items: items.map((item) => toItem(item, shared, context)),
  };
}

function sharedBy(items: readonly Completion[], { text, offset, abilities }: ListContext): Shared {
  const { defaults, commit } = abilities;
  const first = items[0];
  const from = first?.from ?? offset;
  const characters = first?.commit?.join("");
  const allCommit = commit && items.every((item) => item.commit?.join("") === characters);
  return {
    range: toRange(text, { start: from, end: offset }),
    from,
    asEditRange: items.length > 0 && defaults.includes("editRange"),
    commit: allCommit && defaults.includes("commitCharacters") ? first?.commit : undefined,
    source: defaults.includes("data") ? sourceOfAll(items, abilities) : undefined,
    ranksMeet: new Set(items.map(({ rank }) => rank)).size < items.length,
  };
}

/** The struct whose fields are offered, when each is explained later. */
function sourceOfAll(
  items: readonly Completion[],
  { asksForFields }: Abilities,
): CompletionSource | undefined {
  const source = items[0]?.source;
  const shares = asksForFields && source?.kind === "field" && items.every((item) => item.source === source);
  return shares ? source : undefined;
}

function toItem(completion: Completion, shared: Shared, context: ListContext): CompletionItem {
  const { label, signature, detail, filter, rank = 0, deprecated, snippet, also } = completion;
  const { text, abilities } = context;
  const order = rank.toString().padStart(4, "0");
  const item: CompletionItem = {
    label,
    kind: kinds[completion.kind],
    sortText: shared.ranksMeet ? `${order}${label}` : order,
  };
  if (abilities.labelDetails)
    item.labelDetails =
      signature === undefined ? { description: detail } : { detail: signature, description: detail };
  else item.detail = `${signature ?? ""} ${detail}`.trim();
  if (deprecated === true && abilities.tags) item.tags = [CompletionItemTag.Deprecated];
  if (filter !== undefined) item.filterText = filter;
  if (snippet === true && abilities.snippets) item.insertTextFormat = InsertTextFormat.Snippet;
  if (also !== undefined)
    item.additionalTextEdits = also.map((edit) => ({ range: toRange(text, edit), newText: edit.text }));
  if (shared.commit === undefined && completion.commit !== undefined && abilities.commit)
    item.commitCharacters = [...completion.commit];
  explain(item, completion, shared, context);
  replace(item, completion, shared, context);
  return item;
}

/** What is shown beside the list, or where it is found. */
function explain(
  item: CompletionItem,
  { label, source, documentation }: Completion,
  shared: Shared,
  context: ListContext,
): void {
  const atOnce = source?.kind === "field" && !context.abilities.asksForFields;
  const value = atOnce ? documentationOf(source, label, context.known) : documentation;
  if (value !== undefined) item.documentation = { kind: "markdown", value };
  if (source !== undefined && !atOnce && source !== shared.source) item.data = dataOf(source, context);
}

function dataOf(source: CompletionSource, { uri }: ListContext): ItemData {
  return { uri, source };
}

/** The text that an accepted item becomes, and what it replaces. */
function replace(
  item: CompletionItem,
  completion: Completion,
  shared: Shared,
  { text, offset, abilities }: ListContext,
): void {
  const { label, from } = completion;
  const newText = insertion(completion, abilities);
  if (from !== shared.from) item.textEdit = { range: toRange(text, { start: from, end: offset }), newText };
  else if (!shared.asEditRange) item.textEdit = { range: shared.range, newText };
  else if (newText !== label) item.textEditText = newText;
}

function insertion({ label, insert = label, snippet }: Completion, { snippets }: Abilities): string {
  return snippet === true && !snippets ? withoutStops(insert) : insert;
}
