/** One probe's program: its body in the context that its targets give. */

import type { ProgramContext } from "../builtins/call-site.ts";
import type { CoreExpression, CoreProbe, CoreStatement } from "../core/core.ts";
import { predicateNeverHolds } from "../diagnostics/catalog/lints.ts";
import type { ProbeContext } from "../probes/context.ts";
import type { ProbeInstance } from "../probes/environment.ts";
import { struct, uint32 } from "../types/type.ts";
import { elaborateBody } from "./elaborate/blocks.ts";
import { elaborateCondition } from "./elaborate/branches.ts";
import { neverHolds } from "./elaborate/always.ts";
import { booleanConstant, isUnknown, typedInteger } from "./elaborate/nodes.ts";
import { report, type Routine, type Scope, type Walk } from "./state/scope.ts";
import { instanceFor, routineScope } from "./elaborate/subprograms.ts";

export function elaborateProbe(instance: ProbeInstance, walk: Walk): CoreProbe {
  const { probe } = instance;
  const routine: Routine = {
    kind: "probe",
    speculative: false,
    context: programContext(instance.context, instance.name, binaryOf(instance)),
    returns: undefined,
    variables: [],
    loopReturns: { withValue: undefined, withoutValue: undefined },
  };
  const scope = routineScope(probe, routine, instanceFor(instance, walk), walk);
  const predicate = probe.predicate === undefined ? undefined : elaborateCondition(probe.predicate, scope);
  const inner = elaborateBody(probe.body, scope);
  return {
    name: instance.name,
    probeType: instance.probeType.name,
    targets: instance.targets,
    space: routine.context.space,
    body: [...pidCheck(instance, scope), ...guarded(predicate, inner, scope)],
    variables: routine.variables,
    place: { item: probe, span: probe.span },
    attachPoints: instance.attachPoints,
    defaultReturn: instance.probeType.defaultReturn,
  };
}

/** A predicate is an `if` around the body. */
function guarded(
  condition: CoreExpression | undefined,
  body: readonly CoreStatement[],
  scope: Scope,
): readonly CoreStatement[] {
  if (condition === undefined || isUnknown(condition)) return body;
  if (neverHolds(condition)) report(scope, predicateNeverHolds(condition.place, {}));
  return [{ kind: "if", place: condition.place, condition, then: body, otherwise: [] }];
}

/** `-p`: other processes leave at once, where the kernel cannot filter them itself. */
function pidCheck(instance: ProbeInstance, { item }: Scope): readonly CoreStatement[] {
  if (instance.pidCheck === undefined) return [];
  const place = { item, span: instance.attachPoints[0]?.span ?? item.span };
  const pid: CoreExpression = {
    kind: "call",
    type: uint32,
    place,
    name: "pid",
    arguments: [],
    detail: { kind: "pid-namespace", namespace: "current" },
  };
  const wanted = typedInteger(BigInt(instance.pidCheck), uint32, place);
  const type = booleanConstant(true, place).type;
  return [
    {
      kind: "if",
      place,
      condition: { kind: "comparison", type, place, operator: "!=", left: pid, right: wanted, signed: false },
      then: [{ kind: "return", place, value: undefined }],
      otherwise: [],
    },
  ];
}

/** The kernel hands typed programs an array of these. */
const SLOT_BYTES = 8;

function binaryOf({ targets }: ProbeInstance): string | undefined {
  const [target] = targets;
  return target?.kind === "uprobe" ? target.path : undefined;
}

export function programContext(
  context: ProbeContext,
  name: string,
  binaryPath: string | undefined,
): ProgramContext {
  const { arguments: args, retval } = context;
  return {
    probeType: context.probeType.name,
    probeTypeName: context.probeType.internalName,
    probeName: name,
    capabilities: context.capabilities,
    argsType: args.kind === "struct" ? struct(args.definition.name) : undefined,
    argsReason: args.kind === "none" ? args.reason : undefined,
    returnType: retval === "unknown" ? undefined : retval,
    resultSlot:
      retval !== undefined && args.kind === "struct" ? args.definition.size / SLOT_BYTES : undefined,
    contextType: context.ctx,
    argumentCount: context.argumentCount,
    unreadableArguments: context.unreadableArguments,
    space: context.space,
    binaryPath,
  };
}
