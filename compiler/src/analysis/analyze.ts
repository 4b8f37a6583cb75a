/** Analysis: a script and the facts about a machine in, a core tree, findings and facts about nodes out. */

import { once } from "../base/once.ts";
import type { CoreProgram } from "../core/core.ts";
import { unstableFeature } from "../diagnostics/catalog/config.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { KernelFacts } from "../kernel/facts.ts";
import { createStructTable } from "../kernel/struct-table.ts";
import { plainContext } from "../probes/context.ts";
import { foreignTypes, withBinaries } from "./declarations/binary-types.ts";
import { withoutTargets } from "./declarations/fallback-probes.ts";
import { getProbeType } from "../probes/catalog.ts";
import type { AttachPointMatches, ProbeEnvironment, ProbeInstance } from "../probes/environment.ts";
import { resolveProbes } from "../probes/resolve.ts";
import type { Item, Macro, Script } from "../syntax/ast.ts";
import type { StructTable } from "../types/type.ts";
import { collectCFunctions, withModules, type ImportedFunctions } from "./declarations/c-functions.ts";
import { checkNeeds } from "./declarations/c-needs.ts";
import { readCTypes } from "./declarations/c-types.ts";
import { activeItems } from "./declarations/conditions.ts";
import { collectDefinitions } from "./declarations/collect.ts";
import { createFindings } from "./state/collector.ts";
import { resolveConfig } from "./state/config.ts";
import { createDefines } from "./state/defines.ts";
import { groupMembers, type Group } from "./groups.ts";
import { importsInside, loadSources, type Source, type Sources } from "./declarations/imports.ts";
import { mapNamesIn } from "./declarations/map-names.ts";
import { putTogether, type Conclusions, type SolvedProgram, type Whole } from "./merge.ts";
import type { ImportedFunction } from "./state/imported-function.ts";
import type { NodeFacts } from "./state/node-facts.ts";
import { programContext } from "./probe-bodies.ts";
import {
  findGroup,
  rememberGroups,
  sameElements,
  sameGround,
  type Ground,
  type Remembered,
  type Tables,
} from "./remembered.ts";
import { solveGroup, solveUnusedMacros } from "./solve.ts";
import { createSharedSymbols, type SharedSymbols } from "./state/symbols.ts";
import type { Program } from "./state/program.ts";

export interface AnalysisOptions {
  readonly unsafe: boolean;
  /** Process chosen with `-p`. */
  readonly pid: number | undefined;
  /** A command is started with `-c`; undefined where it is not about a run. */
  readonly command: boolean | undefined;
  /** `$1` and following; undefined while editing, when nobody has given any yet. */
  readonly positional: readonly string[] | undefined;
  /** Switched off with `--no-feature`. */
  readonly disabledFeatures: ReadonlySet<string>;
  /** `BPFTRACE_…` variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Headers of `--include`, read before the script's own. */
  readonly includes: readonly string[];
}

export interface AnalysisInput {
  readonly script: Script;
  /** Path of the script, that imports and includes are relative to. */
  readonly sourceName: string;
  readonly facts: KernelFacts;
  readonly options: AnalysisOptions;
  /** Parses imported scripts and the text of C macros. */
  readonly parse: (text: string) => Script;
  /**
   * Of an earlier version of the same script: what the edits since then cannot have changed is taken over from it. Only
   * while the facts answer as they did then.
   */
  readonly previous?: Analysis | undefined;
}

export interface Analysis {
  /** Undefined when there are errors, or the facts do not suffice. */
  readonly core: CoreProgram | undefined;
  /** Some types are not known from these facts, so that there is nothing to compile even without an error. */
  readonly incomplete: boolean;
  /** Errors first, then warnings, then hints; each group in order of the program. */
  readonly diagnostics: readonly Diagnostic[];
  readonly nodeFacts: NodeFacts;
  /** The script and what it imports, for places in them. */
  readonly files: readonly Source[];
  /** Of the C files that it imports, those that may be called. */
  readonly cFunctions: readonly ImportedFunction[];
  /** How many places each attach point attaches to. */
  readonly matches: readonly AttachPointMatches[];
  readonly instances: readonly ProbeInstance[];
  /** C types of the script, its probes and the kernel. */
  readonly structs: StructTable;
  /** For the analysis of the next version. */
  readonly remembered: Remembered;
}

export const defaultOptions: AnalysisOptions = {
  unsafe: false,
  pid: undefined,
  command: undefined,
  positional: undefined,
  disabledFeatures: new Set(),
  environment: {},
  includes: [],
};

