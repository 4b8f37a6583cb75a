/** `textDocument/completion`. */

import type { CompletionList, CompletionParams } from "vscode-languageserver";

import { complete } from "../../ide/completion.ts";
import { toCompletionItem } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

const nothing: CompletionList = { isIncomplete: false, items: [] };

export const completion: Feature = {
  name: "completion",
  capabilities: { completionProvider: { triggerCharacters: [".", ":", "$", "@", ">"] } },
  register: (connection, context) => {
    connection.onCompletion(
      about<CompletionParams, CompletionList>(context, nothing, ({ text, snapshot }, { position }) => {
        const offset = text.offsetAt(position);
        const { items, incomplete } = complete(snapshot, offset);
        return {
          isIncomplete: incomplete,
          items: items.map((item) => toCompletionItem(text, offset, item)),
        };
      }),
    );
  },
};
