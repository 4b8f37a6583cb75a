/** From the words of a command line to the verb that they name. */

import { nearest } from "@probewright/compiler";
import { collectLater, optimiseLater } from "../host/optimising.ts";
import { VERSION } from "../version.ts";
import { optionHelp, parseOptions, type OptionRow } from "./options.ts";
import { WRONG_USE, type CommandIo, type Verb } from "./verb.ts";
import { verbs } from "./verbs.ts";

const helpOption: OptionRow = { name: "help", short: "h", help: "this text" };

/** @returns the exit status */
export async function commandLine(words: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = words;
  if (first === "--version" || first === "-V" || first === "version") {
    io.out(`probewright ${VERSION}\n`);
    return 0;
  }
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    (first === undefined ? io.err : io.out)(overview());
    return first === undefined ? WRONG_USE : 0;
  }
  const verb = verbs.find(({ name }) => name === first);
  if (verb === undefined) {
    const near = nearest(
      first,
      verbs.map(({ name }) => name),
    );
    io.err(
      `probewright: no verb '${first}'${near === undefined ? "" : `; did you mean '${near}'?`}\n\n${overview()}`,
    );
    return WRONG_USE;
  }
  return runVerb(verb, rest, io);
}

/** Exit status after a mistake of ours, as that of a program that aborts. */
export const OUR_FAULT = 134;

async function runVerb(verb: Verb, words: readonly string[], io: CommandIo): Promise<number> {
  const options = parseOptions(words, [...verb.options, helpOption], verb.rules);
  if (!options.ok) {
    io.err(`probewright ${verb.name}: ${options.error}\n${usageOf(verb)}`);
    return verb.wrongUse ?? WRONG_USE;
  }
  if (options.value.values.has("help")) {
    io.out(helpOf(verb));
    return 0;
  }
  // V8 takes compiled code only under the flags it was compiled with, and a change of flags counts.
  if (io.env["PROBEWRIGHT_WRITE_CODE_CACHE"] !== "1") {
    collectLater();
    if (verb.staysOpen !== true) optimiseLater();
  }
  try {
    return await verb.run(options.value, io);
  } catch (error) {
    // A mistake of ours: say so in one line, and keep the trace for those who ask for it.
    const message = error instanceof Error ? error.message : String(error);
    io.err(
      `probewright ${verb.name}: internal error: ${message}\nThis is a bug of probewright; please report it with the script.\n`,
    );
    if (io.env["PROBEWRIGHT_TRACE"] !== undefined && error instanceof Error) io.err(`${error.stack ?? ""}\n`);
    return OUR_FAULT;
  }
}

function usageOf(verb: Verb): string {
  return verb.usage
    .map((form, index) => `${index === 0 ? "usage:" : "      "} probewright ${verb.name} ${form}\n`)
    .join("");
}

function helpOf(verb: Verb): string {
  const details = verb.details === "" ? "" : `\n${verb.details}\n`;
  return `${usageOf(verb)}\n${verb.summary}\n${details}\noptions:\n${optionHelp([...verb.options, helpOption])}`;
}

function overview(): string {
  const shown = verbs.filter(({ hidden }) => hidden !== true);
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`);
  return `usage: probewright VERB [options] …\n\nChecks, compiles and runs scripts of the bpftrace tracing language.\n\n${lines.join("")}\nprobewright VERB --help tells more; probewright --version the version.\n`;
}
