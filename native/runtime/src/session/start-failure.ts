/** A reason to stop a run, before it was under way or after, with what helps. */

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

/** The loader ended by itself, under way or while the run was closing. */
export function loaderDeath(reason: string, closing: boolean): StartFailure {
  const advice = closing
    ? "it ended while the run was closing: maps or the last lines may be missing; run the script again"
    : "output up to this point is complete; run the script again";
  return startFailure("loader", `${reason}; everything it attached is detached`, [advice]);
}
