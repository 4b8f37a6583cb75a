/** `while`, `unroll`, and `for` over ranges and maps. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import {
  rangeBound,
  rangeNeedsLoopHelper,
  unrollCount,
  unrolledTooOften,
  whileDeprecated,
} from "../../diagnostics/catalog/control-flow.ts";
import { rangeNeverRuns } from "../../diagnostics/catalog/lints.ts";
import { kernelLacks } from "../../diagnostics/catalog/calls.ts";
import { notIterable } from "../../diagnostics/catalog/maps.ts";
import type { For, MapName, Range, Unroll, While } from "../../syntax/ast.ts";
import { isMultiKey, promoteIntegers, settle } from "../../types/relations.ts";
import { describe, show } from "../../types/show.ts";
import { none, type IntegerType, type Type } from "../../types/type.ts";
import { elaborateBody } from "./blocks.ts";
import { elaborateCondition } from "./branches.ts";
import { coerce } from "./convert.ts";
import { elaborate } from "./parts.ts";
import { hasFeature } from "../state/features.ts";
import { checkDefined, coreMap, mapStateFor, noteMap, readType } from "./map-access.ts";
import { integerValue, isUnknown } from "./nodes.ts";
import { childScope, placeOf, report, within, type Scope } from "../state/scope.ts";
import type { MapState, VariableState } from "../state/state.ts";
import { coreVariable, declareVariable, learnType, noteVariable } from "./variables.ts";

const MOST_ROUNDS = 100n;
/** Of one statement, by loops within each other. */
const MOST_COPIES = 10_000;

export function elaborateWhile(node: While, scope: Scope): readonly CoreStatement[] {
  const place = placeOf(scope, node);
  const word = { start: node.span.start, end: node.span.start + "while".length };
  report(scope, whileDeprecated(placeOf(scope, { span: word }), {}));
  const condition = elaborateCondition(node.condition, scope);
  const body = elaborateBody(node.body, within(scope, { loop: "while", jumpsForbidden: false }));
  return [{ kind: "while", place, condition, body }];
}

export function elaborateUnroll(node: Unroll, scope: Scope): readonly CoreStatement[] {
  const count = elaborate(node.count, scope);
  const rounds = count.type.kind === "integer" ? integerValue(count) : undefined;
  const copies = scope.copies * Math.min(Number(rounds ?? 1n), MOST_COPIES);
  if (copies > MOST_COPIES && scope.copies <= MOST_COPIES)
    report(scope, unrolledTooOften(count.place, { copies, most: MOST_COPIES }));
  // No loop: the body is only written several times, so a jump in it is one of the loop around.
  const body = elaborateBody(node.body, within(scope, { copies }));
  if (isUnknown(count)) return [];
  if (rounds === undefined || rounds < 1n || rounds > MOST_ROUNDS) {
    const got = rounds?.toString() ?? "a value only known at run time";
    report(scope, unrollCount(count.place, { got }));
    return [];
  }
  return [{ kind: "unroll", place: placeOf(scope, node), count: Number(rounds), body }];
}

export function elaborateFor(node: For, scope: Scope): readonly CoreStatement[] {
  switch (node.over.kind) {
    case "range":
      return forRange(node, node.over, scope);
    case "map-name":
      return forMap(node, node.over, scope);
    case "missing":
      loopBody(node, none, scope);
      return [];
  }
}

interface LoopBody {
  readonly state: VariableState;
  readonly body: readonly CoreStatement[];
  readonly scope: Scope;
}

/** The body is a function of its own for the kernel, without the program's context. */
function loopBody(node: For, type: Type, outer: Scope): LoopBody {
  const scope = childScope(outer, { loop: "for", inCallback: true, jumpsForbidden: false });
  const state = declareVariable(node.variable, "loop", scope);
  state.assigned = true;
  state.assignedYet = true;
  learnType(state.value, type, placeOf(scope, node.variable), scope, `$${state.name}`);
  // A loop variable without a type has a loop with a mistake around it.
  scope.walk.untyped.add(state);
  noteVariable(node.variable, state, "declaration", scope);
  return { state, body: elaborateBody(node.body, scope), scope };
}

