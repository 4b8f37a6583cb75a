/** Maps: finding their state, their keys, and reading their values. */

import { nearest } from "../../base/nearest.ts";
import type { CoreExpression, CoreMap } from "../../core/core.ts";
import { mapNeverWritten } from "../../diagnostics/catalog/lints.ts";
import { unhygienicMap } from "../../diagnostics/catalog/macros.ts";
import {
  aggregationNotReadable,
  keyNotAllowed,
  mapKeyMismatch,
  readingNeedsHelper,
  scalarAndKeyed,
} from "../../diagnostics/catalog/maps.ts";
import { undefinedMap } from "../../diagnostics/catalog/names.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Expression, MapAccess, MapName } from "../../syntax/ast.ts";
import { contains, isCastable, isEmptyValue, isValue, reducedType, settle } from "../../types/relations.ts";
import { describe, show } from "../../types/show.ts";
import { int64, type Type } from "../../types/type.ts";
import { coerce } from "./convert.ts";
import { elaborate } from "./parts.ts";
import { hasFeature } from "../state/features.ts";
import type { Access } from "../state/node-facts.ts";
import { isUnknown, unknown } from "./nodes.ts";
import { findVariable, placeOf, report, type Scope, note } from "../state/scope.ts";
import { freshMap, type MapState, type States } from "../state/state.ts";
import { learnType } from "./variables.ts";

/** The map a name means here: a parameter of the macro, or a map of the program. */
export function mapStateFor(name: MapName, scope: Scope): MapState | undefined {
  const place = placeOf(scope, name);
  if (scope.expansion !== undefined) {
    const given = scope.expansion.maps.get(name.name);
    if (given === undefined) report(scope, unhygienicMap(place, { name: name.name }));
    return given;
  }
  const state = findOrMakeMap(name.name, place, scope.walk.states);
  state.firstUse ??= place;
  return state;
}

export function findOrMakeMap(name: string, place: Place, states: States): MapState {
  let state = states.maps.get(name);
  if (state === undefined) {
    state = freshMap(name, place);
    states.maps.set(name, state);
  }
  return state;
}

export function noteMap(name: MapName, state: MapState, access: Access, scope: Scope): void {
  if (!scope.walk.final) return;
  note(scope, name, {
    symbol: scope.walk.symbols.map(state),
    access,
    type: settle(state.value.type),
  });
}

/** @returns false when the map is used the other way elsewhere, after saying so */
export function claimShape(state: MapState, keyed: boolean, place: Place, scope: Scope): boolean {
  state.shape ??= { keyed, place };
  if (state.shape.keyed === keyed) return true;
  const related = [
    { place: state.shape.place, message: keyed ? "used without a key here" : "used with a key here" },
  ];
  report(scope, scalarAndKeyed(place, { name: state.name, keyed }, { related }));
  return false;
}

export function elaborateMapRead(access: MapAccess, scope: Scope): CoreExpression {
  const place = placeOf(scope, access);
  const state = mapStateFor(access.map, scope);
  if (state === undefined) return unknown(place);
  noteMap(access.map, state, "read", scope);
  const key = elaborateKey(access, state, scope);
  if (key === "error") return unknown(place);
  return readMap(state, key, place, scope);
}

/** The value under a key as an expression may use it. */
export function readMap(
  state: MapState,
  key: CoreExpression | undefined,
  place: Place,
  scope: Scope,
): CoreExpression {
  const { walk } = scope;
  state.read = true;
  walk.asked?.add(state.value);
  const { type } = state.value;
  if (type.kind === "none") {
    if (!walk.states.undecided.has(state.value)) walk.states.undecided.set(state.value, "read");
    return unknown(place);
  }
  if (walk.final && !state.written && !scope.unevaluated) {
    report(scope, mapNeverWritten(place, { name: state.name }));
  }
  if (key !== undefined && isUnknown(key)) return unknown(place, readType(type) ?? type);
  const value = readType(type);
  if (value === undefined) {
    report(scope, aggregationNotReadable(place, { type: show(type) }));
    return unknown(place);
  }
  if (
    type.kind === "aggregation" &&
    !scope.unevaluated &&
    !hasFeature(walk.program, "map_lookup_percpu_elem")
  ) {
    report(scope, readingNeedsHelper(place, { name: state.name, kernel: walk.program.facts.name }));
  }
  return { kind: "map-read", type: value, place, map: coreMap(state, scope), key };
}

/** The type of a map's value in expressions; undefined where it has none there. */
export function readType(type: Type): Type | undefined {
  if (type.kind !== "aggregation") return type;
  return isCastable(type.function) ? reducedType(type) : undefined;
}

