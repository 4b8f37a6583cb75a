/** `-d STAGES`: what the stages between a script and its run make, shown on the way. Trees go to stderr, code to stdout. */

import { compileIr } from "@probewright/llvm-bindings";
import { err, ok, type Result } from "@probewright/compiler";
import type { BuiltProgram, CheckedProgram } from "../host/build.ts";
import { syntaxTreeView } from "../ide/views/syntax-tree.ts";
import { typedTreeView } from "../ide/views/typed-tree.ts";
import { valuesOf, type ParsedOptions } from "./options.ts";
import type { CommandIo } from "./verb.ts";

interface DebugStage {
  readonly name: string;
  /** What stands above what `tree` or `code` makes. */
  readonly title: string;
  /** Made of a script with errors too. */
  readonly tree?: (checked: CheckedProgram) => string;
  /** An error is a sentence. */
  readonly code?: (built: BuiltProgram) => Result<string, string>;
}

/** bpftrace's names; `libbpf` and `verifier` speak while the program is loaded. */
export const debugStages: readonly DebugStage[] = [
  { name: "parse", title: "Syntax tree", tree: ({ script }) => syntaxTreeView({ script }).text },
  { name: "ast", title: "Typed program", tree: typedProgram },
  { name: "types", title: "Typed program", tree: typedProgram },
  { name: "codegen", title: "LLVM IR before optimization", code: ({ ir }) => ok(ir) },
  { name: "codegen-opt", title: "LLVM IR after optimization", code: optimizedIr },
  { name: "dis", title: "BPF assembly", code: assembly },
  { name: "libbpf", title: "" },
  { name: "verifier", title: "" },
];

function typedProgram({ script, analysis }: CheckedProgram): string {
  const starts = new Map(script.items.map(({ item, start }) => [item, start]));
  return typedTreeView({ analysis: () => analysis, starts }).text;
}

/** @returns the IR as LLVM leaves it, or why there is none */
export function optimizedIr({ ir, linked }: BuiltProgram): Result<string, string> {
  const compiled = compileIr(ir, { emit: "optimized-ir", link: linked });
  return compiled.kind === "error" ? err(compiled.message) : ok(compiled.ir);
}

/** @returns BPF assembly with source lines, or why there is none */
export function assembly({ ir, linked }: Pick<BuiltProgram, "ir" | "linked">): Result<string, string> {
  const compiled = compileIr(ir, { emit: "assembly", link: linked });
  return compiled.kind === "error" ? err(compiled.message) : ok(compiled.text);
}

function namesIn(options: ParsedOptions): readonly string[] {
  return valuesOf(options, "debug").flatMap((list) => list.split(","));
}

/** @returns a sentence about a stage that there is not */
export function unknownStage(options: ParsedOptions): string | undefined {
  const known = [...debugStages.map(({ name }) => name), "all"];
  const unknown = namesIn(options).find((name) => !known.includes(name));
  return unknown === undefined ? undefined : `unknown stage '${unknown}': some of ${known.join(", ")}`;
}

/** Names of the stages that are to be shown. */
export function debugStagesIn(options: ParsedOptions): ReadonlySet<string> {
  const names = namesIn(options);
  return new Set(names.includes("all") ? debugStages.map(({ name }) => name) : names);
}

/** @returns a sentence about a stage that a compiled program has behind it */
export function stageIsPast(options: ParsedOptions, program: string): string | undefined {
  const past = debugStages.find(
    ({ name, tree, code }) => (tree ?? code) !== undefined && namesIn(options).includes(name),
  );
  return past === undefined ? undefined : `-d ${past.name} needs a script: '${program}' is compiled already`;
}

export function showTrees(checked: CheckedProgram, options: ParsedOptions, io: CommandIo): void {
  const wanted = debugStagesIn(options);
  const texts = debugStages.flatMap(({ name, title, tree }) =>
    tree === undefined || !wanted.has(name) ? [] : [`${heading(title)}${tree(checked)}\n`],
  );
  // Two names stand for the typed program.
  for (const text of new Set(texts)) io.err(text);
}

/** @returns what could not be shown, in a sentence */
export function showCode(built: BuiltProgram, options: ParsedOptions, io: CommandIo): string | undefined {
  const wanted = debugStagesIn(options);
  for (const { name, title, code } of debugStages) {
    if (code === undefined || !wanted.has(name)) continue;
    const text = code(built);
    if (!text.ok) return text.error;
    io.out(`${heading(title)}${text.value}\n`);
  }
  return undefined;
}

function heading(title: string): string {
  return `${title}\n${"-".repeat(title.length)}\n`;
}
