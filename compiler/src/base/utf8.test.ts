/** Text to UTF-8 bytes and back. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { fromUtf8, toUtf8, utf8Length } from "./utf8.ts";

test("the bytes are those of the platform's encoder", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(toUtf8(text), Buffer.from(text, "utf8").toString("latin1"));
      assert.equal(
        Array.from(text).reduce((sum, character) => sum + utf8Length(character.codePointAt(0) ?? 0), 0),
        Buffer.byteLength(text),
      );
    }),
  );
});

test("bytes that are UTF-8 become the text again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      assert.equal(fromUtf8(toUtf8(text)), text);
    }),
  );
});

test("what is not UTF-8 becomes replacement characters", () => {
  assert.equal(fromUtf8("a\xffb"), "a\ufffdb");
  assert.equal(fromUtf8("\xc0\x80"), "\ufffd\ufffd", "overlong");
  assert.equal(fromUtf8("\xed\xa0\x80"), "\ufffd\ufffd\ufffd", "a surrogate");
  assert.equal(fromUtf8("\xe2\x82"), "\ufffd\ufffd", "cut off");
  assert.equal(toUtf8("\ud800"), "\xef\xbf\xbd");
});
