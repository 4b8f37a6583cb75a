/** What the server tells of itself: to the client's log, and to a file when the command line names one. */

import { MessageType, type Connection } from "vscode-languageserver";

export const logLevels = ["off", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Log {
  readonly error: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly info: (text: string) => void;
  readonly debug: (text: string) => void;
  readonly setLevel: (level: LogLevel) => void;
  readonly isOn: (level: LogLevel) => boolean;
}

const types = {
  error: MessageType.Error,
  warn: MessageType.Warning,
  info: MessageType.Info,
  debug: MessageType.Log,
} as const;

/** @param write takes a line for the log file */
export function createLog(connection: Connection, write: ((line: string) => void) | undefined): Log {
  let most: number = logLevels.indexOf("info");
  const say = (level: keyof typeof types) => {
    return (text: string): void => {
      if (logLevels.indexOf(level) > most) return;
      write?.(`${level} ${text}`);
      void connection.sendNotification("window/logMessage", { type: types[level], message: text });
    };
  };
  return {
    error: say("error"),
    warn: say("warn"),
    info: say("info"),
    debug: say("debug"),
    setLevel: (level) => {
      most = logLevels.indexOf(level);
    },
    isOn: (level) => logLevels.indexOf(level) <= most,
  };
}
