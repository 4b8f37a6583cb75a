/** Values of a script's named parameters (`getopt`) from the words after it. */

import {
  err,
  nearest,
  ok,
  readNumber,
  type Constant,
  type NamedParameter,
  type Result,
} from "@probewright/compiler";

/** @param given values by name; `true` for `--name` without a value */
export function readNamedParameters(
  parameters: readonly NamedParameter[],
  given: ReadonlyMap<string, string | true>,
): Result<ReadonlyMap<string, Constant>, string> {
  const values = new Map<string, Constant>();
  for (const [name, text] of given) {
    const parameter = parameters.find((each) => each.name === name);
    if (parameter === undefined) {
      return err(`this script has no parameter --${name}${suggestion(parameters, name)}`);
    }
    const value = readValue(parameter, text);
    if (typeof value === "string") return err(value);
    values.set(name, value);
  }
  return ok(values);
}

/** The nearest, or else all there are. */
function suggestion(parameters: readonly NamedParameter[], name: string): string {
  const names = parameters.map((each) => each.name);
  const near = nearest(name, names);
  if (near !== undefined) return `; did you mean --${near}?`;
  return names.length === 0 ? "" : `; it has ${names.map((each) => `--${each}`).join(", ")}`;
}

function readValue(
  { name, type, default: fallback }: NamedParameter,
  text: string | true,
): Constant | string {
  if (fallback.kind === "boolean") {
    const value = text === true ? true : booleans.get(text.toLowerCase());
    return value === undefined
      ? `--${name} takes true or false, not '${String(text)}'`
      : { kind: "boolean", value };
  }
  if (text === true) return `--${name} needs a value: --${name}=VALUE`;
  if (fallback.kind === "string") return { kind: "string", value: text };
  const value = readNumber(text);
  const signed = type.kind === "integer" && type.signed;
  const [low, high] = signed ? [-(1n << 63n), (1n << 63n) - 1n] : [0n, (1n << 64n) - 1n];
  if (value === undefined || value < low || value > high)
    return `--${name} takes ${signed ? "an" : "an unsigned"} integer, not '${text}'`;
  return { kind: "integer", value };
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["off", false],
  ["0", false],
]);

/** What `--help` after the script prints. */
export function namedParameterHelp(script: string, parameters: readonly NamedParameter[]): string {
  const lines = parameters.map(
    ({ name, default: value, description }) =>
      `  --${name}  ${description ?? ""} (default: ${String(value.value)})\n`,
  );
  return `options of ${script}:\n${lines.length === 0 ? "  none\n" : lines.join("")}`;
}
