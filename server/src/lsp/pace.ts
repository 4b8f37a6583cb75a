/** When work is done that no request waits for: behind what the client has asked, and long work only while it is silent. */

export interface Pace {
  /** A message has come. */
  readonly received: () => void;
  /** A message's turn has come. */
  readonly taken: () => void;
  /** Calls back once all messages that have come have had their turn. @returns takes it back */
  readonly afterMessages: (action: () => void) => () => void;
  /** The same, to be awaited between pieces of work that together take long. */
  readonly turn: () => Promise<void>;
  /**
   * Resolves when the client has been silent for a while. Long work is cut into pieces, each of which waits for this: for a
   * `short` silence what takes a few milliseconds, for a `long` one what takes more.
   */
  readonly silence: (length: keyof typeof silences) => Promise<void>;
}

/** An editor's questions follow each other faster than the one, a human's keystrokes than the other. */
const silences = { short: 20, long: 250 } as const;
/** A client that is never silent gets a piece of that work in between. */
const MOST_WAIT_MS = 1500;

export function createPace(): Pace {
  let lastReceived = 0;
  let turns = 0;
  const afterMessages: Pace["afterMessages"] = (action) => {
    let wanted = true;
    // The connection takes one message a round: a round without one has none to take.
    const look = (before: number): void => {
      nextRound(() => {
        if (!wanted) return;
        if (turns === before) action();
        else look(turns);
      });
    };
    look(-1);
    return () => {
      wanted = false;
    };
  };
  return {
    received: () => {
      lastReceived = performance.now();
    },
    taken: () => {
      turns += 1;
    },
    afterMessages,
    turn: () => new Promise((resolve) => afterMessages(resolve)),
    silence: async (length) => {
      const asked = performance.now();
      for (;;) {
        // What has arrived meanwhile is read first.
        await new Promise<void>((resolve) => {
          nextRound(resolve);
        });
        const now = performance.now();
        const left = Math.min(lastReceived + silences[length], asked + MOST_WAIT_MS) - now;
        if (left <= 0) return;
        await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
      }
    },
  };
}

/** Browsers have no `setImmediate`, and neither does the library there: both count in timers. */
function nextRound(action: () => void): void {
  if ("setImmediate" in globalThis) setImmediate(action);
  else setTimeout(action, 0);
}
