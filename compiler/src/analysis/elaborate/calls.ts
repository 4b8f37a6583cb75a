/** Calls: of macros, builtins and the script's own functions. */

import { nearest } from "../../base/nearest.ts";
import { builtins, findBuiltin } from "../../builtins/catalog.ts";
import type { CoreExpression } from "../../core/core.ts";
import { functionArgumentMismatch, wrongArgumentCount } from "../../diagnostics/catalog/calls.ts";
import { cFunctionHidden } from "../../diagnostics/catalog/imports.ts";
import { typeArgumentMisplaced } from "../../diagnostics/catalog/macros.ts";
import { unknownFunction } from "../../diagnostics/catalog/names.ts";
import type { Call, Subprogram } from "../../syntax/ast.ts";
import { settle } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import { none, type Type } from "../../types/type.ts";
import { callCFunction } from "./c-calls.ts";
import { elaborateBuiltinCall, learnArguments } from "./builtin-calls.ts";
import { coerce } from "./convert.ts";
import { elaborate } from "./parts.ts";
import { expandMacroCall, reportNoMatchingMacro } from "./macros.ts";
import { functionCall, unknown } from "./nodes.ts";
import { nameElsewhere } from "./other-names.ts";
import { placeOf, report, type Scope, note } from "../state/scope.ts";
import { noteArguments } from "../state/parameter-spaces.ts";
import { signatureOf } from "./subprograms.ts";

export function elaborateCall(call: Call, scope: Scope): CoreExpression {
  const place = placeOf(scope, call);
  const name = call.callee.text;
  const expanded = expandMacroCall(call, scope);
  if (expanded !== undefined) return expanded;
  const row = findBuiltin(name);
  if (row !== undefined) {
    const hidden = scope.walk.program.cFunctions.get(name);
    if (hidden?.isStatic === false)
      report(scope, cFunctionHidden(placeOf(scope, call.callee), { name, path: hidden.path }));
    return elaborateBuiltinCall(row, call, scope);
  }
  if (scope.walk.program.macros.has(name)) return reportNoMatchingMacro(call, scope);
  const subprogram = scope.walk.program.subprograms.get(name);
  if (subprogram !== undefined) return callSubprogram(subprogram, call, scope);
  const imported = scope.walk.program.cFunctions.get(name);
  if (imported !== undefined) return callCFunction(imported, call, scope);
  if (scope.walk.program.pendingImports) scope.walk.progress.incomplete = true;
  else reportUnknownFunction(call, scope);
  for (const argument of call.arguments) {
    if (argument.kind !== "type-argument") elaborate(argument, scope);
  }
  return unknown(place);
}

function reportUnknownFunction(call: Call, scope: Scope): void {
  const { macros, subprograms, cFunctions } = scope.walk.program;
  const name = call.callee.text;
  const own = [...macros.keys(), ...subprograms.keys(), ...cFunctions.keys()];
  const known = [...builtins.map((row) => row.name), ...own];
  const near = nameElsewhere(name, known) ?? nearest(name, known);
  const place = placeOf(scope, call.callee);
  const fixes =
    near === undefined
      ? []
      : [{ title: `Change to ${near}`, edits: [{ place, text: near }], automatic: false }];
  report(scope, unknownFunction(place, { name, nearest: near }, { fixes }));
}

function callSubprogram(subprogram: Subprogram, call: Call, scope: Scope): CoreExpression {
  const place = placeOf(scope, call);
  const { name, parameters, returns } = signatureOf(subprogram, scope);
  note(scope, call.callee, {
    symbol: scope.walk.symbols.subprogram(subprogram),
    access: "read",
  });
  scope.walk.calledSubprograms.add(subprogram);
  if (parameters.some(({ name: parameter }) => parameter === "")) return unknown(place, returns);
  if (call.arguments.length !== parameters.length) {
    const expected = `${parameters.length} argument${parameters.length === 1 ? "" : "s"}`;
    const related = [{ place: { item: subprogram, span: subprogram.name.span }, message: "defined here" }];
    report(scope, wrongArgumentCount(place, { name, expected, got: call.arguments.length }, { related }));
    learnArguments(call, scope);
    return unknown(place, returns);
  }
  const given: Type[] = parameters.map(() => none);
  const args = call.arguments.map((argument, i) => {
    if (argument.kind === "type-argument") {
      report(
        scope,
        typeArgumentMisplaced(placeOf(scope, argument), { where: "as an argument of a function" }),
      );
      return unknown(placeOf(scope, argument));
    }
    const value = elaborate(argument, scope);
    given[i] = value.type;
    const parameter = parameters[i];
    if (parameter === undefined || parameter.type.kind === "none") return value;
    return coerce(value, parameter.type, scope, () => {
      const facts = {
        name,
        parameter: `$${parameter.name}`,
        expected: show(parameter.type),
        got: show(settle(value.type)),
      };
      report(scope, functionArgumentMismatch(value.place, facts));
    });
  });
  const types = parameters.map(({ type }) => type);
  noteArguments(scope.walk.states.parameterSpaces, subprogram, given);
  return functionCall({ name, parameters: types }, args, returns, place);
}
