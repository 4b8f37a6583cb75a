/** Tokens kept from before an edit are those that the new text has by itself, in every unit of positions. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { noKernelFacts } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import fc from "fast-check";
import { PositionEncodingKind } from "vscode-languageserver";

import { createDocuments, type OpenDocument } from "./documents.ts";
import { encodeRange, encodeTokens } from "./encoded-tokens.ts";

const SCRIPT = `macro half($x) { $x / 2 }
let @declared = hash(5);
begin { @é = 1; } end { print("ü", @declared[1]); } // two in a line
/* ☃ */ interval:s:1 {
  $a = half(nsecs); @n[$a] = count();
  printf("%d 🐝\\n", $a); clear(@n); }
`;

const pieces = [
  "",
  "\n",
  " ",
  "@n",
  "$a",
  "half(1)",
  "macro more() { 1 }\n",
  "☃",
  "}",
  "end { @n[1] = count(); }",
];

const uri = "file:///tokens.bt";
const parser = nativeParser();
const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 8 }), text: fc.constantFrom(...pieces) });

function opened(text: string, encoding: PositionEncodingKind): ReturnType<typeof createDocuments> {
  const documents = createDocuments(parser, () => noKernelFacts());
  documents.encode(encoding);
  documents.open(uri, 1, text);
  return documents;
}

function documentOf(documents: ReturnType<typeof createDocuments>): OpenDocument {
  const document = documents.get(uri);
  assert.ok(document !== undefined);
  return document;
}

test("after any edits the tokens are those of the text opened anew", () => {
  const encodings = [PositionEncodingKind.UTF8, PositionEncodingKind.UTF16, PositionEncodingKind.UTF32];
  fc.assert(
    fc.property(
      fc.constantFrom(...encodings),
      fc.array(edit, { minLength: 1, maxLength: 6 }),
      (encoding, edits) => {
        const documents = opened(SCRIPT, encoding);
        encodeTokens(documentOf(documents), encoding);
        for (const [index, { at, length, text }] of edits.entries()) {
          const { text: before } = documentOf(documents);
          const start = at % (before.getText().length + 1);
          const range = { start: before.positionAt(start), end: before.positionAt(start + length) };
          documents.change(uri, index + 2, [{ range, text }]);
          const document = documentOf(documents);
          const source = document.text.getText();
          const anew = documentOf(opened(source, encoding));
          const tokens = encodeTokens(document, encoding);
          assert.deepEqual(tokens, encodeTokens(anew, encoding));
          assert.deepEqual(tokens, encodeRange(anew, { start: 0, end: source.length }));
        }
      },
    ),
    { numRuns: 60 },
  );
});
