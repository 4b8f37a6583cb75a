/** Lowering of what acts on processes and on the traced call. */

import type { CoreCall } from "../../core/core.ts";
import { changing, ofContext, scalar, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import type { HelperName } from "../../ir/helpers.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { argument, textArgument } from "./arguments.ts";
import { signalNumbers } from "./signals.ts";
import { sourceOf } from "./strings.ts";

export const controlLowerings = {
  signal: changing(scalar((emitter, call) => sendSignal(emitter, call, "send_signal"))),
  signal_thread: changing(scalar((emitter, call) => sendSignal(emitter, call, "send_signal_thread"))),
  override: changing(
    ofContext(
      scalar((emitter, call) => {
        const value = emitter.build.resize(emitter.scalar(argument(call, 0)), "i64", true);
        const result = emitter.build.helper("override_return", [emitter.context(), value]);
        emitter.checkHelper("override_return", result);
        return result;
      }),
    ),
  ),
  write_user: changing(scalar(writeUser)),
} satisfies Readonly<Record<string, LoweringRow>>;

/** By name, with or without `SIG`, or by number. */
function sendSignal(emitter: Emitter, call: CoreCall, helper: HelperName): IrOperand {
  const { build } = emitter;
  const name = textArgument(call, 0);
  const number =
    name === undefined
      ? build.resize(emitter.scalar(argument(call, 0)), "i32", false)
      : constant("i32", signalNumbers[name.replace(/^SIG/, "")] ?? 0);
  const result = build.helper(helper, [number]);
  emitter.checkHelper(helper, result);
  return result;
}

/** i1: whether the bytes were written. */
function writeUser(emitter: Emitter, call: CoreCall): IrOperand {
  const { build } = emitter;
  const target = build.resize(emitter.scalar(argument(call, 0)), "i64", false);
  const source = sourceOf(emitter, argument(call, 1)).address;
  const length = build.resize(emitter.scalar(argument(call, 2)), "i32", false);
  const result = build.helper("probe_write_user", [target, source, length]);
  emitter.checkHelper("probe_write_user", result);
  return build.isZero(result);
}
