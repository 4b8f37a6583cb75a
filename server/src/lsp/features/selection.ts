/** `textDocument/selectionRange`. */

import type { SelectionRange, SelectionRangeParams } from "vscode-languageserver";

import { selectionSpans } from "../../ide/selection.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const selection: Feature = {
  name: "selection ranges",
  does: "From the name to the expression, the statement, the probe, the script.",
  requests: ["textDocument/selectionRange"],
  test: "server/src/ide/selection.test.ts",
  capabilities: { selectionRangeProvider: true },
  register: (connection, context) => {
    connection.onSelectionRanges(
      about<SelectionRangeParams, SelectionRange[]>(context, [], ({ text, snapshot }, { positions }) =>
        positions.map((position) => {
          const whole: SelectionRange = { range: toRange(text, { start: 0, end: snapshot.text.length }) };
          return selectionSpans(snapshot, text.offsetAt(position))
            .slice(0, -1)
            .reduceRight<SelectionRange>((parent, span) => ({ range: toRange(text, span), parent }), whole);
        }),
      ),
    );
  },
};
