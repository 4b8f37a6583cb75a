/**
 * Takes the records of the ring buffer in order. Plain output is handled as it arrives; an action that has to wait for the
 * loader or a process holds back what comes after it, so that output keeps the order in which programs produced it.
 */

import { ByteSink } from "../print/byte-sink.ts";
import type { Writer } from "../print/printf.ts";
import type { DeferredAction, SiteHandler } from "./site-handler.ts";
import type { SessionEvent } from "./events.ts";

export interface EventPump {
  /** Repeated u32 length and that many bytes. The buffer is only valid during the call. */
  readonly push: (records: Buffer) => void;
  /** Resolves when everything pushed so far was handled. */
  readonly idle: () => Promise<void>;
  /** Events handled, by site. */
  readonly delivered: () => readonly number[];
  /** Lets through what was held back since the pump was made: nothing is shown before the probes are attached. */
  readonly release: () => void;
}

export interface PumpOptions {
  readonly handlers: readonly SiteHandler[];
  readonly emit: (event: SessionEvent) => void;
  readonly perform: (action: DeferredAction) => Promise<void>;
  /** By site, for those whose text may be joined with that of their neighbours into one `output` event. */
  readonly writers?: readonly (Writer | undefined)[];
}

/** More than this is not held back: the start takes longer than it is worth to wait. */
const MOST_HELD_BYTES = 32 << 20;

interface Stopped {
  /** Where to go on after the action. */
  readonly next: number;
  readonly action: DeferredAction;
}

/** Handles records from `start` on. @returns the first action that has to be waited for, or undefined at the end */
type Drain = (records: Buffer, start: number) => Stopped | undefined;

function createDrain({ handlers, emit, writers = [] }: PumpOptions, delivered: number[]): Drain {
  const sink = new ByteSink();
  const emitText = (): void => {
    if (sink.length > 0) emit({ kind: "output", type: "printf", bytes: sink.take(), site: -1 });
  };
  return (records, start) => {
    let at = start;
    while (at + 4 <= records.length) {
      const length = word(records, at);
      const body = at + 4;
      at = body + length;
      if (length < 8) continue;
      const site = word(records, body);
      const handler = handlers[site];
      if (handler === undefined) continue;
      delivered[site] = (delivered[site] ?? 0) + 1;
      const writer = writers[site];
      if (writer !== undefined) {
        writer(records, body, sink);
        continue;
      }
      const handled = handler(records, body);
      if (handled === undefined) continue;
      emitText();
      if ("event" in handled) emit(handled.event);
      else return { next: at, action: handled.action };
    }
    emitText();
    return undefined;
  };
}

/** As `readUInt32LE`, whose checks cost 15 ns an event here. */
function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}

export function createPump(options: PumpOptions): EventPump {
  const { perform } = options;
  const delivered = options.handlers.map(() => 0);
  const drain = createDrain(options, delivered);
  const waiting: Buffer[] = [];
  let heldBytes = 0;
  let working: Promise<void> | undefined;
  let held = true;

  const work = async (first: Buffer | undefined, start: number, action?: DeferredAction): Promise<void> => {
    // Never ends at once: who starts it still has to note that it is under way.
    await Promise.resolve();
    if (action !== undefined) await perform(action);
    let records = first;
    let at = start;
    while (records !== undefined) {
      const stopped: Stopped | undefined = drain(records, at);
      if (stopped === undefined) {
        records = waiting.shift();
        at = 0;
      } else {
        at = stopped.next;
        await perform(stopped.action);
      }
    }
    working = undefined;
  };

  const release = (): void => {
    if (!held) return;
    held = false;
    working = work(waiting.shift(), 0);
  };

  return {
    push: (records) => {
      if (held) heldBytes += records.length;
      if (heldBytes > MOST_HELD_BYTES) release();
      if (held || working !== undefined) {
        waiting.push(Buffer.from(records));
        return;
      }
      const stopped = drain(records, 0);
      if (stopped !== undefined) working = work(Buffer.from(records), stopped.next, stopped.action);
    },
    release,
    idle: async () => {
      while (working !== undefined) await working;
    },
    delivered: () => delivered,
  };
}
