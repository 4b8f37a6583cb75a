/** Types as scripts write them. */

import { nearest } from "../../base/nearest.ts";
import { notAType, unknownType } from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Expression, NamedType, TypeofSyntax, TypeSubject, TypeSyntax } from "../../syntax/ast.ts";
import { isBuiltinName } from "../../syntax/builtin-names.ts";
import { settle } from "../../types/relations.ts";
import {
  boolean,
  int16,
  int32,
  int64,
  int8,
  none,
  string,
  struct,
  uint16,
  uint32,
  uint64,
  uint8,
  voidType,
  type AggregationFunction,
  type Type,
} from "../../types/type.ts";
import { elaborate } from "./parts.ts";
import { mapStateFor } from "./map-access.ts";
import { placeOf, report, within, type Scope } from "../state/scope.ts";
import { hiddenTypes, nearestTagged, nearestType } from "./suggest.ts";
import { typeElsewhere } from "./other-names.ts";
import { findThunk, throughParameters } from "./thunks.ts";
import type { Program } from "../state/program.ts";

const DEFAULT_BUFFER = 64;

function aggregation(name: AggregationFunction, signed: boolean): Type {
  return { kind: "aggregation", function: name, signed, parameters: [] };
}

const builtinTypes: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["bool", boolean],
  ["int8", int8],
  ["int16", int16],
  ["int32", int32],
  ["int64", int64],
  ["uint8", uint8],
  ["uint16", uint16],
  ["uint32", uint32],
  ["uint64", uint64],
  ["void", voidType],
  ["string", string(0)],
  ["buffer", { kind: "buffer", capacity: DEFAULT_BUFFER }],
  ["inet", { kind: "inet" }],
  ["timestamp", { kind: "timestamp" }],
  ["macaddr_t", { kind: "mac-address" }],
  ["cgroup_path_t", { kind: "cgroup-path" }],
  ["username_t", { kind: "username" }],
  ["count_t", aggregation("count", false)],
  ...(["sum", "min", "max", "avg", "stats"] as const).flatMap(
    (name) =>
      [
        [`${name}_t`, aggregation(name, true)],
        [`u${name}_t`, aggregation(name, false)],
      ] as const,
  ),
]);

export const builtinTypeNames: readonly string[] = [...builtinTypes.keys()];

/** @returns none when it cannot be said yet or was reported as unknown */
export function resolveType(syntax: TypeSyntax, scope: Scope): Type {
  switch (syntax.kind) {
    case "named-type":
      return resolveNamed(syntax, scope);
    case "pointer-type": {
      const to = resolveType(syntax.to, scope);
      return to.kind === "none" ? none : { kind: "pointer", to, space: scope.routine.context.space };
    }
    case "array-type":
      return resolveArray(syntax.element, syntax.count, scope);
    case "typeof":
      return settle(resolveTypeof(syntax, scope));
    case "missing-type":
      return none;
  }
}

function resolveArray(elementSyntax: TypeSyntax, count: number | undefined, scope: Scope): Type {
  const element = resolveType(elementSyntax, scope);
  if (element.kind === "none") return none;
  if (elementSyntax.kind === "named-type" && elementSyntax.tag === undefined) {
    if (elementSyntax.name === "string") return string(count ?? 0);
    if (elementSyntax.name === "buffer") return { kind: "buffer", capacity: count ?? DEFAULT_BUFFER };
    if (elementSyntax.name === "inet") return { kind: "inet" };
  }
  return { kind: "array", element, count: count ?? 0 };
}

/** What a type or expression inside `typeof`, `sizeof` and their like comes to, without running it. */
export function resolveTypeof({ subject }: TypeofSyntax, scope: Scope): Type {
  return typeOfSubject(subject, scope);
}

export function typeOfSubject(subject: TypeSubject, scope: Scope): Type {
  if (subject.kind === "type") return resolveType(subject.type, scope);
  return typeOfExpression(subject.expression, scope);
}

function typeOfExpression(written: Expression, scope: Scope): Type {
  const { expression, scope: home } = throughParameters(written, scope);
  const inner = within(home, { unevaluated: true });
  if (expression.kind === "type-argument") return resolveTypeof(expression.type, inner);
  if (expression.kind === "map" && expression.keys === undefined) {
    const map = mapStateFor(expression.map, inner);
    if (map === undefined) return none;
    const state = map.shape?.keyed === true ? map.key : map.value;
    map.read = true;
    scope.walk.asked?.add(state);
    return state.type;
  }
  if (expression.kind === "identifier" && !isBuiltinName(expression.name)) {
    const named = findNamedType(undefined, expression.name, inner);
    if (named !== undefined) return named;
    if (home.walk.program.macros.has(expression.name)) {
      reportUnknownType(expression.name, undefined, placeOf(inner, expression), inner);
      return none;
    }
  }
  return elaborate(expression, inner).type;
}

