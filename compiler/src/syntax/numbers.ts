/** The numeric notation shared by attach points, positional parameters and environment variables. Literals in code are stricter. */

/** Nanoseconds per unit of a duration suffix. */
export const durations: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1_000n],
  ["ms", 1_000_000n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n],
  ["d", 86_400_000_000_000n],
]);

const FORM =
  /^(?<sign>-?)(?:0[xX](?<hex>[0-9a-fA-F_]+)|0[bB](?<binary>[01_]+)|(?<decimal>[0-9][0-9_]*)(?:[eE](?<exponent>[0-9][0-9_]*))?(?<suffix>u|ul|ull|l|ll|ns|us|ms|s|m|h|d)?)$/;

/**
 * Reads `10`, `0x1f`, `0b101`, `010` (octal), `1_000`, `1e6`, `10u`, `5ms` (nanoseconds), each with an optional minus sign.
 * @returns undefined when the text is no number, or does not fit 64 bits
 */
export function readNumber(text: string): bigint | undefined {
  const groups = FORM.exec(text)?.groups;
  if (groups === undefined || /_(?![0-9a-fA-F_])/.test(text)) return undefined;
  const magnitude = readMagnitude(groups);
  if (magnitude === undefined || magnitude > 0xffff_ffff_ffff_ffffn) return undefined;
  return groups["sign"] === "-" ? -magnitude : magnitude;
}

function readMagnitude(groups: Readonly<Record<string, string | undefined>>): bigint | undefined {
  const digits = (key: string): string | undefined => groups[key]?.replaceAll("_", "");
  const hex = digits("hex");
  if (hex !== undefined) return BigInt(`0x${hex}`);
  const binary = digits("binary");
  if (binary !== undefined) return BigInt(`0b${binary}`);
  const decimal = digits("decimal") ?? "";
  if (/^0[0-9]/.test(decimal)) return /^[0-7]+$/.test(decimal) ? BigInt(`0o${decimal}`) : undefined;
  const exponent = digits("exponent");
  if (exponent !== undefined && (exponent.length > 2 || !/^[1-9]$/.test(decimal))) return undefined;
  const power = exponent === undefined ? 1n : 10n ** BigInt(exponent);
  return BigInt(decimal) * power * (durations.get(groups["suffix"] ?? "") ?? 1n);
}
