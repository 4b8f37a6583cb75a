/** Calls of functions of imported C files. */

import type { CoreExpression } from "../../core/core.ts";
import { functionArgumentMismatch, wrongArgumentCount } from "../../diagnostics/catalog/calls.ts";
import { cFunctionUnusable } from "../../diagnostics/catalog/imports.ts";
import { typeArgumentMisplaced } from "../../diagnostics/catalog/macros.ts";
import type { Call } from "../../syntax/ast.ts";
import { settle } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import type { Type } from "../../types/type.ts";
import type { ImportedFunction } from "../state/imported-function.ts";
import { note, placeOf, report, type Scope } from "../state/scope.ts";
import { coerce } from "./convert.ts";
import { elaborate } from "./parts.ts";
import { cast, functionCall, isUnknown, unknown } from "./nodes.ts";

/** BPF has five registers for arguments. */
const MOST_ARGUMENTS = 5;

export function callCFunction(fn: ImportedFunction, call: Call, scope: Scope): CoreExpression {
  const place = placeOf(scope, call);
  const { name, parameters, returns } = fn.prototype;
  note(scope, call.callee, { symbol: scope.walk.symbols.cFunction(fn), access: "read" });
  const reason = unusable(fn);
  if (reason !== undefined) {
    report(scope, cFunctionUnusable(placeOf(scope, call.callee), { name, reason }));
    for (const argument of call.arguments) passArgument(argument, undefined, name, scope);
    return unknown(place, returns);
  }
  if (call.arguments.length !== parameters.length) {
    const expected = `${parameters.length} argument${parameters.length === 1 ? "" : "s"}`;
    report(scope, wrongArgumentCount(place, { name, expected, got: call.arguments.length }));
    return unknown(place, returns);
  }
  const args = call.arguments.map((argument, i) => passArgument(argument, parameters[i], name, scope));
  const types = parameters.map(({ type }) => type);
  return functionCall({ name, parameters: types }, args, returns, place);
}

function passArgument(
  argument: Call["arguments"][number],
  parameter: ImportedFunction["prototype"]["parameters"][number] | undefined,
  name: string,
  scope: Scope,
): CoreExpression {
  if (argument.kind === "type-argument") {
    const place = placeOf(scope, argument);
    report(scope, typeArgumentMisplaced(place, { where: "as an argument of a function" }));
    return unknown(place);
  }
  const value = elaborate(argument, scope);
  if (parameter === undefined || isUnknown(value)) return value;
  const { type } = parameter;
  // Whatever C does with an address is its affair.
  if (type.kind === "pointer" && value.type.kind === "pointer") return cast(value, type, true);
  return coerce(value, type, scope, () => {
    const facts = {
      name,
      parameter: parameter.name,
      expected: parameter.cType,
      got: show(settle(value.type)),
    };
    report(scope, functionArgumentMismatch(value.place, facts));
  });
}

function unusable({ isStatic, path, prototype }: ImportedFunction): string | undefined {
  const { parameters, returns, returnsCType } = prototype;
  if (isStatic) return `it is static, so only '${path}' can`;
  if (parameters.length > MOST_ARGUMENTS) return `it takes ${parameters.length} arguments, more than five`;
  const odd = parameters.find(({ type }) => !fitsRegister(type));
  if (odd !== undefined) return `'${odd.name}' is of type '${odd.cType}'`;
  return returns.kind === "void" || fitsRegister(returns) ? undefined : `it returns '${returnsCType}'`;
}

function fitsRegister({ kind }: Type): boolean {
  return kind === "integer" || kind === "boolean" || kind === "pointer";
}
