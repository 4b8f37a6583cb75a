/** The shape of one verb of the command line. */

import type { OptionRow, ParsedOptions, ParseRules } from "./options.ts";

/** What a verb may touch of its process; handed in so that verbs can be run in tests. */
export interface CommandIo {
  readonly out: (text: string | Uint8Array) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether messages may be coloured. */
  readonly color: boolean;
}

/** Exit status for wrong use. */
export const WRONG_USE = 2;

export interface Verb {
  readonly name: string;
  /** Forms after the name, e.g. `[options] FILE`. */
  readonly usage: readonly string[];
  /** One sentence. */
  readonly summary: string;
  /** More, in plain text; may be empty. */
  readonly details: string;
  readonly options: readonly OptionRow[];
  readonly rules?: ParseRules;
  /** For other programs of ours: not in the help. */
  readonly hidden?: true;
  /** Works on for as long as somebody has an editor open. */
  readonly staysOpen?: true;
  /** Exit status for options it does not know; `run` follows bpftrace. */
  readonly wrongUse?: number;
  /** @returns the exit status */
  readonly run: (options: ParsedOptions, io: CommandIo) => Promise<number> | number;
}
