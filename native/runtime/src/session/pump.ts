/**
 * Takes the records of the ring buffer in order. Plain output is handled as it arrives; an action that has to wait for the
 * loader or a process holds back what comes after it, so that output keeps the order in which programs produced it.
 */

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
  /** After `exit()` what programs still send is counted and not shown, until the `end` probes have their say. */
  readonly mute: (muted: boolean) => void;
}

export interface PumpOptions {
  readonly handlers: readonly SiteHandler[];
  readonly emit: (event: SessionEvent) => void;
  readonly perform: (action: DeferredAction) => Promise<void>;
}

/** What the pump has seen, and whether it shows it. */
interface PumpState {
  readonly delivered: number[];
  muted: boolean;
}

interface Stopped {
  /** Where to go on after the action. */
  readonly next: number;
  readonly action: DeferredAction;
}

/** Handles records from `start` on. @returns the first action that has to be waited for, or undefined at the end */
function drain(
  { handlers, emit }: PumpOptions,
  state: PumpState,
  records: Buffer,
  start: number,
): Stopped | undefined {
  let at = start;
  while (at + 4 <= records.length) {
    const length = records.readUInt32LE(at);
    const body = at + 4;
    at = body + length;
    if (length < 8) continue;
    const site = records.readUInt32LE(body);
    const handler = handlers[site];
    if (handler === undefined) continue;
    state.delivered[site] = (state.delivered[site] ?? 0) + 1;
    if (state.muted) continue;
    const handled = handler(records, body);
    if (handled === undefined) continue;
    if ("event" in handled) emit(handled.event);
    else return { next: at, action: handled.action };
  }
  return undefined;
}

export function createPump(options: PumpOptions): EventPump {
  const { perform } = options;
  const state: PumpState = { delivered: options.handlers.map(() => 0), muted: false };
  const waiting: Buffer[] = [];
  let working: Promise<void> | undefined;
  let held = true;

  const work = async (first: Buffer | undefined, start: number, action?: DeferredAction): Promise<void> => {
    // Never ends at once: who starts it still has to note that it is under way.
    await Promise.resolve();
    if (action !== undefined) await perform(action);
    let records = first;
    let at = start;
    while (records !== undefined) {
      const stopped: Stopped | undefined = drain(options, state, records, at);
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

  return {
    push: (records) => {
      if (held || working !== undefined) {
        waiting.push(Buffer.from(records));
        return;
      }
      const stopped = drain(options, state, records, 0);
      if (stopped !== undefined) working = work(Buffer.from(records), stopped.next, stopped.action);
    },
    release: () => {
      if (!held) return;
      held = false;
      working = work(waiting.shift(), 0);
    },
    idle: async () => {
      while (working !== undefined) await working;
    },
    delivered: () => state.delivered,
    mute: (value) => {
      state.muted = value;
    },
  };
}
