/** From a script to its IR, for tests that claim something about it. */

import assert from "node:assert/strict";

import { analyze, defaultOptions } from "../../analysis/analyze.ts";
import { createLocator } from "../../diagnostics/locate.ts";
import { parse, smallKernel } from "../../analysis/testing/check-text.ts";
import type { IrFunction, IrHelperCall, IrInstruction } from "../../ir/ir.ts";
import type { IrModule } from "../../ir/ir.ts";
import { compileCore, generate, type CompiledCore } from "../compile-core.ts";
import type { CodegenEnvironment } from "../program/environment.ts";

const FILE = "script.bt";

export interface Generated extends CompiledCore {
  /** Before the stack plan. */
  readonly module: IrModule;
}

/** @throws AssertionError when the script has errors */
export function generateText(text: string, options: Partial<CodegenEnvironment> = {}): Generated {
  const script = parse(text);
  const { core, diagnostics } = analyze({
    script,
    sourceName: FILE,
    facts: smallKernel(),
    options: { ...defaultOptions, unsafe: true },
    parse,
  });
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  assert.deepEqual(errors, []);
  assert.ok(core !== undefined, "a script without errors has a core tree");
  const locator = createLocator([{ name: FILE, text, script }]);
  const lines = lineStarts(text);
  const environment: CodegenEnvironment = {
    file: FILE,
    locate: (place) => {
      const { start, end } = locator.absolute(place) ?? { start: 0, end: 0 };
      const [from, to] = [positionOf(lines, start), positionOf(lines, end)];
      return {
        file: FILE,
        startLine: from.line,
        startColumn: from.column,
        endLine: to.line,
        endColumn: to.column,
      };
    },
    sourceText: () => text,
    architecture: "x86_64",
    hasFeature: () => true,
    warnings: "default",
    ...options,
  };
  const { module } = generate(core, environment);
  return { ...compileCore(core, environment), module };
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function positionOf(
  lines: readonly number[],
  offset: number,
): { readonly line: number; readonly column: number } {
  const line = lines.findLastIndex((start) => start <= offset);
  return { line, column: offset - (lines[line] ?? 0) };
}

export function instructionsOf(fn: IrFunction): readonly IrInstruction[] {
  return fn.blocks.flatMap(({ instructions }) => instructions);
}

/** The first program, unless told which by its title. */
export function programOf({ module }: Generated, title?: string): IrFunction {
  const found = module.functions.find(
    (fn) => fn.kind === "program" && (title === undefined || fn.title === title),
  );
  assert.ok(found !== undefined, `there is a program ${title ?? ""}`);
  return found;
}

/** Names of the helpers called, counters left out, in order of the blocks. */
export function helpersOf(fn: IrFunction): readonly string[] {
  return instructionsOf(fn)
    .filter((node): node is IrHelperCall => node.kind === "helper")
    .filter(({ arguments: [map] }) => map?.kind !== "global-address" || map.name !== "counters")
    .map(({ helper }) => helper);
}
