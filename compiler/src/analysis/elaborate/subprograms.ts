/** `fn` subprograms: their signatures and bodies. */

import type { CoreSubprogram, CoreVariable } from "../../core/core.ts";
import { missingReturn } from "../../diagnostics/catalog/control-flow.ts";
import { isValue, settle } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import type { Subprogram } from "../../syntax/ast.ts";
import { none, type Type } from "../../types/type.ts";
import { elaborateBody } from "./blocks.ts";
import { alwaysReturns } from "./flow.ts";
import {
  placeOf,
  report,
  type Routine,
  type Scope,
  type SubprogramSignature,
  type Walk,
} from "../state/scope.ts";
import { spaceOfParameter } from "../state/parameter-spaces.ts";
import { freshInstance, type Instance, type VariableState } from "../state/state.ts";
import { resolveType } from "./type-syntax.ts";
import { coreVariable, declareVariable, learnType, noteVariable } from "./variables.ts";

interface OpenSubprogram {
  readonly scope: Scope;
  readonly parameters: readonly VariableState[];
  /** Of the parameters; `none` where it is not known yet. */
  readonly types: readonly Type[];
  readonly returns: Type;
}

/** Declares the parameters, so that types may speak of each other. */
function open(subprogram: Subprogram, walk: Walk): OpenSubprogram {
  const routine: Routine = {
    kind: "subprogram",
    speculative: false,
    context: walk.program.subprogramContext,
    returns: undefined,
    variables: [],
    loopReturns: { withValue: undefined, withoutValue: undefined },
  };
  const scope = routineScope(subprogram, routine, instanceFor(subprogram, walk), walk);
  const parameters = subprogram.parameters.map(({ variable }) => {
    const state = declareVariable(variable, "parameter", scope);
    state.hasDeclaredType = true;
    state.assigned = true;
    state.assignedYet = true;
    // One without a type has had its mistake told.
    walk.untyped.add(state);
    return state;
  });
  const types: Type[] = [];
  /** By whose memory callers point to; undefined while they may still say it. */
  const placed = (type: Type, index: number): Type | undefined => {
    if (type.kind !== "pointer") return type;
    const space = spaceOfParameter(walk.states.parameterSpaces, subprogram, index);
    return space === undefined ? undefined : { ...type, space };
  };
  for (const [i, { type }] of subprogram.parameters.entries()) {
    const state = parameters[i];
    const resolved = placed(resolveType(type, scope), i);
    types.push(resolved ?? none);
    if (state !== undefined && resolved !== undefined)
      learnType(state.value, resolved, placeOf(scope, type), scope, `$${state.name}`);
  }
  return { scope, parameters, types, returns: resolveType(subprogram.returns, scope) };
}

export function routineScope(item: Scope["item"], routine: Routine, instance: Instance, walk: Walk): Scope {
  return {
    walk,
    routine,
    item,
    instance,
    parent: undefined,
    variables: new Map(),
    expansion: undefined,
    expandedFrom: undefined,
    loop: "none",
    jumpsForbidden: false,
    inCallback: false,
    defines: [],
    defineUse: undefined,
    copies: 1,
    unevaluated: false,
  };
}

/** The context of a top-level piece of code, the same one in every walk. */
export function instanceFor(key: object, { states }: Walk): Instance {
  let instance = states.instances.get(key);
  if (instance === undefined) {
    instance = freshInstance();
    states.instances.set(key, instance);
  }
  return instance;
}

/** What callers must know, without elaborating the body. */
export function signatureOf(subprogram: Subprogram, { walk }: Scope): SubprogramSignature {
  const known = walk.signatures.get(subprogram);
  if (known !== undefined) return known;
  const opened = open(subprogram, { ...walk, report: () => undefined, final: false });
  const { parameters, types, returns } = opened;
  const signature = {
    name: subprogram.name.text,
    parameters: parameters.map(({ name }, i) => ({ name, type: settle(types[i] ?? none) })),
    returns,
  };
  walk.signatures.set(subprogram, signature);
  return signature;
}

export function elaborateSubprogram(subprogram: Subprogram, walk: Walk): CoreSubprogram {
  const { scope, parameters, returns } = open(subprogram, walk);
  const inner: Scope = { ...scope, routine: { ...scope.routine, returns } };
  const coreParameters: CoreVariable[] = parameters.map((state) => coreVariable(state, inner));
  inner.routine.variables.length = 0;
  for (const [i, { variable }] of subprogram.parameters.entries()) {
    const state = parameters[i];
    if (state !== undefined) noteVariable(variable, state, "declaration", inner);
  }
  const body = elaborateBody(subprogram.body, inner);
  if (isValue(returns) && !alwaysReturns(subprogram.body)) {
    const facts = { name: subprogram.name.text, type: show(returns) };
    report(scope, missingReturn(placeOf(scope, subprogram.name), facts));
  }
  return {
    name: subprogram.name.text,
    parameters: coreParameters,
    returns: settle(returns),
    body,
    variables: inner.routine.variables,
    place: placeOf(scope, subprogram),
  };
}
