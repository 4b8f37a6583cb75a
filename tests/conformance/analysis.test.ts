/**
 * Analysis against the conformance cases, on the kernel they pretend to have: what upstream accepts, warns about and
 * refuses, and where. Disagreements are listed here, each with its reason.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import {
  check,
  createLocator,
  defaultOptions,
  importMockKernel,
  openProfile,
  parseScript,
  plainCodec,
  type Diagnostic,
  type KernelFacts,
} from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

const CASES = new URL("../../../shared/conformance/", import.meta.url);
const skip = existsSync(CASES) ? false : "needs ../shared/conformance";

interface ExpectedPlace {
  readonly severity: string;
  readonly line?: number;
  readonly col?: number;
  readonly end_col?: number;
}

interface CompileCase {
  readonly id: string;
  readonly stage: string;
  readonly prog?: string;
  readonly outcome: "ok" | "error" | "warning";
  readonly diagnostics?: readonly ExpectedPlace[];
  readonly agrees_full_compiler?: boolean;
  readonly requires?: Readonly<Record<string, unknown>>;
}

/** Cases of these stages are no programs to check, or stop before targets are looked for. */
const OTHER_STAGES: ReadonlySet<string> = new Set([
  "output_format",
  "list_probes",
  "tracepoint_format",
  "probe_creation",
  "parser",
]);

/** Needs of cases that checking can meet. */
const MET: ReadonlySet<string> = new Set([
  "plain_bpftrace",
  "unsafe",
  "positional_params",
  "pid",
  "no_features",
  "fixture",
  "mocks",
  "extern_fns",
]);

/** Stages that look at unstable features; in the others they are free to use. */
const CHECKS_UNSTABLE: ReadonlySet<string> = new Set(["unstable_feature", "config_analyser"]);

/** Disagreements, by case or group of cases. */
const DISAGREEMENTS: Readonly<Record<string, string>> = {
  "fold_literals/not_equals/019": "the stage folds before it looks for variables; '$x' does not exist",
  "recursion_check/has_check/001":
    "the described kernel has no prototype of that function, which fentry needs",
  "attachpoint_checker/uprobe/005": "the described symbol is 4 bytes long, so the offset is outside of it",
  "attachpoint_checker/uprobe/006": "the described symbol is 4 bytes long, so the offset is outside of it",
  "ap_probe_expansion/uprobe_wildcard_file": "the described kernel has no file names to match",
  "ap_probe_expansion/uprobe_multi_wildcard_file": "the described kernel has no file names to match",
  "pid_filter_pass/add_filter": "the described kernel has no prototype of 'f', which fentry needs",
  "clang_parser/struct_typedef": "an include that only the machine of the case has",
};

/** Errors that we place elsewhere, by case or group of cases. */
const PLACES: Readonly<Record<string, string>> = {
  c_macro_expansion: "the place named is one in the text of the macro; ours is the name in its definition",
  "type_checker/call_offsetof": "upstream does not count lines within C definitions; ours is the field",
  "type_checker/map_aggregations_explicit_cast":
    "upstream marks the cast; ours is the map that cannot be read",
};

const ALL_FEATURES = [
  "dpath",
  "kprobe_multi",
  "kprobe_session",
  "uprobe_multi",
  "ktime_get_tai_ns",
  "get_func_ip",
  "map_lookup_percpu_elem",
  "loop",
  "iter",
];