function forRange(node: For, range: Range, scope: Scope): readonly CoreStatement[] {
  const place = placeOf(scope, node);
  if (!hasFeature(scope.walk.program, "loop")) {
    const word = { start: node.span.start, end: node.span.start + "for".length };
    report(
      scope,
      rangeNeedsLoopHelper(placeOf(scope, { span: word }), { kernel: scope.walk.program.facts.name }),
    );
  }
  const bounds = [checkBound(range.start, scope), checkBound(range.end, scope)] as const;
  const [start, end] = bounds;
  if (start === undefined || end === undefined) {
    loopBody(node, none, scope);
    return [];
  }
  reportNoRound(range, start, end, scope);
  const type = promoteIntegers(start.type, end.type);
  const { state, body, scope: inner } = loopBody(node, type, scope);
  // Assignments in the body may have widened the variable; the bounds follow it.
  const wide = state.value.type;
  if (wide.kind !== "integer") return [];
  const pass = (): void => undefined;
  const from = coerce(start, wide, scope, pass);
  const to = coerce(end, wide, scope, pass);
  const variable = coreVariable(state, inner);
  if (variable.type.kind !== "integer") return [];
  return [
    {
      kind: "for-range",
      place,
      variable: variable as typeof variable & { readonly type: IntegerType }, // looked at just above
      start: from,
      end: to,
      body,
    },
  ];
}

/** In a macro a bound may be what the caller gives, and no round be meant. */
function reportNoRound(range: Range, start: CoreExpression, end: CoreExpression, scope: Scope): void {
  const [from, to] = [integerValue(start), integerValue(end)];
  if (from === undefined || to === undefined || from < to || scope.expansion !== undefined) return;
  report(scope, rangeNeverRuns(placeOf(scope, range), { start: from, end: to }));
}

type IntegerExpression = CoreExpression & { readonly type: IntegerType };

function checkBound(expression: Range["start"], scope: Scope): IntegerExpression | undefined {
  const bound = elaborate(expression, scope);
  if (isUnknown(bound)) return undefined;
  const { type } = bound;
  if (type.kind === "integer") return { ...bound, type };
  report(scope, rangeBound(bound.place, { type: describe(settle(type)) }));
  return undefined;
}

function forMap(node: For, name: MapName, scope: Scope): readonly CoreStatement[] {
  const { walk } = scope;
  const state = mapStateFor(name, scope);
  if (state === undefined) {
    loopBody(node, none, scope);
    return [];
  }
  noteMap(name, state, "read", scope);
  state.read = true;
  const element = elementType(state);
  const complaint = element === undefined ? reasonAgainst(state) : undefined;
  const place = placeOf(scope, name);
  if (checkDefined(state, place, scope) && complaint !== undefined)
    report(scope, notIterable(place, { name: state.name, reason: complaint }));
  if (!hasFeature(walk.program, "for_each_map_elem")) {
    const facts = { name: "for", feature: "the helper bpf_for_each_map_elem", since: "5.13", instead: "" };
    report(scope, kernelLacks(place, { ...facts, kernel: walk.program.facts.name }));
  }
  const { state: variable, body, scope: inner } = loopBody(node, element ?? none, scope);
  if (element === undefined) return [];
  return [
    {
      kind: "for-map",
      place: placeOf(scope, node),
      variable: coreVariable(variable, inner),
      map: coreMap(state, scope),
      body,
    },
  ];
}

/** (key, value) as the body sees them. */
function elementType(state: MapState): Type | undefined {
  const value = readType(state.value.type);
  if (value === undefined || value.kind === "none" || state.key.type.kind === "none") return undefined;
  if (state.shape?.keyed !== true) return undefined;
  return { kind: "tuple", elements: [state.key.type, value] };
}

function reasonAgainst({ shape, value }: MapState): string | undefined {
  if (shape?.keyed === false) return "it has no keys";
  const { type } = value;
  if (type.kind !== "aggregation") return undefined;
  if (isMultiKey(type.function) || type.function === "stats") {
    return `the values of ${show(type)} cannot be read in a program`;
  }
  return undefined;
}
