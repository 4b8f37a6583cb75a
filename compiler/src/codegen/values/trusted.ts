/** Kernel pointers that came with the program's arguments, followed by loads that the verifier types by BTF. */

import type { CoreExpression } from "../../core/core.ts";
import type { IrOperand } from "../../ir/ir.ts";
import { iteratorObject, isIteratorObject } from "./iterator-objects.ts";
import { locationOf } from "./memory.ts";
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
      if (isIteratorObject(scope, node)) return iteratorObject(scope, node.field.offset);
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
