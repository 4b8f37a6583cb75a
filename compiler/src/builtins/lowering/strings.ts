/** Lowering of what makes strings and buffers of memory. */

import type { CoreCall } from "../../core/core.ts";
import { inMemory, type Emitter, type LoweringRow, type Memory } from "../../ir/emitter.ts";
import { argument } from "./arguments.ts";

export const stringLowerings = {
  str: inMemory(str),
} satisfies Readonly<Record<string, LoweringRow>>;

/** `str(pointer)`, `str(number)`: a string at that address. `str(string)`: the string itself. */
function str(emitter: Emitter, call: CoreCall, into: Memory): void {
  const source = argument(call, 0);
  const size = emitter.sizeOf(call.type);
  const space = source.type.kind === "pointer" ? source.type.space : "none";
  const address = emitter.build.resize(emitter.scalar(source), "i64", false);
  emitter.readString(into, size, address, space);
}
