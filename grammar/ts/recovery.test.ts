/**
 * An unfinished line disturbs its own item and no other.
 *
 * Every token of every script is left out once; then the other top-level items must still be there, unchanged. Quotes
 * and braces are exceptions: what they enclose is not decided any more.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { SyntaxParser, SyntaxTree } from "./syntax.ts";
import { items, nativeParser, scripts } from "./testing/support.ts";
import type { Item, Script } from "./testing/support.ts";

const EXCEPTIONS: ReadonlySet<string> = new Set(['"', "{", "}", "quoted_text"]);

interface Token {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

interface Outcome {
  readonly total: number;
  readonly disturbing: readonly string[];
}

function tokens(tree: SyntaxTree): readonly Token[] {
  const found: Token[] = [];
  const cursor = tree.walk();
  const visit = (): void => {
    if (!cursor.gotoFirstChild()) {
      if (cursor.end > cursor.start) found.push({ kind: cursor.kind, start: cursor.start, end: cursor.end });
      return;
    }
    do visit();
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  };
  visit();
  cursor.dispose();
  return found;
}

/** A stretch of text that is left out. */
interface Cut {
  readonly start: number;
  readonly end: number;
}

/** The first item of `before` outside the cut one that is not in the text without the cut. */
function lostItem(parser: SyntaxParser, before: SyntaxTree, cut: Cut): Item | undefined {
  const length = cut.end - cut.start;
  const after = parser.parse(before.text.slice(0, cut.start) + before.text.slice(cut.end));
  const present = new Set(items(after).map(keyOf));
  after.dispose();
  return items(before).find((item) => {
    if (item.start <= cut.start && cut.end <= item.end) return false;
    const shift = item.start < cut.start ? 0 : length;
    return !present.has(keyOf({ ...item, start: item.start - shift, end: item.end - shift }));
  });
}

/** The text of an item is the same before and after; then this says that it was understood the same way. */
function keyOf(item: Item): string {
  return `${item.kind} ${String(item.start)} ${String(item.end)} ${String(item.hasError)}`;
}

function measure(
  parser: SyntaxParser,
  script: Script,
  cutsOf: (tree: SyntaxTree) => readonly Cut[],
): Outcome {
  const before = parser.parse(script.text);
  const disturbing: string[] = [];
  const cuts = cutsOf(before);
  for (const cut of cuts) {
    const lost = lostItem(parser, before, cut);
    if (lost === undefined) continue;
    const line = script.text.slice(0, cut.start).split("\n").length;
    const name = script.text.slice(cut.start, cut.end);
    const victim = script.text.slice(lost.start, Math.min(lost.end, lost.start + 24));
    disturbing.push(`${script.name}:${String(line)} without '${name}' loses '${victim}'`);
  }
  return { total: cuts.length, disturbing };
}

function checkShare(cutsOf: (tree: SyntaxTree) => readonly Cut[], wanted: number): void {
  const parser = nativeParser();
  const outcomes = scripts().map((script) => measure(parser, script, cutsOf));
  const total = outcomes.reduce((sum, outcome) => sum + outcome.total, 0);
  const disturbing = outcomes.flatMap((outcome) => outcome.disturbing);
  const share = 1 - disturbing.length / total;
  const report = `${(share * 100).toFixed(2)} % of ${String(total)}:\n${disturbing.join("\n")}`;
  assert.ok(total > 1000, report);
  if (process.env["VERBOSE"] !== undefined) console.log(report);
  assert.ok(share >= wanted, report);
}

test("leaving out a token disturbs one item only, in at least 99 % of cases", () => {
  checkShare((tree) => tokens(tree).filter((token) => !EXCEPTIONS.has(token.kind)), 0.99);
});

test("an item typed half disturbs no other, in at least 93 % of cases", () => {
  checkShare(unfinishedItems, 0.93);
});

/** For every token of every item: the rest of the item behind it. */
function unfinishedItems(tree: SyntaxTree): readonly Cut[] {
  const all = items(tree);
  return tokens(tree).flatMap((token) => {
    const item = all.find((candidate) => candidate.start <= token.start && token.end < candidate.end);
    return item === undefined ? [] : [{ start: token.end, end: item.end }];
  });
}
