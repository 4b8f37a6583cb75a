/** The code of a whole script, with what LLVM IR says of places turned into spans of the script. */

import {
  compileCore,
  createLineIndex,
  createLocator,
  InvariantError,
  type CompiledCore,
  type LineIndex,
  type Span,
} from "@probewright/compiler";
import type { Snapshot } from "../snapshot.ts";

export interface WholeCode extends CompiledCore {
  /** The word at a line and column as debug information counts them, from 1; column 0 is the whole line. */
  readonly spanAt: (line: number, column: number) => Span;
}

/** @returns why there is no code, in words */
export function wholeCode(snapshot: Snapshot): WholeCode | string {
  const { core, files, incomplete } = snapshot.analysis();
  if (core === undefined) {
    return incomplete
      ? `What the kernel ${snapshot.facts.name} tells does not suffice to compile this script.`
      : "The script has errors: there is no code yet.";
  }
  const locator = createLocator(files.map((file) => ({ ...file, text: file.text ?? snapshot.text })));
  try {
    const compiled = compileCore(core, {
      file: files[0]?.name ?? "script",
      locate: (place) => locator.position(place),
      sourceText: (file) => locator.text(file),
      architecture: snapshot.facts.architecture,
      hasFeature: snapshot.facts.hasFeature,
      warnings: "default",
    });
    const index = createLineIndex(snapshot.text);
    return { ...compiled, spanAt: (line, column) => spanAt(index, line - 1, column - 1) };
  } catch (error) {
    if (error instanceof InvariantError) return `This program cannot be compiled yet: ${error.message}`;
    throw error;
  }
}

function spanAt(index: LineIndex, line: number, column: number): Span {
  const text = index.line(line);
  const start = index.offset({ line, column: Math.max(0, column) });
  if (column < 0) return { start, end: start + text.length };
  const word = /^(?:[$@]?\w+|.)/.exec(text.slice(column))?.[0] ?? "";
  return { start, end: start + word.length };
}
