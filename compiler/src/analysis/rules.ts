/** Findings about what was declared and not used, once the whole program has been walked. */

import { neverAssigned } from "../diagnostics/catalog/names.ts";
import { hotFunction, mapNeverRead, unusedDefinition, unusedVariable } from "../diagnostics/catalog/lints.ts";
import type { CoreProbe } from "../core/core.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { Macro, Subprogram } from "../syntax/ast.ts";
import { findNodeAt } from "../syntax/walk.ts";
import { checkMapDeclarations } from "./map-declarations.ts";
import type { Instance, MapState, VariableState } from "./state/state.ts";
import type { Program } from "./state/program.ts";

/** What is known of a whole program when all of it has been walked. */
export interface Use {
  /** By name. */
  readonly maps: ReadonlyMap<string, MapState>;
  readonly probes: readonly CoreProbe[];
  readonly usedMacros: ReadonlySet<Macro>;
  readonly calledSubprograms: ReadonlySet<Subprogram>;
  /** Findings about variables, from `checkVariables`. */
  readonly variables: readonly Diagnostic[];
}

export function checkUse(program: Program, use: Use): readonly Diagnostic[] {
  return [
    ...checkMapDeclarations(program, use.maps),
    ...use.variables,
    ...[...use.maps.values()].flatMap((map) => checkMap(map, program)),
    ...unusedDefinitions(program, use),
    ...use.probes.flatMap(checkTargets),
  ];
}

/** Findings about the variables of one piece of code and of what is expanded in it. */
export function checkVariables(instance: Instance | undefined): readonly Diagnostic[] {
  return instance === undefined ? [] : [...variablesIn(instance)].flatMap(checkVariable);
}

function* variablesIn(instance: Instance): Iterable<VariableState> {
  yield* instance.variables.values();
  for (const child of instance.children.values()) yield* variablesIn(child);
}

function checkVariable(state: VariableState): readonly Diagnostic[] {
  if (state.origin === "let" && !state.assigned) {
    return [neverAssigned(state.declaration, { name: state.name })];
  }
  const named = state.origin === "let" || state.origin === "assignment";
  if (named && state.assigned && !state.read && !state.name.startsWith("_")) {
    return [unusedVariable(state.declaration, { name: state.name }, { fixes: discarding(state) })];
  }
  return [];
}

/** The value may be computed for what that does: it is kept, its name is not. Only where the name stands once. */
function discarding({ name, declaration: { item, span, expandedFrom } }: VariableState): readonly Fix[] {
  const mentions = [...item.text.matchAll(/\$\w+/g)].filter(([text]) => text === `$${name}`);
  if (mentions.length !== 1 || expandedFrom !== undefined) return [];
  const isGivenValue = findNodeAt(item, span.start).some(
    (node) =>
      (node.kind === "assignment" && node.operator === undefined) ||
      (node.kind === "variable-declaration" && node.value !== undefined),
  );
  if (!isGivenValue) return [];
  const let_ = /\blet\s+$/.exec(item.text.slice(0, span.start))?.[0].length ?? 0;
  // Up to the sign: the value may stand in parentheses, which are not part of it.
  const sign = item.text.indexOf("=", span.end);
  const place = { item, span: { start: span.start - let_, end: sign } };
  return [{ title: "Assign to '_' instead", edits: [{ place, text: "_ " }], automatic: false }];
}

function checkMap(state: MapState, { config }: Program): readonly Diagnostic[] {
  if (state.written && !state.read && !config.printMapsOnExit) {
    return [mapNeverRead(state.place, { name: state.name })];
  }
  return [];
}

function unusedDefinitions(program: Program, use: Use): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { mainDefinitions } = program;
  for (const macros of program.macros.values()) {
    for (const macro of macros) {
      if (use.usedMacros.has(macro) || !mainDefinitions.has(macro)) continue;
      const place = { item: macro, span: macro.name.span };
      diagnostics.push(unusedDefinition(place, { what: "macro", name: macro.name.text }));
    }
  }
  for (const subprogram of program.subprograms.values()) {
    if (use.calledSubprograms.has(subprogram) || !mainDefinitions.has(subprogram)) continue;
    const place = { item: subprogram, span: subprogram.name.span };
    diagnostics.push(unusedDefinition(place, { what: "function", name: subprogram.name.text }));
  }
  return diagnostics;
}

/** Called so often that a probe on them is felt everywhere. */
const hotFunctions: ReadonlySet<string> = new Set([
  "_raw_spin_lock",
  "_raw_spin_unlock",
  "_raw_spin_lock_irqsave",
  "_raw_spin_unlock_irqrestore",
  "_raw_spin_lock_irq",
  "_raw_spin_lock_bh",
  "queued_spin_lock_slowpath",
  "__rcu_read_lock",
  "__rcu_read_unlock",
  "mutex_lock",
  "mutex_unlock",
  "kmem_cache_alloc",
  "kmem_cache_free",
]);

function checkTargets({ targets, attachPoints }: CoreProbe): readonly Diagnostic[] {
  const [place] = attachPoints;
  if (place === undefined) return [];
  const names = targets.flatMap((target) => {
    if (target.kind === "fentry") return [target.function];
    return target.kind === "kprobe" && target.functions.length === 1 ? target.functions : [];
  });
  return names.filter((name) => hotFunctions.has(name)).map((name) => hotFunction(place, { name }));
}
