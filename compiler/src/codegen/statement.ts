/** Statements. */

import type {
  CoreAssignVariable,
  CoreIf,
  CoreStatement,
  CoreUnroll,
  CoreVariable,
  CoreWhile,
} from "../core/core.ts";
import { walk } from "../core/walk.ts";
import { aggregate } from "./maps/aggregation.ts";
import { storeScalar } from "./values/cast.ts";
import { emitForMap, emitForRange } from "./loop.ts";
import { readsOf } from "./maps/map-access.ts";
import { assignMap } from "./maps/map-update.ts";
import { memoryOfHome } from "./values/memory.ts";
import type { Scope } from "./program/scope.ts";
import { registerType, temporaryAlign } from "./program/shape.ts";

export function emitStatement(scope: Scope, node: CoreStatement): void {
  switch (node.kind) {
    case "evaluate":
      scope.effect(node.expression);
      return;
    case "assign-variable":
      assignVariable(scope, node);
      return;
    case "assign-map":
      assignMap(scope, node);
      return;
    case "aggregate":
      aggregate(scope, node);
      return;
    case "if":
      emitIf(scope, node);
      return;
    case "while":
      emitWhile(scope, node);
      return;
    case "unroll":
      emitUnroll(scope, node);
      return;
    case "for-range":
      scope.build.forget(readsOf(undefined));
      emitForRange(scope, node);
      return;
    case "for-map":
      scope.build.forget(readsOf(undefined));
      emitForMap(scope, node);
      return;
    case "jump":
      if (node.to === "break") scope.exits().onBreak();
      else scope.exits().onContinue();
      return;
    case "return":
      scope.leave(node.value);
      return;
  }
}

function assignVariable(scope: Scope, { variable, value }: CoreAssignVariable): void {
  const home = scope.home(variable);
  if (home.kind === "local") {
    scope.build.write(home.local, scope.scalar(value));
    return;
  }
  if (registerType(variable.type) !== undefined) {
    const evaluated = scope.scalar(value);
    storeScalar(scope, memoryOfHome(home), variable.type, evaluated);
    return;
  }
  if (!mentions(value, variable)) {
    scope.into(value, memoryOfHome(home));
    return;
  }
  const size = scope.sizeOf(variable.type);
  const temporary = scope.temporary(`new value of $${variable.name}`, size, temporaryAlign(size));
  scope.into(value, temporary);
  scope.copy(memoryOfHome(home), temporary, size);
}

function mentions(value: CoreAssignVariable["value"], variable: CoreVariable): boolean {
  let found = false;
  walk([value], (node) => {
    if (node.kind === "variable" && node.variable === variable) found = true;
    return !found;
  });
  return found;
}

function emitIf(scope: Scope, node: CoreIf): void {
  const condition = scope.condition(node.condition);
  const then = (): void => {
    scope.statements(node.then);
  };
  if (node.otherwise.length === 0) scope.build.when(condition, then);
  else
    scope.build.either(condition, then, () => {
      scope.statements(node.otherwise);
    });
}

function emitWhile(scope: Scope, node: CoreWhile): void {
  const { build } = scope;
  const [head, body, after] = [build.createBlock(), build.createBlock(), build.createBlock()];
  // The body may write what was read before it, and then comes again.
  build.forget(readsOf(undefined));
  build.jump(head);
  build.enter(head);
  build.region(() => {
    build.branch(scope.condition(node.condition), body, after);
    build.enter(body);
    const exits = {
      onBreak: () => {
        build.jump(after);
      },
      onContinue: () => {
        build.jump(head);
      },
    };
    scope.inLoop(exits, () => {
      scope.statements(node.body);
    });
    if (!build.ended) build.jump(head);
  });
  build.enter(after);
}

/** The body written out so many times: `break` and `continue` in it are those of the loop around. */
function emitUnroll(scope: Scope, node: CoreUnroll): void {
  const { build } = scope;
  for (let round = 0; round < node.count && !build.ended; round += 1) {
    build.region(() => {
      scope.statements(node.body);
    });
  }
}
