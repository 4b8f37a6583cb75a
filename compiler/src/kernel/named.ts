/** Lists of names of several modules, as the kernel's own lists are: by code units, not by language. */

export interface NamedInModule {
  readonly name: string;
  readonly module: string;
}

/**
 * One list, sorted by name and then module, without duplicates. Each module's names are sorted by themselves first: sorting
 * plain strings is fast, and what is left is merging.
 */
export function sortedNames(
  modules: readonly { readonly module: string; readonly names: readonly string[] }[],
): readonly NamedInModule[] {
  const runs = modules.map(({ module, names }) =>
    [...names]
      .sort()
      .filter((name, i, sorted) => name !== sorted[i - 1])
      .map((name) => ({ name, module })),
  );
  const filled = runs.filter((run) => run.length > 0);
  return filled.length === 1 ? (filled[0] ?? []) : filled.flat().sort(byName);
}

function byName(left: NamedInModule, right: NamedInModule): number {
  if (left.name !== right.name) return left.name < right.name ? -1 : 1;
  if (left.module === right.module) return 0;
  return left.module < right.module ? -1 : 1;
}
