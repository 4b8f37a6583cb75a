/** `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`. */

import type { FormatEdits, TextEdit as Edit } from "@probewright/compiler";
import type {
  Connection,
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  TextEdit,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { formatDocument, formatSpan, formatTriggers, formatTyped } from "../../ide/format.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

const [firstTrigger, ...otherTriggers] = formatTriggers;

/** The layout is bpftrace's own, so that the client's options of indentation do not count. */
export const formatting: Feature = {
  name: "formatting",
  does: "The one layout, for a script, a selection, or what was just typed, in small edits.",
  requests: ["textDocument/formatting", "textDocument/rangeFormatting", "textDocument/onTypeFormatting"],
  test: "server/src/ide/format.test.ts",
  capabilities: {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: {
      firstTriggerCharacter: firstTrigger,
      moreTriggerCharacter: [...otherTriggers],
    },
  },
  register: (connection, context) => {
    connection.onDocumentFormatting(
      about<DocumentFormattingParams, TextEdit[]>(context, [], ({ text, snapshot }) =>
        toEdits(connection, text, formatDocument(snapshot)),
      ),
    );
    connection.onDocumentRangeFormatting(
      about<DocumentRangeFormattingParams, TextEdit[]>(context, [], ({ text, snapshot }, { range }) => {
        const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
        return toEdits(connection, text, formatSpan(snapshot, span));
      }),
    );
    connection.onDocumentOnTypeFormatting(
      about<DocumentOnTypeFormattingParams, TextEdit[]>(context, [], ({ text, snapshot }, { position, ch }) =>
        formatTyped(snapshot, text.offsetAt(position), ch).map((edit) => toEdit(text, edit)),
      ),
    );
  },
};

/** Mistakes are marked in the text already: saving with format-on-save must not complain about them again and again. */
function toEdits(connection: Connection, text: TextDocument, formatted: FormatEdits): TextEdit[] {
  if (formatted.ok) return formatted.edits.map((edit) => toEdit(text, edit));
  connection.console.info(`${text.uri} is not formatted: it has mistakes of form`);
  return [];
}

function toEdit(text: TextDocument, edit: Edit): TextEdit {
  return { range: toRange(text, edit), newText: edit.text };
}
