/** Lowering of operations on maps. */

import { invariant } from "../../base/invariant.ts";
import type { CoreCall } from "../../core/core.ts";
import { changing, scalar, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { argument, mapArgument } from "./arguments.ts";

export const mapLowerings = {
  delete: changing(scalar((emitter, call) => emitter.map(mapArgument(call, 0)).remove(call.arguments[1]))),
  has_key: scalar((emitter, call) => emitter.map(mapArgument(call, 0)).has(call.arguments[1])),
  len: changing(scalar(length)),
  find: changing(scalar(find)),
} satisfies Readonly<Record<string, LoweringRow>>;

/** Of a map its elements, of a stack its frames. */
function length(emitter: Emitter, call: CoreCall): IrOperand {
  const subject = argument(call, 0);
  if (subject.kind === "map-reference") return emitter.map(subject.map).count();
  const { pointer, align } = emitter.memory(subject);
  return emitter.build.load("i64", pointer, Math.min(align, 8));
}

/** One look-up: sets the variable only when the key is there. */
function find(emitter: Emitter, call: CoreCall): IrOperand {
  const { build } = emitter;
  const map = mapArgument(call, 0);
  const target = argument(call, 2);
  invariant(target.kind === "variable", "find() sets a variable");
  const view = emitter.map(map);
  const value = view.lookup(view.key(argument(call, 1)));
  const found = build.local("found", "i1");
  build.write(found, constant("i1", 0n));
  build.when(build.isNotZero(value), () => {
    emitter.setVariable(target.variable, { pointer: value, align: 8 });
    build.write(found, constant("i1", 1n));
  });
  return build.read(found);
}
