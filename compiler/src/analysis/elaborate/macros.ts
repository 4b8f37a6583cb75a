/** Macros: choosing the definition a call means, and elaborating its body with the arguments bound. */

import type { CoreExpression } from "../../core/core.ts";
import {
  macroArgumentCount,
  macroArgumentKind,
  macroNeedsArguments,
  macroRecursion,
} from "../../diagnostics/catalog/macros.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { findBuiltin } from "../../builtins/catalog.ts";
import type { Call, Expression, Identifier, Macro, MacroParameter, TypeArgument } from "../../syntax/ast.ts";
import { exceedsExpansions } from "./expansion-budget.ts";
import { elaborateBlock } from "./blocks.ts";
import { mapStateFor, noteMap } from "./map-access.ts";
import { none } from "../../types/type.ts";
import { elaborate } from "./parts.ts";
import { isUnknown, unknown } from "./nodes.ts";
import {
  findVariable,
  placeOf,
  report,
  type Expansion,
  type Scope,
  type Thunk,
  note,
} from "../state/scope.ts";
import { childInstance, type MapState, type VariableState } from "../state/state.ts";
import { noteVariable, reportUndefined } from "./variables.ts";

/** @returns undefined when no macro of the script is meant */
export function expandMacroCall(call: Call, scope: Scope): CoreExpression | undefined {
  const candidates = scope.walk.program.macros.get(call.callee.text);
  const macro = candidates?.find((each) => matches(each, call.arguments));
  return macro === undefined ? undefined : expand(macro, call, call.arguments, scope);
}

/** A macro without parameters, used by its name alone. */
export function expandBareMacro(identifier: Identifier, scope: Scope): CoreExpression | undefined {
  const candidates = scope.walk.program.macros.get(identifier.name);
  if (candidates === undefined) return undefined;
  const macro = candidates.find((each) => each.parameters.length === 0);
  if (macro !== undefined) return expand(macro, identifier, [], scope);
  if (findBuiltin(identifier.name) !== undefined) return undefined;
  const place = placeOf(scope, identifier);
  report(scope, macroNeedsArguments(place, { name: identifier.name, expected: countText(candidates) }));
  return unknown(place);
}

function matches(macro: Macro, args: readonly (Expression | TypeArgument)[]): boolean {
  return (
    macro.parameters.length === args.length &&
    macro.parameters.every((parameter, i) => {
      const argument = args[i];
      return argument !== undefined && accepts(parameter, argument);
    })
  );
}

function accepts({ form }: MacroParameter, argument: Expression | TypeArgument): boolean {
  if (form === "variable") return argument.kind === "variable";
  if (form === "map") return argument.kind === "map" && argument.keys === undefined;
  return true;
}

function countText(candidates: readonly Macro[]): string {
  const counts = [...new Set(candidates.map((macro) => macro.parameters.length))].sort((a, b) => a - b);
  const last = counts.at(-1) ?? 0;
  return `${counts.join(" or ")} argument${last === 1 ? "" : "s"}`;
}

/** Says why no definition fits the call. */
export function reportNoMatchingMacro(call: Call, scope: Scope): CoreExpression {
  const place = placeOf(scope, call);
  const name = call.callee.text;
  const candidates = scope.walk.program.macros.get(name) ?? [];
  // What is named in a call that is wrong is used all the same.
  for (const macro of candidates) scope.walk.usedMacros.add(macro);
  for (const argument of call.arguments) if (argument.kind === "variable") elaborate(argument, scope);
  const sameCount = candidates.find((macro) => macro.parameters.length === call.arguments.length);
  if (sameCount === undefined) {
    const related = candidates.map((macro) => definedHere(macro));
    const facts = { name, expected: countText(candidates), got: call.arguments.length };
    report(scope, macroArgumentCount(place, facts, { related }));
    return unknown(place);
  }
  for (const [i, parameter] of sameCount.parameters.entries()) {
    const argument = call.arguments[i];
    if (argument === undefined || accepts(parameter, argument)) continue;
    const sigil = parameter.form === "map" ? "@" : "$";
    const expected = parameter.form === "map" ? "a map" : "a variable";
    const related = [
      { place: { item: sameCount, span: parameter.span }, message: `${expected} is asked for here` },
    ];
    const facts = { name, parameter: `${sigil}${parameter.name}`, expected };
    report(scope, macroArgumentKind(placeOf(scope, argument), facts, { related }));
    break;
  }
  return unknown(place);
}