function readCases(): readonly (CompileCase & { readonly prog: string })[] {
  const lines = readFileSync(new URL("compile.jsonl", CASES), "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as CompileCase)
    .flatMap((each) => (each.prog === undefined ? [] : [{ ...each, prog: each.prog }]))
    .filter((each) => each.agrees_full_compiler === true && !OTHER_STAGES.has(each.stage))
    .filter((each) => Object.keys(each.requires ?? {}).every((need) => MET.has(need)));
}

function pretendedKernel(): KernelFacts {
  const description: unknown = JSON.parse(readFileSync(new URL("mock_kernel.json", CASES), "utf8"));
  const profile = importMockKernel(description, plainCodec);
  assert.ok(profile.ok);
  const opened = openProfile(profile.value, { codecs: [plainCodec] });
  assert.ok(opened.ok);
  return opened.value;
}

interface Outcome {
  readonly agrees: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when upstream names no place, or the outcome differs. */
  readonly place: "same columns" | "same line" | "elsewhere" | undefined;
}

const parser = nativeParser();

function run(each: CompileCase & { readonly prog: string }, facts: KernelFacts): Outcome {
  const { requires = {}, prog } = each;
  const parameters = requires["positional_params"];
  const script = parseScript(prog, parser);
  const { diagnostics } = check({
    script,
    sourceName: "stdin",
    facts,
    parse: (text) => parseScript(text, parser),
    options: {
      ...defaultOptions,
      unsafe: requires["unsafe"] === true,
      pid: requires["pid"] === true ? 1 : undefined,
      positional: Array.isArray(parameters) ? parameters.map(String) : [],
      disabledFeatures: new Set(requires["no_features"] === true ? ALL_FEATURES : []),
      environment: CHECKS_UNSTABLE.has(each.stage) ? {} : { BPFTRACE_UNSTABLE_TYPEINFO: "enable" },
    },
  });
  const severities = new Set(diagnostics.map(({ severity }) => severity));
  const agrees =
    each.outcome === "error"
      ? severities.has("error")
      : !severities.has("error") && (each.outcome === "ok" || severities.has("warning"));
  const wanted = each.diagnostics?.find(({ severity, line }) => severity === "error" && line !== undefined);
  const locator = createLocator([{ name: "stdin", text: prog, script }]);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const positions = errors.map(({ place }) => locator.position(place));
  return {
    agrees,
    diagnostics,
    place: agrees && wanted !== undefined ? compare(positions, wanted) : undefined,
  };
}

function compare(
  positions: readonly {
    readonly startLine: number;
    readonly endLine: number;
    readonly startColumn: number;
    readonly endColumn: number;
  }[],
  { line = 0, col = 0, end_col: end = col + 1 }: ExpectedPlace,
): Outcome["place"] {
  const onLine = positions.filter((each) => each.startLine < line && line <= each.endLine + 1);
  if (onLine.some((each) => each.startColumn + 1 < end && each.endColumn + 1 > col)) return "same columns";
  return onLine.length > 0 ? "same line" : "elsewhere";
}

test("the conformance cases are accepted, warned about and refused as upstream does", {
  skip,
}, (context) => {
  const facts = pretendedKernel();
  const cases = readCases();
  const outcomes = cases.map((each) => ({ each, outcome: run(each, facts) }));
  const differing = outcomes.filter(({ outcome }) => !outcome.agrees);
  const unexpected = differing.filter(
    ({ each }) => !Object.keys(DISAGREEMENTS).some((key) => each.id === key || each.id.startsWith(`${key}/`)),
  );
  const described = unexpected.map(({ each, outcome }) => {
    const found = outcome.diagnostics.map(({ code, message }) => `${code} ${message}`).join("; ");
    return `${each.id} (${each.outcome}): ${each.prog} -> ${found}`;
  });
  assert.deepEqual(described, []);
  const displaced = outcomes
    .filter(({ outcome: { place } }) => place === "same line" || place === "elsewhere")
    .map(({ each }) => each.id)
    .filter((id) => !Object.keys(PLACES).some((key) => id === key || id.startsWith(`${key}/`)));
  assert.deepEqual(displaced, []);
  const placed = outcomes.flatMap(({ outcome }) => outcome.place ?? []);
  const onLine = placed.filter((place) => place !== "elsewhere").length;
  const inColumns = placed.filter((place) => place === "same columns").length;
  const agreeing = cases.length - differing.length;
  context.diagnostic(
    `${agreeing} of ${cases.length} agree; lines ${onLine}/${placed.length}, columns ${inColumns}`,
  );
  assert.ok(agreeing / cases.length >= 0.97);
  assert.ok(onLine / placed.length >= 0.95);
  assert.ok(inColumns / placed.length >= 0.85);
});
