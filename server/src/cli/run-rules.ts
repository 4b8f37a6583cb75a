/** What may not be asked of `run`, as sentences. */

import { existsSync } from "node:fs";

import { unknownStage } from "./debug-stages.ts";
import { has, valueOf, valuesOf, type ParsedOptions } from "./options.ts";

/** Options that take one of a few words. */
const optionChoices: Readonly<Record<string, readonly string[]>> = {
  format: ["text", "json", "events"],
  buffering: ["line", "full", "none"],
  mode: ["run", "codegen", "test", "bench", "format"],
};

/** Features that a script can be made to do without. */
const optionalFeatures: readonly string[] = ["kprobe_multi", "kprobe_session", "uprobe_multi"];

/** Each of them says how the program is to be run: one at most. */
const modeOptions: readonly string[] = ["mode", "test", "bench", "fmt"];

/** @returns what is wrong with the options, or undefined */
export function wrongUse(options: ParsedOptions): string | undefined {
  return contradiction(options) ?? wrongChoice(options) ?? wrongNumber(options);
}

function contradiction(options: ParsedOptions): string | undefined {
  if (has(options, "pid") && has(options, "cmd")) return "-p and -c cannot be used together";
  if (has(options, "warnings") && has(options, "no-warnings"))
    return "-k and --no-warnings cannot be used together";
  if (valuesOf(options, "warnings").length > 1) return "-k is given twice: once reports all there is";
  const modes = modeOptions.filter((name) => has(options, name)).map((name) => `--${name}`);
  return modes.length > 1 ? `${modes.join(" and ")} cannot be used together` : undefined;
}

function wrongChoice(options: ParsedOptions): string | undefined {
  for (const [name, choices] of Object.entries(optionChoices)) {
    const given = valueOf(options, name);
    if (given !== undefined && !choices.includes(given))
      return `unknown ${name} '${given}': one of ${choices.join(", ")}`;
  }
  const wrongStage = unknownStage(options);
  if (wrongStage !== undefined) return wrongStage;
  const features = valuesOf(options, "no-feature").flatMap((list) => list.split(","));
  const unknown = features.find((feature) => !optionalFeatures.includes(feature));
  return unknown === undefined
    ? undefined
    : `unknown feature '${unknown}': one of ${optionalFeatures.join(", ")}`;
}

function wrongNumber(options: ParsedOptions): string | undefined {
  const maxLoss = valueOf(options, "max-loss");
  if (maxLoss !== undefined && !/^\d+$/.test(maxLoss)) return `--max-loss takes a number, not '${maxLoss}'`;
  const pids = valuesOf(options, "dwarf-pid");
  const wrong = pids.find((each) => !/^\d+$/.test(each));
  if (wrong !== undefined) return `--dwarf-pid takes the number of a process, not '${wrong}'`;
  const pid = valueOf(options, "pid");
  const named = pid !== undefined && /^\d+$/.test(pid) ? [pid, ...pids] : pids;
  const gone = named.find((each) => !existsSync(`/proc/${each}`));
  return gone === undefined ? undefined : `there is no process ${gone}`;
}
