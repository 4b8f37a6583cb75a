/** A run's output in a terminal of its own; closing the terminal or Ctrl-C stops the run. */

import { EventEmitter, type Pseudoterminal, window } from "vscode";

import type { RunListener } from "./run-hub.ts";

const CTRL_C = "\u0003";

export function terminalFor(title: string, stop: (run: number) => void): RunListener {
  const output = new EventEmitter<string>();
  const early: string[] = [];
  let open = false;
  let running: number | undefined;
  const write = (text: string): void => {
    const lines = text.replace(/\r?\n/g, "\r\n");
    if (open) output.fire(lines);
    else early.push(lines);
  };
  const end = (): void => {
    if (running !== undefined) stop(running);
  };
  const pseudoterminal: Pseudoterminal = {
    onDidWrite: output.event,
    open: () => {
      open = true;
      for (const text of early.splice(0)) output.fire(text);
    },
    close: end,
    handleInput: (data) => {
      if (data.includes(CTRL_C)) end();
    },
  };
  return {
    started: ({ run }) => {
      running = run;
      window.createTerminal({ name: title, pty: pseudoterminal }).show(true);
    },
    text: write,
    ended: (exitCode) => {
      running = undefined;
      write(`\n[ended with status ${exitCode.toString()}]\n`);
    },
  };
}
