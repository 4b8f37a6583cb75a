/** `fmt`: lays scripts out in the one way they share. */

import { renameSync, writeFileSync } from "node:fs";

import {
  createLocator,
  formatScript,
  parseScript,
  renderDiagnostic,
  syntaxDiagnostics,
} from "@probewright/compiler";
import { openParser } from "../../host/parser.ts";
import { readSource } from "../compile-options.ts";
import { has } from "../options.ts";
import { WRONG_USE, type CommandIo, type Verb } from "../verb.ts";

export const fmt: Verb = {
  name: "fmt",
  usage: ["[--check] FILE…", "-"],
  summary: "Formats scripts in place, the way bpftrace --fmt lays them out.",
  details:
    "`-` formats standard input to standard output. A script with syntax errors is left as it is.\nExit status 1 when a script has errors or, with --check, would change.",
  options: [{ name: "check", help: "change nothing; say which files would change" }],
  run: async (options, io) => {
    if (options.operands.length === 0) {
      io.err("probewright fmt: name at least one script, or - for standard input\n");
      return WRONG_USE;
    }
    let status = 0;
    for (const file of options.operands)
      status = Math.max(status, await formatFile(file, has(options, "check"), io));
    return status;
  },
};

/** @returns the exit status for this file */
async function formatFile(file: string, checkOnly: boolean, io: CommandIo): Promise<number> {
  const text = readSource(file);
  if (!text.ok) {
    io.err(`probewright fmt: ${text.error}\n`);
    return WRONG_USE;
  }
  const formatted = await formattedText(file, text.value, io);
  if (formatted === undefined) return 1;
  if (file === "-") {
    io.out(formatted);
    return 0;
  }
  if (formatted === text.value) return 0;
  if (checkOnly) {
    io.out(`${file}\n`);
    return 1;
  }
  return replaceFile(file, formatted, io);
}

/** @returns undefined after having said what is wrong with the script */
export async function formattedText(name: string, text: string, io: CommandIo): Promise<string | undefined> {
  const script = parseScript(text, await openParser());
  const formatted = formatScript(script, text);
  if (formatted.ok) return formatted.text;
  const locator = createLocator([{ name, text, script }]);
  for (const diagnostic of syntaxDiagnostics(script))
    io.err(renderDiagnostic(diagnostic, locator, { color: io.color }));
  return undefined;
}

/** Through a file beside it, so that a full disk leaves the script whole. */
function replaceFile(file: string, text: string, io: CommandIo): number {
  try {
    writeFileSync(`${file}.probewright`, text);
    renameSync(`${file}.probewright`, file);
    return 0;
  } catch (error) {
    io.err(
      `probewright fmt: cannot write '${file}': ${error instanceof Error ? error.message : "unknown reason"}\n`,
    );
    return 1;
  }
}
