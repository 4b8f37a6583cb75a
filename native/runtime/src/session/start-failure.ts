/** A reason to stop before the run was under way, with what helps. */

export interface StartFailure {
  /** Which part of the start refused: `loader`, `child`, `load`, `events`, `attach`, `run`. */
  readonly stage: string;
  readonly message: string;
  readonly advice: readonly string[];
}

export function startFailure(stage: string, message: string, advice: readonly string[] = []): StartFailure {
  return { stage, message, advice };
}