function resolveNamed(syntax: NamedType, scope: Scope): Type {
  const thunk = findThunk(scope, syntax.name);
  if (thunk !== undefined) return resolveTypeParameter(syntax, scope);
  const found = findNamedType(syntax.tag, syntax.name, scope);
  if (found !== undefined) return found;
  reportUnknownType(syntax.name, syntax.tag, placeOf(scope, syntax), scope);
  return none;
}

/** A macro parameter where a type belongs; after `struct` it must have been given a bare name. */
function resolveTypeParameter(syntax: NamedType, scope: Scope): Type {
  const use: Expression = { kind: "identifier", id: syntax.id, span: syntax.span, name: syntax.name };
  const { expression, scope: home } = throughParameters(use, scope);
  const subject: TypeSubject =
    expression.kind === "type-argument" ? expression.type.subject : { kind: "expression", expression };
  const name = bareTypeName(subject);
  if (syntax.tag !== undefined) {
    const found = name === undefined ? undefined : findNamedType(syntax.tag, name, home);
    if (found === undefined) report(scope, notAType(placeOf(scope, syntax), { name: syntax.name }));
    return found ?? none;
  }
  if (expression.kind === "type-argument")
    return resolveTypeof(expression.type, within(home, { unevaluated: true }));
  const found = name === undefined ? undefined : findNamedType(undefined, name, home);
  if (found === undefined) report(scope, notAType(placeOf(scope, syntax), { name: syntax.name }));
  return found ?? none;
}

function bareTypeName(subject: TypeSubject): string | undefined {
  if (subject.kind === "expression") {
    return subject.expression.kind === "identifier" ? subject.expression.name : undefined;
  }
  return subject.type.kind === "named-type" && subject.type.tag === undefined ? subject.type.name : undefined;
}

export function findNamedType(tag: NamedType["tag"], name: string, { walk }: Scope): Type | undefined {
  const { structs } = walk.program;
  if (tag === "enum") return findEnumType(`enum ${name}`, structs);
  if (tag !== undefined) {
    const key = `${tag} ${name}`;
    if (structs.findStruct(key) !== undefined) return struct(key);
    // Without knowledge of any kernel every tagged name may exist.
    if (!walk.program.lenient) return undefined;
    walk.progress.incomplete = true;
    return struct(key);
  }
  const own = builtinTypes.get(name) ?? structs.findTypedef(name);
  if (own !== undefined) return own;
  for (const key of [`struct ${name}`, `union ${name}`]) {
    if (structs.findStruct(key) !== undefined) return struct(key);
  }
  return findEnumType(`enum ${name}`, structs);
}

function findEnumType(key: string, structs: Scope["walk"]["program"]["structs"]): Type | undefined {
  const definition = structs.findEnum(key);
  return definition === undefined
    ? undefined
    : { kind: "integer", size: definition.size, signed: false, enumName: definition.name };
}

function reportUnknownType(name: string, tag: NamedType["tag"], place: Place, { walk }: Scope): void {
  // Looking for a better name takes time, and only the last walk is heard.
  if (!walk.final) return;
  const spelt = tag === undefined ? name : `${tag} ${name}`;
  const near = nearestName(name, tag, walk.program);
  const fixes =
    near === undefined
      ? []
      : [{ title: `Change to ${near}`, edits: [{ place, text: near }], automatic: false }];
  const hints = tag === undefined ? [] : hiddenTypes(walk.program.facts);
  walk.report(unknownType(place, { name: spelt, nearest: near }, { fixes, hints }));
}

/** The script's own types come first: their names are few, and what is not the kernel's is most likely theirs. */
function nearestName(name: string, tag: NamedType["tag"], { ownTypes, facts }: Program): string | undefined {
  if (tag === undefined) {
    const elsewhere = typeElsewhere(name);
    if (elsewhere !== undefined) return elsewhere;
    const plain = nearest(name, [...builtinTypeNames, ...ownTypes.filter((own) => !own.includes(" "))]);
    return plain ?? nearestTagged(`struct ${name}`, ownTypes) ?? nearestType(`struct ${name}`, facts);
  }
  return nearestTagged(`${tag} ${name}`, ownTypes) ?? nearestType(`${tag} ${name}`, facts);
}
