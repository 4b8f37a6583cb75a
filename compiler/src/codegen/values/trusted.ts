/** Kernel pointers that came with the program's arguments, followed by loads that the verifier types by BTF. */

import type { CoreExpression } from "../../core/core.ts";
import type { IrOperand } from "../../ir/ir.ts";
import { isContext, locationOf } from "./memory.ts";
import type { Scope } from "../program/scope.ts";

/**
 * Address of what `node` is (a struct) or points to (a pointer). Parts that are no chain of fields from the arguments
 * are taken as plain numbers; the verifier then refuses the helper, and says where.
 */
export function trustedAddress(scope: Scope, node: CoreExpression): IrOperand {
  const { build } = scope;
  switch (node.kind) {
    case "cast":
      return trustedAddress(scope, node.operand);
    case "dereference":
      return trustedAddress(scope, node.pointer);
    case "field": {
      if (scope.probe?.probeType === "iter" && node.type.kind === "pointer" && isOfContext(node.object))
        return objectOfIterator(scope, node.field.offset);
      const place = build.offset(trustedAddress(scope, node.object), node.field.offset);
      return node.type.kind === "pointer" ? build.load("ptr", place, 8) : place;
    }
    case "call": {
      if (node.type.kind === "pointer") return build.toPointer(scope.scalar(node));
      const location = locationOf(scope, node);
      return location.kind === "context"
        ? build.offset(scope.context(), location.offset)
        : build.toPointer(scope.addressOf(node).address);
    }
    default:
      return build.toPointer(scope.scalar(node));
  }
}

function isOfContext(node: CoreExpression): boolean {
  return node.kind === "dereference" && isContext(node.pointer);
}

/** The verifier wants this very pointer tested for null; its number was perhaps tested already. */
function objectOfIterator(scope: Scope, offset: number): IrOperand {
  const { build } = scope;
  return build.once(`trusted object of the iterator at ${offset}`, () => {
    const object = build.fromContext(scope.context(), offset, "ptr");
    build.when(build.isZero(object), () => {
      scope.leave(undefined);
    });
    return object;
  });
}