/** The key with the map's key type; undefined for a map without keys, `error` after a reported mistake. */
export function elaborateKey(
  access: MapAccess,
  state: MapState,
  scope: Scope,
): CoreExpression | undefined | "error" {
  const { keys } = access;
  const shaped = claimShape(state, keys !== undefined, placeOf(scope, access), scope);
  if (keys === undefined) return shaped ? undefined : "error";
  const written = elaborateKeys(keys, access, scope);
  if (!shaped) return "error";
  return convertKey(written, state, scope) ?? "error";
}

function elaborateKeys(keys: readonly Expression[], access: MapAccess, scope: Scope): CoreExpression {
  const elements = keys.map((key) => elaborateKeyPart(elaborate(key, scope), scope));
  const [only] = elements;
  if (only !== undefined && elements.length === 1) return only;
  const [first] = keys;
  const last = keys.at(-1);
  const span =
    first === undefined || last === undefined ? access.span : { start: first.span.start, end: last.span.end };
  const place = placeOf(scope, { span });
  if (elements.some(isUnknown)) return unknown(place);
  return {
    kind: "tuple",
    type: { kind: "tuple", elements: elements.map(({ type }) => type) },
    place,
    elements,
  };
}

function elaborateKeyPart(key: CoreExpression, scope: Scope): CoreExpression {
  return isUnknown(key) || claimKeyType(key, scope) ? key : unknown(key.place);
}

/** @returns false after saying that it cannot be a key */
function claimKeyType(key: CoreExpression, scope: Scope): boolean {
  if (isKeyType(key.type) && !isContext(key)) return true;
  report(scope, keyNotAllowed(key.place, { type: describe(key.type) }));
  return false;
}

/** @returns undefined after a reported mistake */
export function convertKey(key: CoreExpression, state: MapState, scope: Scope): CoreExpression | undefined {
  if (isUnknown(key)) return key;
  if (!claimKeyType(key, scope)) return undefined;
  const mismatch = (): void => {
    const extras =
      state.key.decidedBy === undefined
        ? {}
        : { related: [{ place: state.key.decidedBy, message: `${show(settle(state.key.type))} here` }] };
    const facts = { name: state.name, expected: show(settle(state.key.type)), got: show(settle(key.type)) };
    report(scope, mapKeyMismatch(key.place, facts, extras));
  };
  if (!learnType(state.key, key.type, key.place, scope, `@${state.name}[…]`)) {
    mismatch();
    return undefined;
  }
  return coerce(key, state.key.type, scope, mismatch);
}

function isKeyType(type: Type): boolean {
  if (!isValue(type) || isEmptyValue(type)) return false;
  return !contains(type, ({ kind }) => kind === "aggregation" || kind === "timestamp-mode");
}

/** The program's context may not leave it. */
function isContext(key: CoreExpression): boolean {
  return key.kind === "call" && key.name === "ctx";
}

/** The map of the core tree; the same object for all uses. Types are final in the last walk only. */
export function coreMap(state: MapState, scope: Scope): CoreMap {
  const known = scope.walk.coreMaps.get(state);
  if (known !== undefined) return known;
  const value = settle(state.value.type);
  const map: CoreMap = {
    name: state.name,
    key: state.shape?.keyed === true ? settle(state.key.type) : undefined,
    value: value.kind === "none" ? int64 : value,
    mapType: state.declaration?.mapType ?? (value.kind === "aggregation" ? "percpuhash" : "hash"),
    maxEntries: state.declaration?.maxEntries ?? defaultCapacity(state, value, scope),
    place: state.place,
    keyDecidedBy: state.key.decidedBy,
    valueDecidedBy: state.value.decidedBy,
    declared: state.declaration !== undefined,
  };
  if (scope.walk.final) scope.walk.coreMaps.set(state, map);
  return map;
}

/** A map without keys has one element, unless its buckets are elements. */
function defaultCapacity(state: MapState, value: Type, scope: Scope): number {
  const { maxMapKeys } = scope.walk.program.config;
  if (state.shape?.keyed === true) return maxMapKeys;
  return value.kind === "aggregation" && ["hist", "lhist", "tseries"].includes(value.function)
    ? maxMapKeys
    : 1;
}

/** A map that is only ever asked for and never written is a mistake in its name. */
export function checkDefined(state: MapState, place: Place, scope: Scope): boolean {
  if (state.written || !scope.walk.final) return true;
  const written = nearest(state.name, scope.walk.program.writtenMaps());
  const other = written === undefined ? undefined : `@${written}`;
  const near = state.name === "" || findVariable(scope, state.name) === undefined ? other : `$${state.name}`;
  const fixes =
    near === undefined
      ? []
      : [{ title: `Change to ${near}`, edits: [{ place, text: near }], automatic: false }];
  report(scope, undefinedMap(place, { name: state.name, nearest: near }, { fixes }));
  return false;
}