export function analyze(input: AnalysisInput): Analysis {
  const parsed = new Map<string, Script>();
  const parse = rememberingParse(input, parsed);
  const sources = loadSources(
    { name: input.sourceName, text: undefined, script: input.script },
    input.facts,
    parse,
    importsInBlocks(input),
  );
  const { items } = sources;
  const ground = groundOf(input, items);
  const last = lastOn(ground, input.previous);
  const tables = last?.tables ?? makeTables(input, items, parse);
  const resolved = resolveProbes(items, probeEnvironment(input, tables), last?.probes);
  // A probe without targets is checked too, as if it had one of which nothing is known.
  const standIns = withoutTargets(items, resolved.instances, last?.standIns);
  const imported = collectCFunctions(sources.modules, tables.definitions.subprograms);
  const program = createProgram(input, sources, resolved.instances, tables, imported);
  const members = [...program.subprograms.values(), ...resolved.instances, ...standIns.values()];
  const types = foreignTypes(resolved.instances);
  const solved = solveProgram(
    program,
    groupMembers(members, items),
    tables.shared,
    types === last?.foreignTypes ? last : undefined,
  );
  const whole = putTogether(program, items, members, solved);
  const { config, definitions, cTypes } = tables;
  const parts = [sources, config, definitions, imported, cTypes, resolved];
  const conclusion = concluding(program, whole, sources, { parts, instances: resolved.instances });
  return withConclusion(conclusion, {
    incomplete: whole.incomplete,
    nodeFacts: whole.nodeFacts,
    files: sources.files,
    cFunctions: [...imported.functions.values()].filter(({ isStatic }) => !isStatic),
    matches: resolved.matches,
    instances: resolved.instances,
    structs: program.structs,
    remembered: {
      ground,
      tables,
      parsed,
      probes: resolved.byProbe,
      standIns,
      foreignTypes: types,
      groups: rememberGroups(solved.groups),
      usedMacros: solved.usedMacros,
      unusedMacros: solved.unusedMacros,
    },
  });
}

type Conclusion = Pick<Analysis, "core" | "diagnostics">;

/** Made when it is first asked for: what somebody types is completed from node facts alone. */
function withConclusion(conclusion: () => Conclusion, known: Omit<Analysis, keyof Conclusion>): Analysis {
  return {
    ...known,
    get core() {
      return conclusion().core;
    },
    get diagnostics() {
      return conclusion().diagnostics;
    },
  };
}

interface Found {
  /** What has findings of its own, in the order in which they are told, before those of the whole. */
  readonly parts: readonly { readonly diagnostics: readonly Diagnostic[] }[];
  readonly instances: readonly ProbeInstance[];
}

// Not inside of `analyze`: what is kept for later must not keep the analysis before alive.
function concluding(
  program: Program,
  whole: Whole,
  sources: Sources,
  { parts, instances }: Found,
): () => Conclusion {
  return once(() => {
    const conclusions = whole.conclude();
    const findings = createFindings();
    const needs = { diagnostics: checkNeeds(sources.modules, conclusions.calledCFunctions) };
    const all = [...parts, needs, conclusions].flatMap(({ diagnostics }) => diagnostics);
    for (const diagnostic of all.filter(isFirstOfFeature())) findings.report(diagnostic);
    const hasErrors = findings.diagnostics.some(({ severity }) => severity === "error");
    const core =
      hasErrors || whole.incomplete ? undefined : coreProgram(program, conclusions, instances, sources);
    return { core, diagnostics: sorted(findings.diagnostics) };
  });
}

/** That a feature may still change is said where it is first used. */
function isFirstOfFeature(): (diagnostic: Diagnostic) => boolean {
  const said = new Set<string>();
  return ({ code, message }) => {
    if (code !== unstableFeature.code) return true;
    const isFirst = !said.has(message);
    said.add(message);
    return isFirst;
  };
}

/** Read off the settings only where there is such an import. */
function importsInBlocks({ script, options }: AnalysisInput): boolean {
  const items = script.items.map(({ item }) => item);
  if (items.every((item) => importsInside(item).length === 0)) return false;
  return resolveConfig(items, options.environment).unstable.importStatement !== "error";
}

function groundOf({ sourceName, facts, options, script }: AnalysisInput, items: readonly Item[]): Ground {
  const [first] = script.items;
  // Headers of the command line are read as if they stood in the first item.
  const anchor = options.includes.length > 0 && first !== undefined ? [first.item] : [];
  return { sourceName, facts, options, items: [...anchor, ...items.filter(isGround)] };
}

/** What other code may depend on: all but probes that import nothing. */
function isGround(item: Item): boolean {
  return item.kind !== "probe" || importsInside(item).length > 0;
}

