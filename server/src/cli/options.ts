/** Command-line options as rows, and the one parser that reads them. */

import { err, ok, type Result } from "@probewright/compiler";

export interface OptionRow<Name extends string = string> {
  /** Long spelling without dashes; the key of its value. */
  readonly name: Name;
  readonly short?: string;
  /** What the option takes, e.g. `PID`; a flag without it. */
  readonly argument?: string;
  /** Other long spellings. */
  readonly aliases?: readonly string[];
  readonly help: string;
  /** Given more than once: all values, instead of the last. */
  readonly repeatable?: boolean;
  /** Takes an argument only when written `--name=value`. */
  readonly optionalArgument?: boolean;
}

export interface ParsedOptions {
  /** Values by name, in the order given; flags have the value "". */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/** How operands and options mix. */
export interface ParseRules {
  /** After this many operands words are parameters of the script: dashes of unknown words are then its own. */
  readonly scriptOperands?: (values: ReadonlyMap<string, readonly string[]>) => number;
}

/** Options may stand anywhere before `--`. @returns a sentence about the wrong word */
export function parseOptions(
  words: readonly string[],
  rows: readonly OptionRow[],
  rules: ParseRules = {},
): Result<ParsedOptions, string> {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const rest = [...words];
  const take = (row: OptionRow, given: string | undefined): string | undefined => {
    if (row.argument === undefined && given !== undefined) return `--${row.name} takes no argument`;
    const value =
      row.argument === undefined || row.optionalArgument === true ? (given ?? "") : (given ?? rest.shift());
    if (value === undefined) return `--${row.name} needs ${row.argument ?? "a value"}`;
    record(values, row, value);
    return undefined;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      operands.push(...rest);
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const problem = word.startsWith("--") ? takeLong(word, rows, take) : takeShort(word, rows, take);
    if (problem === undefined) continue;
    const parametersFrom = rules.scriptOperands?.(values) ?? Number.POSITIVE_INFINITY;
    if (problem === UNKNOWN && operands.length >= parametersFrom && operands.length > 0) operands.push(word);
    else return err(problem === UNKNOWN ? `unknown option '${word}'` : problem);
  }
  return ok({ values, operands });
}

const UNKNOWN = "unknown";

function record(values: Map<string, string[]>, row: OptionRow, value: string): void {
  const known = values.get(row.name);
  if (known === undefined || row.repeatable !== true)
    values.set(row.name, row.repeatable === true ? [value] : [...(known ?? []), value]);
  else known.push(value);
}

type Take = (row: OptionRow, given: string | undefined) => string | undefined;

function takeLong(word: string, rows: readonly OptionRow[], take: Take): string | undefined {
  const equals = word.indexOf("=");
  const name = word.slice(2, equals === -1 ? undefined : equals);
  const row = rows.find((each) => each.name === name || each.aliases?.includes(name) === true);
  return row === undefined ? UNKNOWN : take(row, equals === -1 ? undefined : word.slice(equals + 1));
}

/** `-lv`, `-e PROGRAM`, `-ePROGRAM`, `-ve PROGRAM`. */
function takeShort(word: string, rows: readonly OptionRow[], take: Take): string | undefined {
  for (let at = 1; at < word.length; at += 1) {
    const row = rows.find((each) => each.short === word[at]);
    if (row === undefined) return UNKNOWN;
    if (row.argument === undefined || row.optionalArgument === true) {
      const problem = take(row, undefined);
      if (problem !== undefined) return problem;
      continue;
    }
    const attached = word.slice(at + 1);
    return take(row, attached === "" ? undefined : attached);
  }
  return undefined;
}

/** The last value given. */
export function valueOf(options: ParsedOptions, name: string): string | undefined {
  return options.values.get(name)?.at(-1);
}

export function valuesOf(options: ParsedOptions, name: string): readonly string[] {
  return options.values.get(name) ?? [];
}

export function has(options: ParsedOptions, name: string): boolean {
  return options.values.has(name);
}

/** The options as lines of a help text. */
export function optionHelp(rows: readonly OptionRow[]): string {
  const left = rows.map((row) => {
    const short = row.short === undefined ? "    " : `-${row.short}, `;
    const argument =
      row.argument === undefined
        ? ""
        : row.optionalArgument === true
          ? `[=${row.argument}]`
          : ` ${row.argument}`;
    return `  ${short}--${row.name}${argument}`;
  });
  const width = Math.min(34, Math.max(0, ...left.map((text) => text.length)));
  return rows.map((row, index) => `${(left[index] ?? "").padEnd(width)}  ${row.help}\n`).join("");
}
