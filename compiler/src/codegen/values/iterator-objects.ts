/**
 * The objects that an iterator's program is called with. After the last one it runs once more, with null: there is nothing to
 * do then. That is found out first of all, as the program cannot end where something is half done: an event that room was
 * taken for must be sent or given back.
 */

import type { CoreExpression, CoreField, CoreStatement } from "../../core/core.ts";
import { walk } from "../../core/walk.ts";
import type { IrOperand } from "../../ir/ir.ts";
import { isContext } from "./memory.ts";
import type { Scope } from "../program/scope.ts";

export function takeIteratorObjects(scope: Scope, body: readonly CoreStatement[]): void {
  if (scope.probe?.probeType !== "iter") return;
  walk(body, (node) => {
    if (node.kind === "field" && isIteratorObject(scope, node))
      iteratorObjectNumber(scope, node.field.offset);
    return true;
  });
}

export function isIteratorObject(scope: Scope, node: CoreField): boolean {
  return scope.probe?.probeType === "iter" && node.type.kind === "pointer" && isOfContext(node.object);
}

function isOfContext(node: CoreExpression): boolean {
  return node.kind === "dereference" && isContext(node.pointer);
}

/** As the verifier knows it: a pointer that was tested for null. */
export function iteratorObject(scope: Scope, offset: number): IrOperand {
  const { build } = scope;
  return build.once(`object of the iterator at ${offset}`, () => {
    const object = build.fromContext(scope.context(), offset, "ptr");
    build.when(build.isZero(object), () => {
      scope.leave(undefined);
    });
    return object;
  });
}

/** Its address, to calculate with. */
export function iteratorObjectNumber(scope: Scope, offset: number): IrOperand {
  const { build } = scope;
  return build.once(`address of the iterator's object at ${offset}`, () =>
    build.scalarOf(iteratorObject(scope, offset)),
  );
}
