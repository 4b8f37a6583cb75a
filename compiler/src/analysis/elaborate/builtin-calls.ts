/** Calls of builtins: choosing the form, matching arguments with its parameters, and what the call becomes. */

import { arity, type Builtin, type Form, type Parameter } from "../../builtins/builtin.ts";
import type { Argument, CallSite } from "../../builtins/call-site.ts";
import { arityText } from "../../builtins/signature.ts";
import type { CallDetail, CoreCall, CoreExpression } from "../../core/core.ts";
import { wrongArgumentCount } from "../../diagnostics/catalog/calls.ts";
import { aggregationNotAssigned } from "../../diagnostics/catalog/maps.ts";
import { unknownIdentifier } from "../../diagnostics/catalog/names.ts";
import { exitInFor } from "../../diagnostics/catalog/control-flow.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Call, Expression, Identifier, TypeArgument } from "../../syntax/ast.ts";
import type { Name } from "../../syntax/node.ts";
import { none, type Type } from "../../types/type.ts";
import { settle } from "../../types/relations.ts";
import { checkAvailability } from "./availability.ts";
import { callSite } from "./call-view.ts";
import { elaborateArgument, shapeFits } from "./arguments.ts";
import { reportMismatches, type Mismatch } from "./mismatches.ts";
import { requireLowering } from "./lowered.ts";
import { isUnknown, typedInteger, unknown } from "./nodes.ts";
import { elaborate } from "./parts.ts";
import { reportUnsetSpace } from "./unset-space.ts";
import { placeOf, report, type Scope, note } from "../state/scope.ts";

type Written = readonly (Expression | TypeArgument)[];

export function elaborateBareBuiltin(row: Builtin, identifier: Identifier, scope: Scope): CoreExpression {
  const place = placeOf(scope, identifier);
  note(scope, identifier, { builtin: row.name });
  const form = row.forms.find((each) => arity(each).least === 0);
  if (row.bare !== true || form === undefined) {
    report(scope, unknownIdentifier(place, { name: identifier.name, nearest: `${row.name}()` }));
    return unknown(place);
  }
  return finishCall(row, form, identifier, [], place, scope);
}

export function elaborateBuiltinCall(row: Builtin, call: Call, scope: Scope): CoreExpression {
  const place = placeOf(scope, call);
  note(scope, call.callee, { builtin: row.name });
  if (row.kind === "aggregation") {
    report(scope, aggregationNotAssigned(place, { name: call.callee.text }));
    learnArguments(call, scope);
    return unknown(place);
  }
  const matched = matchCall(row, call, scope);
  if (matched === undefined) return unknown(place);
  return finishCall(row, matched.form, call.callee, matched.args, place, scope);
}

/** The form a call means and its arguments; undefined after a reported mistake. */
export function matchCall(
  row: Builtin,
  call: Call,
  scope: Scope,
): { readonly form: Form; readonly args: readonly Argument[] } | undefined {
  const form = chooseForm(row.forms, call.arguments, scope);
  if (form === undefined) {
    const facts = { name: call.callee.text, expected: arityText(row.forms), got: call.arguments.length };
    report(scope, wrongArgumentCount(placeOf(scope, call), facts));
    learnArguments(call, scope);
    return undefined;
  }
  const args: Argument[] = [];
  const mismatches: Mismatch[] = [];
  let complete = true;
  for (const [i, written] of call.arguments.entries()) {
    const parameter = parameterAt(form, i);
    if (parameter === undefined) continue;
    const argument =
      meantElsewhere(form, call, i) ?? elaborateArgument(call.callee.text, parameter, written, args, scope);
    if (argument === undefined) complete = false;
    else if ("written" in argument) mismatches.push(argument);
    else args.push(argument);
  }
  if (mismatches.length > 0)
    reportMismatches(
      call,
      form,
      mismatches,
      row.forms.filter((each) => takes(each, call.arguments)),
      scope,
    );
  return complete && mismatches.length === 0 ? { form, args } : undefined;
}

/** Of a call that is not all there, for who is typing it: what its arguments are, but those that may be words or whole maps. */
export function learnArguments({ arguments: written }: Call, scope: Scope): void {
  for (const each of written) {
    if (each.kind !== "type-argument" && each.kind !== "identifier" && each.kind !== "map")
      elaborate(each, scope);
  }
}

/** A word or a map that is meant as another argument, where that one is nothing of the kind. */
function meantElsewhere(
  { parameters }: Form,
  { arguments: written }: Call,
  index: number,
): Mismatch | undefined {
  const [here, parameter] = [written[index], parameters[index]];
  if (here === undefined || parameter === undefined || isMeantFor(here, parameter)) return undefined;
  const own = parameters.findIndex((each) => isMeantFor(here, each));
  const there = written[own];
  if (there === undefined || there.kind === here.kind) return undefined;
  return { parameter, written: here, got: "this", type: none };
}

