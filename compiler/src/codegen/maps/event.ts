/** Events to user space, written straight into the ring buffer, and the exact accounts of what did not get there. */

import { lowerings } from "../../builtins/lowering/table.ts";
import type { CoreExpression, CoreMap } from "../../core/core.ts";
import { walk } from "../../core/walk.ts";
import { advance, type EventValue, type Memory } from "../../ir/emitter.ts";
import type { HelperName } from "../../ir/helpers.ts";
import { constant, globalAddress, type IrOperand } from "../../ir/ir.ts";
import type { EventAction, LossKind } from "../../manifest/manifest.ts";
import { layoutOf, roundUp } from "../../types/layout.ts";
import type { Type } from "../../types/type.ts";
import { storeScalar } from "../values/cast.ts";
import { countLost, countLostAndTell, countProduced } from "./counting.ts";
import { RING_BUFFER } from "../program/program.ts";
import type { Scope } from "../program/scope.ts";
import { registerType, temporaryAlign } from "../program/shape.ts";

const SITE_BYTES = 8;
/** BPF_RB_NO_WAKEUP: the loader polls, which costs programs less than waking it. */
const NO_WAKEUP = 1;

export function sendEvent(scope: Scope, action: EventAction, values: readonly EventValue[]): void {
  const { build, program } = scope;
  const types = values.map(({ type }) => type);
  const layout = layoutOf(types, scope.structs);
  const offsets = layout.offsets.map((offset) => offset + SITE_BYTES);
  const size = roundUp(SITE_BYTES + layout.size, 8);
  const fields = types.map((type, i) => ({ type, offset: offsets[i] ?? 0 }));
  const site = program.addSite(build.place, { action, fields, size });
  const key = program.siteCounterKey(site);
  const writers = prepareAll(scope, values);
  countProduced(build, key, program.exclusive.counters);
  const memory = build.helper("ringbuf_reserve", [
    globalAddress(RING_BUFFER),
    constant("i64", size),
    constant("i64", 0),
  ]);
  build.either(
    build.isZero(memory),
    () => {
      countLost(build, key);
    },
    () => {
      build.store(memory, constant("i64", site), 8);
      const event: Memory = { pointer: memory, align: 8, transient: true };
      fillHoles(
        scope,
        event,
        fields.map(({ type, offset }) => ({ offset, size: scope.sizeOf(type) })),
        size,
      );
      writers.forEach((write, i) => {
        write(advance(event, offsets[i] ?? 0, build));
      });
      build.helper("ringbuf_submit", [memory, constant("i64", NO_WAKEUP)]);
    },
  );
}

/** The ring buffer's memory holds old events: what no field covers must not show them. */
function fillHoles(
  scope: Scope,
  event: Memory,
  fields: readonly { readonly offset: number; readonly size: number }[],
  size: number,
): void {
  let end = SITE_BYTES;
  for (const field of [...fields, { offset: size, size: 0 }]) {
    scope.zero(advance(event, end, scope.build), field.offset - end);
    end = field.offset + field.size;
  }
}

type Writer = (memory: Memory) => void;

/**
 * What only computes is written into the event; what does more is evaluated first, so that it happens even when there
 * is no room for the event, and so is all that stands before it.
 */
function prepareAll(scope: Scope, values: readonly EventValue[]): readonly Writer[] {
  const changes = ({ value }: EventValue): boolean => typeof value !== "function" && !isPure(value);
  const last = values.findLastIndex(changes);
  return values.map(({ type, value }, i) => {
    if (typeof value === "function") return value;
    if (i <= last && value.kind !== "constant") return evaluateFirst(scope, type, value);
    return (memory) => {
      scope.into(value, memory);
    };
  });
}

function evaluateFirst(scope: Scope, type: Type, value: CoreExpression): Writer {
  if (registerType(type) !== undefined) {
    const evaluated = scope.scalar(value);
    return (memory) => {
      storeScalar(scope, memory, type, evaluated);
    };
  }
  const size = scope.sizeOf(type);
  const temporary = scope.temporary("event argument", size, temporaryAlign(size));
  scope.into(value, temporary);
  return (memory) => {
    scope.copy(memory, temporary, size);
  };
}

/** Whether evaluating it changes nothing, and enters no other function while the event is held. */
export function isPure(expression: CoreExpression): boolean {
  let pure = true;
  walk([expression], (node) => {
    const changes =
      node.kind === "increment" ||
      node.kind === "subprogram-call" ||
      node.kind === "block" ||
      (node.kind === "call" && lowerings[node.name]?.sideEffect === true);
    if (changes) pure = false;
    return pure;
  });
  return pure;
}

export function countLoss(scope: Scope, kind: LossKind, name: string): void {
  countLost(scope.build, scope.program.lossCounterKey(scope.build.place, kind, name));
}

/** An update that did not happen. `result` is what the helper said. */
export function tellLostUpdate(scope: Scope, map: CoreMap, result: IrOperand): void {
  const key = scope.program.lossCounterKey(scope.build.place, "map-update", `@${map.name}`);
  countLostAndTell(scope.build, key, () => {
    if (scope.program.environment.warnings !== "none")
      sendHelperError(scope, "map_update_elem", result, map, false);
  });
}

/** Whether a read of a map that finds nothing is told: with `-k` only, as zero is what most scripts expect. */
export function tellsMisses(scope: Scope): boolean {
  return scope.program.environment.warnings === "all";
}

export function tellMiss(scope: Scope, map: CoreMap): void {
  if (tellsMisses(scope)) sendHelperError(scope, "map_lookup_elem", constant("i64", 0n), map, true);
}

function sendHelperError(
  scope: Scope,
  helper: HelperName,
  result: IrOperand,
  map: CoreMap | undefined,
  onlyVerbose: boolean,
): void {
  const { build } = scope;
  const number = map === undefined ? undefined : scope.map(map).index;
  sendEvent(scope, { kind: "helper-error", helper, map: number, onlyVerbose }, [
    {
      type: { kind: "integer", size: 8, signed: true },
      value: (memory) => {
        build.store(memory.pointer, result, 8);
      },
    },
  ]);
}

const readHelpers: ReadonlySet<HelperName> = new Set([
  "probe_read",
  "probe_read_str",
  "probe_read_kernel",
  "probe_read_kernel_str",
  "probe_read_user",
  "probe_read_user_str",
]);

export function checkHelper(
  scope: Scope,
  helper: HelperName,
  result: IrOperand,
  map: CoreMap | undefined,
): void {
  const { build } = scope;
  const { warnings } = scope.program.environment;
  build.when(build.compare("slt", result, constant("i64", 0n)), () => {
    if (readHelpers.has(helper)) {
      countLoss(scope, "probe-read-failed", helper);
      if (warnings === "all") sendHelperError(scope, helper, result, map, true);
    } else if (map !== undefined) {
      tellLostUpdate(scope, map, result);
    } else if (warnings !== "none") {
      sendHelperError(scope, helper, result, map, false);
    }
  });
}
