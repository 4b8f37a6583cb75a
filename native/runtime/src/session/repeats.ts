/**
 * Run-time errors that come again and again: each is told in full once, and from then on how often it came since the last
 * report, until it stops. A full map would bury everything else otherwise.
 */

import type { SourcePosition } from "@probewright/compiler";
import type { SessionEvent } from "./events.ts";

export type RuntimeError = Extract<SessionEvent, { kind: "runtime-error" }>;

export interface Repeats {
  readonly take: (error: RuntimeError) => void;
  /** To be called now and then, and when no more can come. */
  readonly report: () => void;
}

interface Told {
  readonly error: RuntimeError;
  /** How often it came since it was last told. */
  untold: number;
}

export function joinRepeats(emit: (error: RuntimeError) => void): Repeats {
  /** All errors of a site have one position object; what is said of them may differ. */
  const toldAt = new Map<SourcePosition, Map<string, Told>>();
  return {
    take: (error) => {
      const here = toldAt.get(error.position) ?? new Map<string, Told>();
      toldAt.set(error.position, here);
      const kind = `${error.message} ${(error.helper?.returned ?? 0).toString()}`;
      const told = here.get(kind);
      if (told === undefined) {
        here.set(kind, { error, untold: 0 });
        emit(error);
      } else told.untold += 1;
    },
    report: () => {
      for (const here of toldAt.values()) {
        for (const [kind, told] of here) {
          if (told.untold === 0) here.delete(kind);
          else emit({ ...told.error, repeats: told.untold });
          told.untold = 0;
        }
      }
    },
  };
}
