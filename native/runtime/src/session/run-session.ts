/** What the owner of a run can do with it. */

export interface RunSession {
  /** Resolves with the exit code when everything is detached and reported. */
  readonly done: Promise<number>;
  /** Ends the run as Ctrl-C does: `end` probes run, maps are printed. */
  readonly interrupt: () => void;
  /** The same because nobody takes the output any more. */
  readonly closeOutput: () => void;
  /** Takes in no more events, as nobody takes the output for now; and goes on. */
  readonly holdEvents: (held: boolean) => void;
  /** Runs the `self:signal:SIGUSR1` probes. */
  readonly triggerSelf: () => void;
}
