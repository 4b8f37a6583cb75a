/** Lowering of what comes with the probe: its arguments, registers and return value. */

import { located, ofContext, type LoweringRow } from "../../ir/emitter.ts";

export const contextLowerings = {
  args: ofContext(located(() => ({ kind: "context", offset: 0 }))),
} satisfies Readonly<Record<string, LoweringRow>>;
