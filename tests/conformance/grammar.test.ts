/**
 * The grammar against the conformance cases: what any stage accepts parses without an error, and what the parser of the
 * language refuses has an error in its tree or is left to lowering, for a reason named here.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { nativeParser } from "@probewright/grammar/testing";
import type { SyntaxTree } from "@probewright/grammar";

const CASES = new URL("../../../shared/conformance/", import.meta.url);
const skip = existsSync(CASES) ? false : "needs ../shared/conformance";

interface Program {
  readonly id: string;
  readonly text: string;
}

interface CompileCase {
  readonly id: string;
  readonly stage: string;
  readonly prog: string;
  readonly outcome: "ok" | "error" | "warning";
}

/** Cases of these stages are no programs, but what they print, list or read. */
const NO_PROGRAMS: ReadonlySet<string> = new Set([
  "output_format",
  "list_probes",
  "list_modules",
  "tracepoint_format",
]);

/** Programs that are none: an expression that is given to the parser of expressions. */
const NO_SCRIPTS: ReadonlySet<string> = new Set(["parser/naked_expression/001"]);

/** What is refused when lowering, by group of cases. */
const LEFT_TO_LOWERING: Readonly<Record<string, string>> = {
  positional_param: "numbers of parameters start at 1",
  positional_param_attachpoint: "numbers of parameters have a range",
  long_param_overflow: "numbers of parameters have a range",
  begin_probe: "number of parts",
  end_probe: "number of parts",
  bench_probe: "number of parts",
  uprobe: "number of parts",
  usdt: "number of parts",
  tracepoint_probe: "number of parts",
  profile_probe: "a part must be a number",
  interval_probe: "a part must be a number",
  software_probe: "a part must be a number",
  hardware_probe: "a part must be a number",
  watchpoint_probe: "a part must be a number",
  kprobe_offset: "an offset must be a number",
  kretprobe_offset: "no offset for this provider",
  uretprobe_offset: "no offset for this provider",
  empty_arguments: "number of parts",
  invalid_provider: "providers are looked up",
  non_fatal_errors: "number of parts",
  invalid_increment_decrement: "what can be incremented",
  tuple_assignment_error: "what can be assigned",
  address_of: "what has an address",
  int_notation: "form and range of literals",
  records: "repeated fields",
  config_error: "order of items",
  for_range: "bounds are primary expressions",
  while_if_paren_not_record_or_tuple: "form of conditions",
};

function lines(name: string): readonly unknown[] {
  const text = readFileSync(new URL(name, CASES), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

function compileCases(): readonly CompileCase[] {
  // The README of the cases gives their shape.
  const all = lines("compile.jsonl") as readonly CompileCase[];
  return all.filter((row) => !NO_PROGRAMS.has(row.stage) && !NO_SCRIPTS.has(row.id));
}

/** `prog`, or what `run` hands over with `-e` in single quotes. */
function runtimePrograms(): readonly Program[] {
  const rows = lines("runtime.jsonl") as readonly { readonly id: string; prog?: string; run?: string }[];
  return rows.flatMap(({ id, prog, run }) => {
    const text =
      prog ?? /\{\{BPFTRACE\}\}[^|]* -e '(?<script>[^']*)'(?!\\|\w)/.exec(run ?? "")?.groups?.["script"];
    // A script in which the shell ends the quotes is not in one piece.
    return text === undefined || text.endsWith('("echo ') ? [] : [{ id, text }];
  });
}

function hasError(tree: SyntaxTree): boolean {
  if (tree.hasError) return true;
  const cursor = tree.walk();
  const visit = (): boolean => {
    if (cursor.kind === "unfinished") return true;
    if (!cursor.gotoFirstChild()) return false;
    do if (visit()) return true;
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return false;
  };
  const found = visit();
  cursor.dispose();
  return found;
}

function erroneous(programs: readonly Program[]): readonly Program[] {
  const parser = nativeParser();
  // The cases name a file of debug information by a placeholder in braces.
  return programs.filter(({ text }) =>
    hasError(parser.parse(text.replace("{{DATA_SOURCE_DWARF}}", "./data_source"))),
  );
}

test("programs that some stage accepts parse", { skip }, () => {
  const accepted = compileCases().filter((row) => row.outcome !== "error");
  const programs = [...accepted.map(({ id, prog }) => ({ id, text: prog })), ...runtimePrograms()];
  assert.ok(programs.length > 2000, `only ${String(programs.length)} programs`);
  assert.deepEqual(erroneous(programs), []);
});

test("programs that the parser refuses have errors, or are left to lowering", { skip }, () => {
  const refused = compileCases().filter((row) => row.stage === "parser" && row.outcome === "error");
  const programs = refused.map(({ id, prog }) => ({ id, text: prog }));
  const found = new Set(erroneous(programs).map(({ id }) => id));
  const missed = programs.filter(({ id }) => !found.has(id) && LEFT_TO_LOWERING[groupOf(id)] === undefined);
  assert.deepEqual(missed, []);
});

function groupOf(id: string): string {
  return id.split("/")[1] ?? "";
}