function definedHere(macro: Macro): { readonly place: Place; readonly message: string } {
  return { place: { item: macro, span: macro.name.span }, message: "defined here" };
}

function expand(
  macro: Macro,
  use: Call | Identifier,
  args: readonly (Expression | TypeArgument)[],
  scope: Scope,
): CoreExpression {
  const place = placeOf(scope, use);
  const callee = use.kind === "call" ? use.callee : use;
  note(scope, callee, { symbol: scope.walk.symbols.macro(macro), access: "read" });
  scope.walk.usedMacros.add(macro);
  const chain = recursionChain(macro, scope);
  if (chain !== undefined) {
    report(scope, macroRecursion(place, { chain }));
    return unknown(place);
  }
  if (exceedsExpansions(macro.name.text, place, scope)) return unknown(place);
  const bound = bind(macro, args, scope);
  if (bound === undefined) return unknown(place);
  const { statements, value } = elaborateBlock(macro.body, bodyScope(macro, use, bound, place, scope));
  const type = value?.type ?? none;
  if (value !== undefined && isUnknown(value)) return unknown(place, type);
  if (value !== undefined && statements.length === 0) return { ...value, place };
  return { kind: "block", type, place, statements, value };
}

/** Names from the macro's first expansion around this use to the use itself, when it is in its own body. */
function recursionChain(macro: Macro, scope: Scope): readonly string[] | undefined {
  const names: string[] = [macro.name.text];
  for (let at = scope.expansion; at !== undefined; at = at.caller.expansion) {
    names.unshift(at.macro.name.text);
    if (at.macro === macro) return names;
  }
  return undefined;
}

interface Bound {
  readonly variables: ReadonlyMap<string, VariableState>;
  readonly maps: ReadonlyMap<string, MapState>;
  readonly thunks: ReadonlyMap<string, Thunk>;
}

function bind(macro: Macro, args: readonly (Expression | TypeArgument)[], scope: Scope): Bound | undefined {
  const variables = new Map<string, VariableState>();
  const maps = new Map<string, MapState>();
  const thunks = new Map<string, Thunk>();
  let complete = true;
  for (const [i, parameter] of macro.parameters.entries()) {
    const argument = args[i];
    if (argument === undefined) continue;
    if (parameter.form === "variable" && argument.kind === "variable") {
      const state = findVariable(scope, argument.name);
      if (state === undefined) reportUndefined(argument, scope);
      else {
        noteVariable(argument, state, "read-write", scope);
        variables.set(parameter.name, state);
      }
      complete &&= state !== undefined;
    } else if (parameter.form === "map" && argument.kind === "map") {
      const state = mapStateFor(argument.map, scope);
      if (state !== undefined) {
        noteMap(argument.map, state, "read-write", scope);
        maps.set(parameter.name, state);
      }
      complete &&= state !== undefined;
    } else {
      thunks.set(parameter.name, { argument, scope });
    }
  }
  return complete ? { variables, maps, thunks } : undefined;
}

/** The body sees its parameters and what it declares itself, nothing of its caller. */
function bodyScope(macro: Macro, use: object, bound: Bound, place: Place, scope: Scope): Scope {
  const expansion: Expansion = {
    macro,
    thunks: bound.thunks,
    maps: bound.maps,
    names: new Set(macro.parameters.map(({ form, name }) => (form === "variable" ? `$${name}` : name))),
    caller: scope,
  };
  return {
    ...scope,
    item: macro,
    instance: childInstance(scope.instance, use),
    parent: undefined,
    variables: new Map(bound.variables),
    expansion,
    expandedFrom: place,
    loop: "none",
    jumpsForbidden: true,
    defines: [],
    defineUse: undefined,
  };
}
