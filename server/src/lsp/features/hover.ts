/** `textDocument/hover`. */

import type { Hover, HoverParams } from "vscode-languageserver";

import { hover as findHover } from "../../ide/hover.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const hover: Feature = {
  name: "hover",
  does: "What a name is, how large, and what decided its type; prototypes and records of what a probe attaches to, how many places it takes, and where its stack goes.",
  requests: ["textDocument/hover"],
  test: "server/src/ide/hover.test.ts",
  capabilities: { hoverProvider: true },
  register: (connection, context) => {
    connection.onHover(
      about<HoverParams, Hover | null>(context, null, ({ text, snapshot }, { position }) => {
        const found = findHover(snapshot, text.offsetAt(position), context.measures.of);
        if (found === undefined) return null;
        return { contents: { kind: "markdown", value: found.text }, range: toRange(text, found.span) };
      }),
    );
  },
};
