/** What the walks learn about variables, maps and compile-time conditions: the environment of the fix point. */

import type { Constant, CoreMap, NamedParameter } from "../../core/core.ts";
import type { Variable } from "../../syntax/ast.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { sameType } from "../../types/relations.ts";
import { none, type Type } from "../../types/type.ts";
import { freshSpaces, type ParameterSpaces } from "./parameter-spaces.ts";

/** A type that a compile-time question has been answered with, so that it may not change any more. */
export interface TypeLock {
  readonly type: Type;
  readonly place: Place;
}

/** The type of one thing as the walks know it so far. */
export interface TypeState {
  /** `none` until something decides it. */
  type: Type;
  /** The assignment or declaration that decided it. */
  decidedBy: Place | undefined;
  lock: TypeLock | undefined;
}

export function freshType(): TypeState {
  return { type: none, decidedBy: undefined, lock: undefined };
}

/** One `$variable`: one declaration in one program, or one expansion of a macro. */
export interface VariableState {
  readonly kind: "variable";
  readonly name: string;
  readonly declaration: Place;
  readonly value: TypeState;
  /** Its type is declared, so that assignments cannot widen it. */
  hasDeclaredType: boolean;
  origin: "let" | "assignment" | "loop" | "parameter";
  assigned: boolean;
  /** An assignment has been passed in this walk. */
  assignedYet: boolean;
  read: boolean;
}

/** One map of the program. */
export interface MapState {
  readonly kind: "map";
  readonly name: string;
  /** Where it was first met. */
  readonly place: Place;
  readonly key: TypeState;
  readonly value: TypeState;
  shape: { readonly keyed: boolean; readonly place: Place } | undefined;
  written: boolean;
  read: boolean;
  /** Its first use in code, after any declaration. */
  firstUse: Place | undefined;
  declaration: MapDeclarationFacts | undefined;
}

export function freshMap(name: string, place: Place): MapState {
  return {
    kind: "map",
    name,
    place,
    key: freshType(),
    value: freshType(),
    shape: undefined,
    written: false,
    read: false,
    firstUse: undefined,
    declaration: undefined,
  };
}

export interface MapDeclarationFacts {
  readonly place: Place;
  readonly mapType: CoreMap["mapType"] | undefined;
  readonly maxEntries: number;
}

/**
 * One elaboration context of some code: a probe instance, a subprogram, or one expansion of a macro in another. The
 * same code meets the same context in every walk, which is what lets knowledge accumulate.
 */
export interface Instance {
  /** By the syntax node that declares it. */
  readonly variables: Map<object, VariableState>;
  /** By the syntax node that is expanded. */
  readonly children: Map<object, Instance>;
  /** Answers of `if comptime`, once given. */
  readonly decisions: Map<object, Constant>;
}

export function freshInstance(): Instance {
  return { variables: new Map(), children: new Map(), decisions: new Map() };
}

/** The context of an expansion inside another, the same one in every walk. */
export function childInstance(parent: Instance, node: object): Instance {
  let child = parent.children.get(node);
  if (child === undefined) {
    child = freshInstance();
    parent.children.set(node, child);
  }
  return child;
}

/** Everything the walks share. */
export interface States {
  readonly maps: Map<string, MapState>;
  readonly instances: Map<object, Instance>;
  readonly namedParameters: Map<string, NamedParameter>;
  /** What stands for the map parameters of macros that nothing uses. */
  readonly parameterMaps: Map<object, MapState>;
  readonly parameterVariables: Map<object, Variable>;
  /** Types that were wanted in the last walk and that nothing has decided: what they become if nothing ever does. */
  readonly undecided: Map<TypeState, "arithmetic" | "read">;
  readonly parameterSpaces: ParameterSpaces;
}

export function freshStates(): States {
  return {
    maps: new Map(),
    instances: new Map(),
    namedParameters: new Map(),
    parameterMaps: new Map(),
    parameterVariables: new Map(),
    undecided: new Map(),
    parameterSpaces: freshSpaces(),
  };
}

/** Same type, and as open about literals' signs: nothing new has been learnt. */
export function identicalType(left: Type, right: Type): boolean {
  return sameType(left, right) && sameFlexibility(left, right);
}

function sameFlexibility(left: Type, right: Type): boolean {
  if (left === right) return true;
  if (left.kind === "integer" && right.kind === "integer") return left.flexible === right.flexible;
  if (left.kind === "pointer" && right.kind === "pointer") return sameFlexibility(left.to, right.to);
  if (left.kind === "array" && right.kind === "array") return sameFlexibility(left.element, right.element);
  if (left.kind === "tuple" && right.kind === "tuple") {
    return left.elements.every((element, i) => sameFlexibility(element, right.elements[i] ?? none));
  }
  if (left.kind === "record" && right.kind === "record") {
    return left.fields.every((field, i) => sameFlexibility(field.type, right.fields[i]?.type ?? none));
  }
  return true;
}
