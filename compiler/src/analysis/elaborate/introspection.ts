/** `sizeof`, `offsetof` and `typeinfo`: questions about types, answered while compiling. */

import type { CoreExpression } from "../../core/core.ts";
import { unstableFeature, unstableFeatureDisabled } from "../../diagnostics/catalog/config.ts";
import { memberNameExpected } from "../../diagnostics/catalog/macros.ts";
import { offsetOfSubject, unknownField } from "../../diagnostics/catalog/access.ts";
import { nearest } from "../../base/nearest.ts";
import type { OffsetOf, TypeQuery } from "../../syntax/ast.ts";
import type { Name } from "../../syntax/node.ts";
import { sizeOf } from "../../types/layout.ts";
import { settle } from "../../types/relations.ts";
import { describe, show, showKind } from "../../types/show.ts";
import type { Type } from "../../types/type.ts";
import { integerLiteral, stringConstant, unknown } from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";
import { findThunk, throughParameters } from "./thunks.ts";
import { typeOfSubject } from "./type-syntax.ts";

export function elaborateTypeQuery(query: TypeQuery, scope: Scope): CoreExpression {
  const place = placeOf(scope, query);
  if (query.query === "typeinfo" && !checkTypeinfo(query, scope)) return unknown(place);
  const type = settle(typeOfSubject(query.subject, scope));
  if (type.kind === "none") return unknown(place);
  if (query.query === "sizeof") {
    return integerLiteral(BigInt(sizeOf(type, scope.walk.program.structs)), place);
  }
  return typeInfo(type, place);
}

/** The type as a record of constants. */
export function typeInfo(type: Type, place: ReturnType<typeof placeOf>): CoreExpression {
  const fields = [
    { name: "btf_id", value: integerLiteral(0n, place) },
    { name: "base_type", value: stringConstant(showKind(type), place) },
    { name: "full_type", value: stringConstant(show(type), place) },
  ];
  return {
    kind: "record",
    type: { kind: "record", fields: fields.map(({ name, value }) => ({ name, type: value.type })) },
    place,
    values: fields.map(({ value }, index) => ({ index, value })),
  };
}

function checkTypeinfo(query: TypeQuery, scope: Scope): boolean {
  const place = placeOf(scope, query);
  const facts = { feature: "'typeinfo'", key: "unstable_typeinfo" };
  const policy = scope.walk.program.unstable.typeinfo;
  if (policy === "warn") report(scope, unstableFeature(place, facts));
  if (policy === "error") report(scope, unstableFeatureDisabled(place, facts));
  return policy !== "error";
}

export function elaborateOffsetOf(node: OffsetOf, scope: Scope): CoreExpression {
  const place = placeOf(scope, node);
  let type = typeOfSubject(node.subject, scope);
  if (type.kind === "none") return unknown(place);
  let offset = 0;
  for (const step of node.path) {
    const name = memberName(step, scope);
    if (name === undefined) return unknown(place);
    const found = stepInto(type, step, name, scope);
    if (found === undefined) return unknown(place);
    offset += found.offset;
    type = found.type;
  }
  return integerLiteral(BigInt(offset), place);
}

/** A field name of the path; a macro parameter there stands for a bare name. */
function memberName(step: Name, scope: Scope): string | undefined {
  const thunk = findThunk(scope, step.text);
  if (thunk === undefined) return step.text;
  const use = { kind: "identifier" as const, id: step.id, span: step.span, name: step.text };
  const { expression } = throughParameters(use, scope);
  if (expression.kind === "identifier") return expression.name;
  report(scope, memberNameExpected(placeOf(scope, step), { name: step.text }));
  return undefined;
}

export function stepInto(
  type: Type,
  step: Name,
  name: string,
  scope: Scope,
): { readonly type: Type; readonly offset: number } | undefined {
  const place = placeOf(scope, step);
  const definition = type.kind === "struct" ? scope.walk.program.structs.findStruct(type.name) : undefined;
  if (definition === undefined) {
    report(scope, offsetOfSubject(place, { type: describe(type) }));
    return undefined;
  }
  const field = definition.fields.find((candidate) => candidate.name === name);
  if (field === undefined) {
    const names = definition.fields.map((candidate) => candidate.name);
    report(
      scope,
      unknownField(place, { owner: definition.name, field: name, nearest: nearest(name, names) }),
    );
  }
  return field;
}