function isMeantFor(written: Written[number], { form, words }: Parameter): boolean {
  if (written.kind === "identifier") return words?.includes(written.name) === true;
  return form === "map" && written.kind === "map" && written.keys === undefined;
}

export function parameterAt({ parameters }: Form, index: number): Parameter | undefined {
  const last = parameters.at(-1);
  return parameters[index] ?? (last?.variadic === true ? last : undefined);
}

function takes(form: Form, args: Written): boolean {
  const { least, most } = arity(form);
  return least <= args.length && args.length <= most;
}

/** The first form that fits in number and shape; in doubt the first that fits in number. */
function chooseForm(forms: readonly Form[], args: Written, scope: Scope): Form | undefined {
  const candidates = forms.filter((form) => takes(form, args));
  const fits = (form: Form): boolean =>
    args.every((argument, i) => {
      const parameter = parameterAt(form, i);
      return parameter !== undefined && shapeFits(parameter, argument, scope);
    });
  return candidates.find(fits) ?? candidates[0];
}

function finishCall(
  row: Builtin,
  form: Form,
  callee: Name | Identifier,
  args: readonly Argument[],
  place: Place,
  scope: Scope,
): CoreExpression {
  const name = callee.kind === "name" ? callee.text : callee.name;
  const calleePlace = placeOf(scope, callee);
  const available = checkAvailability(row, name, calleePlace, scope);
  const usable = available && args.every(({ expression }) => !isUnknown(expression));
  const { returns } = form;
  if (typeof returns !== "function" && isPlain(row, scope)) {
    requireLowering(row.name, calleePlace, scope);
    return usable ? plainCall(row, returns, args, place) : unknown(place, returns);
  }
  const site = callSite(name, args, place, scope, calleePlace);
  if (usable && (row.available?.(site) ?? true)) return callWithHooks(row, form, site, scope);
  return unknown(place, typeof returns === "function" ? undefined : returns);
}

/** Nothing but its type counts: the row has no say in its calls, or types are only being gathered. */
function isPlain(row: Builtin, { walk }: Scope): boolean {
  if (!walk.final && row.mode !== "compile-time") return true;
  const { available, check, expand, detail, terminates, readsMemory } = row;
  return (
    terminates !== true &&
    readsMemory !== true &&
    [available, check, expand, detail].every((hook) => hook === undefined)
  );
}

function callWithHooks(row: Builtin, { returns }: Form, site: CallSite, scope: Scope): CoreExpression {
  const { place } = site;
  if (scope.walk.final && !scope.routine.speculative) {
    row.check?.(site);
    if (row.readsMemory === true) reportUnsetSpace(site, scope);
  }
  if (row.expand !== undefined) return row.expand(site);
  const type = typeof returns === "function" ? returns(site) : returns;
  if (type.kind === "none") {
    scope.walk.progress.incomplete = true;
    return unknown(place);
  }
  requireLowering(row.name, place, scope);
  const detail = row.detail === undefined ? noDetail : row.detail(site);
  if (detail === undefined) {
    scope.walk.progress.incomplete = true;
    return unknown(place, type);
  }
  const call = { ...plainCall(row, type, site.arguments, place), detail };
  return row.terminates === true ? withReturn(call, place, scope) : call;
}

const noDetail: CallDetail = { kind: "none" };

function plainCall(row: Builtin, type: Type, args: readonly Argument[], place: Place): CoreCall {
  const passedOn = args.length === 0 ? [] : args.flatMap(passed);
  return { kind: "call", type: settle(type), place, name: row.name, arguments: passedOn, detail: noDetail };
}

/** Words, types and names are used up while compiling. */
function passed({ expression, key, word, type }: Argument): readonly CoreExpression[] {
  if (word !== undefined || type !== undefined) return [];
  return key === undefined ? [expression] : [expression, key];
}

/** `exit()` also leaves the program, except in macros, which do not jump in their caller. */
function withReturn(call: CoreExpression, place: Place, scope: Scope): CoreExpression {
  if (scope.inCallback && scope.expansion === undefined) report(scope, exitInFor(place, {}));
  const evaluate = { kind: "evaluate", place, expression: call } as const;
  if (scope.expansion !== undefined)
    return { kind: "block", type: call.type, place, statements: [evaluate], value: undefined };
  const { returns } = scope.routine;
  const value = returns?.kind === "integer" ? typedInteger(0n, returns, place) : undefined;
  const statements = [evaluate, { kind: "return", place, value } as const];
  return { kind: "block", type: call.type, place, statements, value: undefined };
}
