/** Names that are always builtins: no macro can have them, and no cast, macro parameter or first record field is named so. */

import { BUILTIN_NAMES } from "@probewright/grammar/node-types";

const whole = new RegExp(`^(?:${BUILTIN_NAMES.join("|")})$`);

/** Also `arg0`, `arg1`, … and `arg` itself, and `sarg0`, `sarg1`, …, which say later what became of them. */
export function isBuiltinName(name: string): boolean {
  return whole.test(name);
}
