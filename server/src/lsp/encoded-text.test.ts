/** Positions in other units than UTF-16. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { chooseEncoding, createText, replaceText } from "./encoded-text.ts";

const source = 'begin {\n  print("żółw 🐢", 1);\r\n}\n';
const turtle = source.indexOf("🐢");

test("a position counts bytes in UTF-8, code points in UTF-32", () => {
  const at = (encoding: string): number =>
    createText("file:///a.bt", 1, source, encoding).positionAt(turtle + 2).character;
  assert.equal(at("utf-16"), 16);
  assert.equal(at("utf-8"), 21);
  assert.equal(at("utf-32"), 15);
});

test("positions go there and back at every code point", () => {
  for (const encoding of ["utf-8", "utf-16", "utf-32"]) {
    const text = createText("file:///a.bt", 1, source, encoding);
    let offset = 0;
    for (const symbol of source) {
      if (symbol !== "\n")
        assert.equal(text.offsetAt(text.positionAt(offset)), offset, `${encoding} ${offset}`);
      offset += symbol.length;
    }
  }
});

test("a position behind the end of its line is that end, and one inside a character is behind it", () => {
  const text = createText("file:///a.bt", 1, source, "utf-8");
  assert.equal(text.offsetAt({ line: 0, character: 99 }), "begin {".length);
  assert.equal(text.offsetAt({ line: 99, character: 0 }), source.length);
  assert.equal(text.offsetAt({ line: 1, character: 18 }), turtle + 2);
});

test("replacing keeps the units", () => {
  const text = replaceText(
    createText("file:///a.bt", 1, source, "utf-8"),
    { start: turtle, end: turtle + 2, text: "ó" },
    2,
    "utf-8",
  );
  assert.equal(text.version, 2);
  assert.equal(text.positionAt(turtle + 1).character, 19);
});

test("what needs no conversion is preferred", () => {
  assert.equal(chooseEncoding(undefined), "utf-16");
  assert.equal(chooseEncoding(["utf-8", "utf-16"]), "utf-16");
  assert.equal(chooseEncoding(["utf-32", "utf-8"]), "utf-8");
  assert.equal(chooseEncoding(["latin-1"]), "utf-16");
});
