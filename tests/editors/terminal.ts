/** A program in a real terminal: tmux types, and its screen is read. */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { PATIENCE_MS } from "../harness/patience.ts";

/** An Escape and the key behind it must not be taken for Alt and that key. */
const ESCAPE_MS = 400;

export interface Terminal {
  readonly keys: (...keys: readonly string[]) => void;
  /** Waits until the screen shows a text. */
  readonly see: (text: string | RegExp) => Promise<void>;
  /** Waits until the screen does not show a text any more. */
  readonly gone: (text: string) => Promise<void>;
  readonly escape: () => Promise<void>;
  /** Waits until the command has ended. */
  readonly ended: () => Promise<void>;
  readonly close: () => void;
}

/** Starts a command in a terminal of its own. */
export function startTerminal(command: string, environment: NodeJS.ProcessEnv): Terminal {
  const socket = `probewright-terminal-${process.pid.toString()}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync("tmux", ["-L", socket, ...args], { encoding: "utf8", env: environment });
  tmux("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "34", command);
  const screen = (): string => tmux("capture-pane", "-p");
  const until = async (problem: string, wanted: (shown: string) => boolean): Promise<void> => {
    const end = Date.now() + PATIENCE_MS;
    for (let shown = screen(); !wanted(shown); shown = screen()) {
      assert.ok(Date.now() < end, `${problem}:\n${shown}`);
      await sleep(50);
    }
  };
  return {
    keys: (...keys) => {
      tmux("send-keys", ...keys);
    },
    see: (text) =>
      until(`no ${String(text)} on the screen`, (shown) =>
        typeof text === "string" ? shown.includes(text) : text.test(shown),
      ),
    gone: (text) => until(`still ${text} on the screen`, (shown) => !shown.includes(text)),
    escape: async () => {
      tmux("send-keys", "Escape");
      await sleep(ESCAPE_MS);
    },
    ended: async () => {
      const end = Date.now() + PATIENCE_MS;
      while (spawnSync("tmux", ["-L", socket, "has-session"], { env: environment }).status === 0) {
        assert.ok(Date.now() < end, "the command does not end");
        await sleep(50);
      }
    },
    close: () => {
      spawnSync("tmux", ["-L", socket, "kill-server"], { env: environment });
    },
  };
}
