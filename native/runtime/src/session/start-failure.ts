/** A reason to stop before the run was under way, with what helps. */

import type { SourcePosition } from "@probewright/compiler";

export interface StartFailure {
  /** Which part of the start refused: `loader`, `child`, `load`, `events`, `attach`, `run`. */
  readonly stage: string;
  readonly message: string;
  readonly advice: readonly string[];
  /** In the script, when it is the script's matter. */
  readonly position?: SourcePosition;
}

export function startFailure(
  stage: string,
  message: string,
  advice: readonly string[] = [],
  position?: SourcePosition,
): StartFailure {
  return { stage, message, advice, ...(position === undefined ? {} : { position }) };
}
