/** Types that only the debug information of traced binaries tells. */

import type { BinaryFacts, KernelFacts } from "../../kernel/facts.ts";
import type { ProbeInstance } from "../../probes/environment.ts";
import type { StructTable } from "../../types/type.ts";

/** Looks in `table` first, then in the binaries that the program's probes trace. */
export function withBinaries(
  table: StructTable,
  instances: readonly ProbeInstance[],
  facts: KernelFacts,
): StructTable {
  const binaries = tracedBinaries(instances, facts);
  if (binaries.length === 0) return table;
  return {
    ...table,
    findStruct: (name) => table.findStruct(name) ?? first(binaries, (binary) => binary.findStruct(name)),
    findEnum: (name) => table.findEnum(name) ?? first(binaries, (binary) => binary.findEnum(name)),
  };
}

function first<T>(
  binaries: readonly BinaryFacts[],
  find: (binary: BinaryFacts) => T | undefined,
): T | undefined {
  for (const binary of binaries) {
    const found = find(binary);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names what types the targets bring in: the same key, the same types. */
export function foreignTypes(instances: readonly ProbeInstance[]): string {
  const names = new Set(
    instances.flatMap(({ targets, context }) => [
      ...targets.flatMap((target) => (target.kind === "uprobe" ? [target.path] : [])),
      ...(context.arguments.kind === "struct" ? [context.arguments.definition.name] : []),
    ]),
  );
  return [...names].toSorted().join("\n");
}

function tracedBinaries(instances: readonly ProbeInstance[], facts: KernelFacts): readonly BinaryFacts[] {
  const paths = new Set(
    instances.flatMap(({ targets }) =>
      targets.flatMap((target) => (target.kind === "uprobe" ? [target.path] : [])),
    ),
  );
  return [...paths].flatMap((path) => {
    const found = facts.binary(path);
    return found === undefined || found === "missing" || "error" in found ? [] : [found];
  });
}
