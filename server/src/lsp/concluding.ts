/** What is concluded from facts holds until facts come that were missing then: who lacked none need not look again. */

import type { Snapshot } from "../ide/snapshot.ts";

/** A script of which something was concluded. */
export interface Concluded {
  readonly uri: string;
  readonly text: string;
  /** Facts were missing. */
  readonly lacks: boolean;
}

export type Concerns = (script: Concluded) => boolean;

export const everyScript: Concerns = () => true;

/** What it is made from files beside the kernel. Most scripts read none: saving one that takes long to check costs nothing. */
export const readsFiles: Concerns = ({ text }) => /\bimport\b|#\s*include\b/.test(text);

export const lacksFacts: Concerns = ({ lacks }) => lacks;

/** Grows whenever something is asked for that is not there. */
export type Lacked = () => number;

/** @param note called when facts were missing */
export function concluding<T>(lacked: Lacked, make: () => T, note: () => void): T {
  const before = lacked();
  const made = make();
  if (lacked() !== before) note();
  return made;
}

/** The same snapshot, with a note of what its analysis lacks. */
export function notingLacks(snapshot: Snapshot, lacked: Lacked, note: () => void): Snapshot {
  const { analysis } = snapshot;
  return { ...snapshot, analysis: () => concluding(lacked, analysis, note) };
}
