/** Bare names: macro parameters, macros without parameters, builtins, C macros, enum constants. */

import { nearest } from "../../base/nearest.ts";
import { builtins, findBuiltin } from "../../builtins/catalog.ts";
import type { CoreExpression } from "../../core/core.ts";
import {
  functionLikeCMacro,
  recursiveCMacro,
  typeArgumentMisplaced,
  unreadableCMacro,
} from "../../diagnostics/catalog/macros.ts";
import { removedName, unknownIdentifier } from "../../diagnostics/catalog/names.ts";
import type { Identifier } from "../../syntax/ast.ts";
import { expandBareMacro } from "./macros.ts";
import { elaborateBareBuiltin } from "./builtin-calls.ts";
import { elaborate } from "./parts.ts";
import { typedInteger, unknown } from "./nodes.ts";
import { definitionOf, nameElsewhere } from "./other-names.ts";
import { findVariable, placeOf, report, within, type Scope, note } from "../state/scope.ts";
import { exceedsExpansions } from "./expansion-budget.ts";
import { findThunk, noteParameter, thunkScope } from "./thunks.ts";

export function elaborateIdentifier(identifier: Identifier, scope: Scope): CoreExpression {
  const place = placeOf(scope, identifier);
  const { name } = identifier;
  const thunk = findThunk(scope, name);
  if (thunk !== undefined) {
    noteParameter(identifier, scope);
    if (thunk.argument.kind === "type-argument") {
      report(scope, typeArgumentMisplaced(place, { where: "as a value" }));
      return unknown(place);
    }
    if (exceedsExpansions(name, place, scope)) return unknown(place);
    return elaborate(thunk.argument, thunkScope(thunk, identifier, scope));
  }
  const expanded = expandBareMacro(identifier, scope);
  if (expanded !== undefined) return expanded;
  const row = findBuiltin(name);
  if (row !== undefined && (row.bare === true || !isKnownElsewhere(name, scope))) {
    return elaborateBareBuiltin(row, identifier, scope);
  }
  return cMacro(identifier, scope) ?? enumConstant(identifier, scope) ?? reportUnknown(identifier, scope);
}

/** Some builtin functions share their name with a C constant; only those used bare come first. */
function isKnownElsewhere(name: string, { walk }: Scope): boolean {
  return (
    walk.program.defines.find(name) !== undefined || walk.program.structs.findEnumConstant(name) !== undefined
  );
}

function cMacro(identifier: Identifier, scope: Scope): CoreExpression | undefined {
  const { name } = identifier;
  const define = scope.walk.program.defines.find(name);
  if (define === undefined) return undefined;
  const place = placeOf(scope, identifier);
  // An enum constant that is also a macro for itself, as in many headers.
  const itself = define.text === name ? enumConstant(identifier, scope) : undefined;
  if (itself !== undefined) return itself;
  note(scope, identifier, {
    symbol: scope.walk.symbols.cMacro(name, define.place, define),
    access: "read",
  });
  const related = define.place === undefined ? [] : [{ place: define.place, message: "defined here" }];
  if (define.parameters !== undefined) {
    report(scope, functionLikeCMacro(place, { name }, { related }));
    return unknown(place);
  }
  if (scope.defines.includes(name)) {
    const use = { place: scope.defineUse ?? place, message: "used here" };
    report(scope, recursiveCMacro(define.place ?? use.place, { name }, { related: [use] }));
    return unknown(place);
  }
  const expression = define.expression();
  if (expression === undefined) {
    report(scope, unreadableCMacro(place, { name, text: define.text }, { related }));
    return unknown(place);
  }
  if (exceedsExpansions(name, place, scope)) return unknown(place);
  const inner = within(scope, {
    item: expression.item,
    defines: [...scope.defines, name],
    defineUse: scope.defineUse ?? place,
    expandedFrom: place,
  });
  return { ...elaborate(expression.expression, inner), place };
}

function enumConstant(identifier: Identifier, scope: Scope): CoreExpression | undefined {
  const found = scope.walk.program.structs.findEnumConstant(identifier.name);
  if (found === undefined) return undefined;
  const place = placeOf(scope, identifier);
  note(scope, identifier, {
    symbol: scope.walk.symbols.enumConstant(identifier.name, found.enum, found.value),
    access: "read",
  });
  const type = { kind: "integer", size: 8, signed: false, enumName: found.enum } as const;
  return typedInteger(found.value, type, place);
}

/** How C spells constants. */
const CONSTANT = /^[A-Z_][A-Z0-9_]*$/;

/** A variable, a map or an argument of the probe that is called so. */
function withSigil(name: string, scope: Scope): string | undefined {
  if (findVariable(scope, name) !== undefined) return `$${name}`;
  if (scope.walk.program.writtenMaps().includes(name)) return `@${name}`;
  return argumentFields(scope).some((field) => field.name === name) ? `args.${name}` : undefined;
}

function argumentFields({ routine, walk }: Scope): readonly { readonly name: string }[] {
  if (routine.kind !== "probe") return [];
  const { argsType, probeType, probeName } = routine.context;
  if (argsType?.kind === "struct") return walk.program.structs.findStruct(argsType.name)?.fields ?? [];
  if (probeType !== "tracepoint") return [];
  // Code that does not name `args` was not given what they are.
  const [, category = "", event = ""] = probeName.split(":");
  const format = walk.program.facts.tracepointFormat(category, event);
  return format === undefined || format === "missing" ? [] : format.fields.filter(({ common }) => !common);
}

function reportUnknown(identifier: Identifier, scope: Scope): CoreExpression {
  const { name } = identifier;
  const place = placeOf(scope, identifier);
  if (/^sarg\d+$/.test(name)) {
    report(scope, removedName(place, { name, instead: 'read the stack: *(uint64*)(reg("sp") + 8)' }));
    return unknown(place);
  }
  const { macros, lenient, pendingImports } = scope.walk.program;
  if (pendingImports || (lenient && CONSTANT.test(name))) {
    scope.walk.progress.incomplete = true;
    return unknown(place);
  }
  const candidates = [
    ...builtins.filter((row) => row.bare === true).map((row) => row.name),
    ...macros.keys(),
  ];
  const near = withSigil(name, scope) ?? nameElsewhere(name, candidates) ?? nearest(name, candidates);
  const fixes =
    near === undefined
      ? []
      : [{ title: `Change to ${near}`, edits: [{ place, text: near }], automatic: false }];
  const definition = definitionOf(name);
  const hints =
    definition === undefined
      ? []
      : [`type information has no macros: '${definition}' at the start says what it is`];
  report(scope, unknownIdentifier(place, { name, nearest: near }, { fixes, hints }));
  return unknown(place);
}
