/** Analysis: a script and the facts about a machine in, a core tree, findings and facts about nodes out. */

import type { CoreProgram } from "../core/core.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { KernelFacts } from "../kernel/facts.ts";
import { createStructTable } from "../kernel/struct-table.ts";
import { plainContext } from "../probes/context.ts";
import { withBinaries } from "./binary-types.ts";
import { withoutTargets } from "./fallback-probes.ts";
import { getProbeType } from "../probes/catalog.ts";
import type { AttachPointMatches, ProbeInstance } from "../probes/environment.ts";
import { resolveProbes } from "../probes/resolve.ts";
import type { Item, Script } from "../syntax/ast.ts";
import type { StructTable } from "../types/type.ts";
import { readCTypes, type CTypes } from "./c-types.ts";
import { collectDefinitions, type Definitions } from "./collect.ts";
import { createCollector, type Collector } from "./collector.ts";
import { resolveConfig, type ResolvedConfig } from "./config.ts";
import { createDefines } from "./defines.ts";
import { loadSources, type Source } from "./imports.ts";
import type { NodeFacts } from "./node-facts.ts";
import { programContext } from "./probe-bodies.ts";
import { checkUse } from "./rules.ts";
import { settleStatements } from "./settle-core.ts";
import { solve, type Solved } from "./solve.ts";
import type { Program } from "./walk.ts";

export interface AnalysisOptions {
  readonly unsafe: boolean;
  /** Process chosen with `-p`. */
  readonly pid: number | undefined;
  /** A child is started with `-c`. */
  readonly command: boolean;
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
  /** How many places each attach point attaches to. */
  readonly matches: readonly AttachPointMatches[];
  readonly instances: readonly ProbeInstance[];
  /** C types of the script, its probes and the kernel. */
  readonly structs: StructTable;
}

export const defaultOptions: AnalysisOptions = {
  unsafe: false,
  pid: undefined,
  command: false,
  positional: undefined,
  disabledFeatures: new Set(),
  environment: {},
  includes: [],
};

export function analyze(input: AnalysisInput): Analysis {
  const { script, sourceName, facts, options, parse } = input;
  const sources = loadSources({ name: sourceName, text: undefined, script }, facts, parse);
  const { items } = sources;
  const mainItems = script.items.map(({ item }) => item);
  const config = resolveConfig(mainItems, options.environment);
  const definitions = collectDefinitions(items);
  const cTypes = readCTypes(items, { from: sourceName, facts, includes: options.includes });
  const resolved = resolveProbes(items, {
    facts,
    parameters: options.positional ?? [],
    unsafe: options.unsafe,
    pid: options.pid,
    disabledFeatures: options.disabledFeatures,
    missingProbes: config.config.missingProbes,
    maxPrograms: config.config.maxPrograms,
    maxProbes: config.config.maxProbes,
  });
  const before = [sources, config, definitions, cTypes, resolved].flatMap(({ diagnostics }) => diagnostics);
  const program = createProgram(input, items, resolved.instances, { config, definitions, cTypes });
  // A probe without targets is checked too, as if it had one of which nothing is known.
  const all = [...resolved.instances, ...withoutTargets(items, resolved.instances)];
  const solved = solve(program, all, () => createCollector(before));
  const { collector } = solved;
  for (const diagnostic of checkUse(program, solved)) collector.report(diagnostic);
  const hasErrors = collector.diagnostics.some(({ severity }) => severity === "error");
  return {
    core: hasErrors || solved.incomplete ? undefined : coreProgram(program, solved, resolved.instances),
    incomplete: solved.incomplete,
    diagnostics: sorted(collector.diagnostics),
    nodeFacts: collector.nodeFacts,
    files: sources.files,
    matches: resolved.matches,
    instances: resolved.instances,
    structs: program.structs,
  };
}

interface Tables {
  readonly config: ResolvedConfig;
  readonly definitions: Definitions;
  readonly cTypes: CTypes;
}

function createProgram(
  { script: main, facts, options, parse }: AnalysisInput,
  items: readonly Item[],
  instances: readonly ProbeInstance[],
  { config, definitions, cTypes }: Tables,
): Program {
  const { declarations } = cTypes;
  const argumentStructs = instances.flatMap(({ context }) =>
    context.arguments.kind === "struct" ? [context.arguments.definition] : [],
  );
  const script = { ...declarations, structs: [...declarations.structs, ...argumentStructs] };
  const known = createStructTable({ script, facts });
  return {
    ...definitions,
    defines: createDefines(items, declarations.macros, parse),
    structs: withBinaries(known, instances, facts),
    facts,
    config: config.config,
    settings: config.values,
    unstable: config.unstable,
    options: {
      unsafe: options.unsafe,
      hasChild: options.command || options.pid !== undefined,
      positional: options.positional,
      disabledFeatures: options.disabledFeatures,
    },
    mainItems: new Set(main.items.map(({ item }) => item)),
    subprogramContext: {
      ...programContext(plainContext(getProbeType("begin")), "", undefined),
      probeType: undefined,
    },
    lenient: facts.source === "none",
  };
}

function coreProgram(
  program: Program,
  { probes, subprograms, states, coreMaps }: Solved<Collector>,
  instances: readonly ProbeInstance[],
): CoreProgram {
  return {
    probes: probes
      .slice(0, instances.length)
      .map((probe) => ({ ...probe, body: settleStatements(probe.body) })),
    subprograms: subprograms.map((each) => ({ ...each, body: settleStatements(each.body) })),
    maps: [...states.maps.values()].flatMap((state) => coreMaps.get(state) ?? []),
    config: program.config,
    structs: program.structs,
    namedParameters: [...states.namedParameters.values()],
  };
}

const order = { error: 0, warning: 1, hint: 2 } as const;

function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => order[a.severity] - order[b.severity]);
}
