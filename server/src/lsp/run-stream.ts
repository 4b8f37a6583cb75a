/**
 * From a run's event lines to notifications, a few each second whatever the script prints. What a display cannot take is left
 * out and counted: the client says so, and the run's own accounting of losses is untouched.
 */

import type { RunEvent } from "../protocol.ts";

export interface RunStreamOptions {
  /** Sees every event and its text at once, however many are left out of what is sent. */
  readonly observe: (event: RunEvent) => void;
  readonly text: ((text: string) => void) | undefined;
  readonly events: ((events: readonly RunEvent[], skipped: number) => void) | undefined;
}

export interface RunStream {
  readonly line: (line: string) => void;
  /** Text that is no event: what the process said on standard error. */
  readonly say: (text: string) => void;
  readonly event: (event: RunEvent) => void;
  readonly flush: () => void;
}

const TICK_MS = 50;
/** Pieces of output in one notification: 80,000 a second. */
const MOST_OUTPUT = 4000;
/** Characters of text in one notification: a terminal takes no more. */
const MOST_TEXT = 128 * 1024;

/** Kinds that may come in any number; all others are always passed on. */
const plentiful: ReadonlySet<string> = new Set(["output", "value"]);

export function createRunStream({ observe, text, events }: RunStreamOptions): RunStream {
  let pending: RunEvent[] = [];
  let outputs = 0;
  let skipped = 0;
  let words: string[] = [];
  let length = 0;
  let unsaid = 0;
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (events !== undefined && (pending.length > 0 || skipped > 0)) events(pending, skipped);
    if (text !== undefined && (words.length > 0 || unsaid > 0)) {
      const note = unsaid === 0 ? "" : `\n[${unsaid.toString()} pieces of output are not shown here]\n`;
      text(words.join("") + note);
    }
    pending = [];
    words = [];
    outputs = skipped = length = unsaid = 0;
  };
  const schedule = (): void => {
    timer ??= setTimeout(flush, TICK_MS);
  };
  const say = (piece: string, droppable = false): void => {
    if (text === undefined) return;
    if (droppable && length > MOST_TEXT) unsaid += 1;
    else words.push(piece);
    length += piece.length;
    schedule();
  };
  const event = (whole: RunEvent): void => {
    observe(whole);
    const { terminal, ...rest } = whole;
    const many = plentiful.has(rest.kind);
    if (typeof terminal === "string") say(terminal, many);
    if (events === undefined) return;
    if (many && outputs >= MOST_OUTPUT) skipped += 1;
    else pending.push(rest);
    if (many) outputs += 1;
    schedule();
  };
  return {
    say,
    event,
    flush,
    line: (line) => {
      const parsed = parseEvent(line);
      if (parsed !== undefined) event(parsed);
    },
  };
}

function parseEvent(line: string): RunEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    const isEvent =
      typeof event === "object" && event !== null && "kind" in event && typeof event.kind === "string";
    return isEvent ? (event as RunEvent) : undefined; // checked on the line above
  } catch {
    return undefined;
  }
}
