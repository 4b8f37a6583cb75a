/** Lowering of operations on maps. */

import { changing, scalar, type LoweringRow } from "../../ir/emitter.ts";
import { mapArgument } from "./arguments.ts";

export const mapLowerings = {
  delete: changing(scalar((emitter, call) => emitter.map(mapArgument(call, 0)).remove(call.arguments[1]))),
  has_key: scalar((emitter, call) => emitter.map(mapArgument(call, 0)).has(call.arguments[1])),
  len: changing(scalar((emitter, call) => emitter.map(mapArgument(call, 0)).count())),
} satisfies Readonly<Record<string, LoweringRow>>;
