/** Expected text written next to the test, and rewritten in place by `UPDATE_EXPECT=1 npm test`. */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A piece of expected text that remembers where in the test file it stands. */
export interface Expected {
  /** Fails with a diff unless `actual` is this text; in update mode, schedules the rewrite instead. */
  readonly toBe: (actual: string) => void;
}

/** Where an expected text's tag stands; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A rewrite to make: the text that belongs at a place. */
export interface Rewrite {
  readonly place: Place;
  readonly text: string;
}

const updating = process.env["UPDATE_EXPECT"] === "1";
const pending: Rewrite[] = [];
if (updating) process.on("exit", writePending);

/**
 * Use as a tag: expect`uint32 pid()`. A text of several lines starts on the line after the backtick
 * and may be indented with the code around it.
 */
export function expect(parts: TemplateStringsArray): Expected {
  const place = placeOfCaller();
  const wanted = unindent(parts.join(""));
  return {
    toBe(actual) {
      if (updating && actual !== wanted) pending.push({ place, text: actual });
      else assert.equal(actual, wanted);
    },
  };
}

/** @returns the source with each rewrite's text between the backticks that follow its place */
export function rewriteSource(source: string, rewrites: readonly Rewrite[]): string {
  // From the end of the file towards its start, so that earlier places stay right.
  const latestFirst = rewrites.toSorted(
    (a, b) => b.place.line - a.place.line || b.place.column - a.place.column,
  );
  return latestFirst.reduce(rewriteOne, source);
}

function rewriteOne(source: string, { place, text }: Rewrite): string {
  const lines = source.split("\n");
  const lineStart = lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const open = source.indexOf("`", lineStart + place.column - 1);
  const close = /(?<!\\)(?:\\\\)*`/.exec(source.slice(open + 1));
  assert.ok(open !== -1 && close !== null, `no expected text at ${place.file}:${place.line}`);
  const indent = /^ */.exec(lines[place.line - 1] ?? "")?.[0] ?? "";
  const body = text.includes("\n") ? `\n${text.replace(/^(?=.)/gm, `${indent}  `)}\n${indent}` : text;
  const escaped = body.replace(/[\\`]|\$\{/g, "\\$&");
  return source.slice(0, open + 1) + escaped + source.slice(open + close.index + close[0].length);
}

function placeOfCaller(): Place {
  const frame = new Error().stack?.split("\n")[3] ?? "";
  const found = /(file:\/\/[^)]+|\/[^):]+):(\d+):(\d+)\)?$/.exec(frame);
  assert.ok(found !== null, `no position in stack frame: ${frame}`);
  const file = found[1] ?? "";
  return {
    file: file.startsWith("file:") ? fileURLToPath(file) : file,
    line: Number(found[2]),
    column: Number(found[3]),
  };
}

function unindent(text: string): string {
  if (!text.startsWith("\n")) return text;
  const lines = text.slice(1).replace(/\n *$/, "").split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  return lines.map((line) => line.slice(Math.min(...indents))).join("\n");
}

function writePending(): void {
  for (const file of new Set(pending.map((rewrite) => rewrite.place.file))) {
    const rewrites = pending.filter((rewrite) => rewrite.place.file === file);
    writeFileSync(file, rewriteSource(readFileSync(file, "utf8"), rewrites));
  }
}