function lastOn(ground: Ground, previous: Analysis | undefined): Remembered | undefined {
  const last = previous?.remembered;
  return last !== undefined && sameGround(last.ground, ground) ? last : undefined;
}

/** Equal texts are parsed once, and stay the same objects from one analysis to the next. */
function rememberingParse(
  { parse, previous }: AnalysisInput,
  parsed: Map<string, Script>,
): AnalysisInput["parse"] {
  // The function is kept with what is made of it; the analysis before must not be kept with the function.
  const before = previous?.remembered.parsed;
  return (text) => {
    const script = parsed.get(text) ?? before?.get(text) ?? parse(text);
    parsed.set(text, script);
    return script;
  };
}

function makeTables(
  { script, sourceName, facts, options }: AnalysisInput,
  items: readonly Item[],
  parse: AnalysisInput["parse"],
): Tables {
  const mainItems = script.items.map(({ item }) => item);
  const where = { from: sourceName, facts, includes: options.includes };
  const active = activeItems(items, where);
  const cTypes = readCTypes(active.items, where);
  return {
    config: resolveConfig(mainItems, options.environment),
    definitions: collectDefinitions(active.items),
    cTypes: { ...cTypes, diagnostics: [...active.diagnostics, ...cTypes.diagnostics] },
    defines: createDefines(active.items, cTypes.declarations.macros, parse),
    shared: createSharedSymbols(),
  };
}

function probeEnvironment(
  { facts, options }: AnalysisInput,
  { config: { config } }: Tables,
): ProbeEnvironment {
  return {
    facts,
    parameters: options.positional ?? [],
    unsafe: options.unsafe,
    pid: options.pid,
    disabledFeatures: options.disabledFeatures,
    missingProbes: config.missingProbes,
    maxPrograms: config.maxPrograms,
    maxProbes: config.maxProbes,
  };
}

/** @param last whose groups are taken over where nothing in them has changed */
function solveProgram(
  program: Program,
  groups: readonly Group[],
  shared: SharedSymbols,
  last: Remembered | undefined,
): SolvedProgram {
  const solved = groups.map((group) => findGroup(group, last) ?? solveGroup(program, group, shared));
  const used = new Set<Macro>();
  for (const { usedMacros } of solved) for (const macro of usedMacros) used.add(macro);
  const sameUse = last !== undefined && sameElements([...used], [...last.usedMacros]);
  return {
    groups: solved,
    usedMacros: used,
    unusedMacros: sameUse ? last.unusedMacros : solveUnusedMacros(program, used, shared),
    shared,
  };
}

function createProgram(
  { script: main, facts, options }: AnalysisInput,
  { items, modules, pending: pendingImports }: Sources,
  instances: readonly ProbeInstance[],
  { config, definitions, cTypes, defines }: Tables,
  { functions: cFunctions }: ImportedFunctions,
): Program {
  const { declarations } = cTypes;
  const structs = new Set(declarations.structs);
  for (const { context } of instances)
    if (context.arguments.kind === "struct") structs.add(context.arguments.definition);
  const script = { ...declarations, structs: [...structs] };
  const known = createStructTable({ script, facts });
  return {
    ...definitions,
    cFunctions,
    writtenMaps: () => [...new Set(items.flatMap((item) => [...mapNamesIn(item).written]))],
    defines,
    structs: withBinaries(withModules(known, modules), instances, facts),
    ownTypes: [declarations.structs, declarations.enums, declarations.typedefs].flatMap((each) =>
      each.map(({ name }) => name),
    ),
    facts,
    config: config.config,
    settings: config.values,
    unstable: config.unstable,
    options: {
      unsafe: options.unsafe,
      command: options.command,
      positional: options.positional,
      disabledFeatures: options.disabledFeatures,
    },
    mainDefinitions: new Set(main.items.flatMap(({ item }) => (item.kind === "probe" ? [] : [item]))),
    subprogramContext: {
      ...programContext(plainContext(getProbeType("begin")), "", undefined),
      probeType: undefined,
    },
    lenient: facts.source === "none" || cTypes.pending || pendingImports,
    pendingImports,
  };
}

function coreProgram(
  program: Program,
  { probes, subprograms, maps, namedParameters }: Conclusions,
  instances: readonly ProbeInstance[],
  { modules }: Sources,
): CoreProgram {
  return {
    probes: probes.slice(0, instances.length),
    subprograms,
    modules: modules.map(({ module }) => module),
    maps,
    config: program.config,
    structs: program.structs,
    namedParameters,
  };
}

const order = { error: 0, warning: 1, hint: 2 } as const;

function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => order[a.severity] - order[b.severity]);
}
