/** The runs of this window: starts and stops them through the server, and hands what they send to whoever shows it. */

import { EventEmitter, type Event } from "vscode";

import type { BaseLanguageClient } from "vscode-languageclient";

import {
  commands,
  notifications,
  type RunArguments,
  type RunEndedParams,
  type RunEvent,
  type RunEventsParams,
  type RunOutputParams,
  type RunRefused,
  type RunStarted,
} from "@probewright/server/protocol";

/** What of a language client is needed, in the editor and in a browser. */
export type ServerConnection = Pick<BaseLanguageClient, "sendRequest" | "onNotification">;

/** Shows one run, in whatever way. */
export interface RunListener {
  readonly started?: (run: RunStarted) => void;
  readonly text?: (text: string) => void;
  readonly events?: (events: readonly RunEvent[], skipped: number) => void;
  readonly ended?: (exitCode: number) => void;
}

/** A run that goes on. */
export interface ShownRun {
  readonly run: number;
  /** Of its script. */
  readonly uri: string;
}

export interface RunHub {
  readonly start: (args: RunArguments, listeners: readonly RunListener[]) => Promise<RunStarted | RunRefused>;
  readonly stop: (run: number) => Promise<void>;
  readonly running: () => readonly ShownRun[];
  /** The server is gone, and its runs with it: whoever shows one is told so. */
  readonly lost: () => void;
  /** Whether anything runs, when that changes. */
  readonly onChange: Event<boolean>;
  readonly dispose: () => void;
}

const GONE = "the language server stopped, and the run with it";

export function createRunHub(server: ServerConnection): RunHub {
  const shown = new Map<number, { readonly uri: string; readonly listeners: readonly RunListener[] }>();
  const listenersOf = (run: number): readonly RunListener[] => shown.get(run)?.listeners ?? [];
  const changed = new EventEmitter<boolean>();
  const tell = (): void => {
    changed.fire(shown.size > 0);
  };
  const stop = async (run: number): Promise<void> => {
    await server.sendRequest("workspace/executeCommand", { command: commands.stop, arguments: [run] });
  };
  const subscriptions = [
    server.onNotification(notifications.runOutput, ({ run, text }: RunOutputParams) => {
      for (const listener of listenersOf(run)) listener.text?.(text);
    }),
    server.onNotification(notifications.runEvents, ({ run, events, skipped }: RunEventsParams) => {
      for (const listener of listenersOf(run)) listener.events?.(events, skipped);
    }),
    server.onNotification(notifications.runEnded, ({ run, exitCode }: RunEndedParams) => {
      const listeners = listenersOf(run);
      shown.delete(run);
      tell();
      for (const listener of listeners) listener.ended?.(exitCode);
    }),
  ];
  return {
    start: async (args, listeners) => {
      const answer = await server.sendRequest<RunStarted | RunRefused>("workspace/executeCommand", {
        command: commands.run,
        arguments: [args],
      });
      if (answer.kind === "started") {
        shown.set(answer.run, { uri: args.uri, listeners });
        for (const listener of listeners) listener.started?.(answer);
        tell();
      }
      return answer;
    },
    stop,
    running: () => [...shown].map(([run, { uri }]) => ({ run, uri })),
    lost: () => {
      const listeners = [...shown.values()].flatMap((each) => each.listeners);
      shown.clear();
      for (const listener of listeners) {
        listener.events?.([{ kind: "failed", message: GONE, advice: [] }], 0);
        listener.text?.(`${GONE}\n`);
        listener.ended?.(1);
      }
      if (listeners.length > 0) tell();
    },
    onChange: changed.event,
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      changed.dispose();
    },
  };
}
