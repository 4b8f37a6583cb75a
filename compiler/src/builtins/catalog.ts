/** All builtins, in the order of the reference. */

import type { Builtin } from "./builtin.ts";
import { aggregationRows } from "./rows/aggregations.ts";
import { controlRows } from "./rows/control.ts";
import { introspectionRows } from "./rows/introspection.ts";
import { mapRows } from "./rows/maps.ts";
import { memoryRows } from "./rows/memory.ts";
import { networkRows } from "./rows/network.ts";
import { outputRows } from "./rows/output.ts";
import { processRows } from "./rows/process.ts";
import { registerRows } from "./rows/registers.ts";
import { stackRows } from "./rows/stacks.ts";
import { stringRows } from "./rows/strings.ts";
import { symbolRows } from "./rows/symbols.ts";
import { timeRows } from "./rows/time.ts";

export const builtins: readonly Builtin[] = [
  ...processRows,
  ...timeRows,
  ...stringRows,
  ...memoryRows,
  ...registerRows,
  ...stackRows,
  ...symbolRows,
  ...networkRows,
  ...outputRows,
  ...aggregationRows,
  ...mapRows,
  ...controlRows,
  ...introspectionRows,
];

const byName: ReadonlyMap<string, Builtin> = new Map(
  builtins.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => [name, row] as const)),
);

/** `arg0`, `arg1` … are one row. */
export const ARGUMENT_ROW = "argN";

/** By name or alias; `argN` for each number. */
export function findBuiltin(name: string): Builtin | undefined {
  return byName.get(/^arg\d+$/.test(name) ? ARGUMENT_ROW : name);
}
