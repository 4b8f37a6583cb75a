/** Long work that is done in short pieces while there is time, and at once when somebody waits for what it makes. */

export interface Pieces<T> {
  /** Does one more piece. @returns whether all is done */
  readonly goOn: () => boolean;
  /** Does the rest. */
  readonly finish: () => T;
}

/** @param work pauses after each piece */
export function inPieces<T>(work: Generator<undefined, T>): Pieces<T> {
  let made: { readonly value: T } | undefined;
  const goOn = (): typeof made => {
    const step = made === undefined ? work.next() : undefined;
    if (step?.done === true) made = { value: step.value };
    return made;
  };
  return {
    goOn: () => goOn() !== undefined,
    finish: () => {
      for (;;) {
        const finished = goOn();
        if (finished !== undefined) return finished.value;
      }
    },
  };
}
