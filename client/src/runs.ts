/** Runs: each shows its output in a terminal of its own; closing the terminal or Ctrl-C stops the run. */

import { EventEmitter, type Pseudoterminal, type Terminal, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import {
  commands,
  notifications,
  type RunArguments,
  type RunEndedParams,
  type RunOutputParams,
  type RunRefused,
  type RunStarted,
} from "@probewright/server/protocol";
import type { ServerExecutable } from "./server-location.ts";

export interface Runs {
  /** @param probe index among the document's probes; undefined runs the whole script */
  readonly start: (uri: string, probe: number | undefined) => Promise<void>;
  readonly stopLast: () => void;
  /** Stops every run. */
  readonly dispose: () => void;
}

interface RunTerminal {
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
  readonly finish: (exitCode: number) => void;
}

const CTRL_C = "\u0003";

export function createRuns(client: LanguageClient, server: ServerExecutable): Runs {
  const terminals = new Map<number, RunTerminal>();
  let last: number | undefined;
  const stop = (run: number): void => {
    void client.sendRequest("workspace/executeCommand", { command: commands.stop, arguments: [run] });
  };
  client.onNotification(notifications.runOutput, ({ run, text }: RunOutputParams) => {
    terminals.get(run)?.write(text);
  });
  client.onNotification(notifications.runEnded, ({ run, exitCode }: RunEndedParams) => {
    terminals.get(run)?.finish(exitCode);
  });
  return {
    start: async (uri, probe) => {
      if (!workspace.isTrusted) {
        void window.showWarningMessage("Probewright runs scripts only in trusted workspaces.");
        return;
      }
      const args: RunArguments = { uri, ...(probe === undefined ? {} : { probe }) };
      const answer = await client.sendRequest<RunStarted | RunRefused>("workspace/executeCommand", {
        command: commands.run,
        arguments: [args],
      });
      if (answer.kind === "refused") {
        await refuse(answer, server);
        return;
      }
      last = answer.run;
      terminals.set(answer.run, openTerminal(answer, stop));
    },
    stopLast: () => {
      if (last !== undefined) stop(last);
    },
    dispose: () => {
      for (const run of terminals.keys()) stop(run);
    },
  };
}

/** Privilege is asked for in a terminal the user sees, never behind their back. */
async function refuse(refused: RunRefused, server: ServerExecutable): Promise<void> {
  const { terminalCommand } = refused;
  const choice = terminalCommand === undefined ? [] : ["Run with sudo in a terminal"];
  const picked = await window.showErrorMessage([refused.message, ...refused.advice].join(". "), ...choice);
  if (picked === undefined || terminalCommand === undefined) return;
  const terminal = window.createTerminal({ name: "probewright (sudo)" });
  terminal.show();
  terminal.sendText(
    ["sudo", server.command, ...server.args, ...terminalCommand].map(quoteForShell).join(" "),
  );
}

function quoteForShell(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function openTerminal({ run, title }: RunStarted, stop: (run: number) => void): RunTerminal {
  const output = new EventEmitter<string>();
  const early: string[] = [];
  let open = false;
  let ended = false;
  const write = (text: string): void => {
    const lines = text.replace(/\r?\n/g, "\r\n");
    if (open) output.fire(lines);
    else early.push(lines);
  };
  const pseudoterminal: Pseudoterminal = {
    onDidWrite: output.event,
    open: () => {
      open = true;
      for (const text of early.splice(0)) output.fire(text);
    },
    close: () => {
      if (!ended) stop(run);
    },
    handleInput: (data) => {
      if (data.includes(CTRL_C) && !ended) stop(run);
    },
  };
  const terminal = window.createTerminal({ name: title, pty: pseudoterminal });
  terminal.show(true);
  return {
    terminal,
    write,
    finish: (exitCode) => {
      ended = true;
      write(`\n[ended with status ${exitCode.toString()}]\n`);
    },
  };
}
