/** What cases of one probe type have in common, said once. */

import type { ProbeCase } from "../case.ts";

export function cases(
  probe: string,
  shared: Partial<ProbeCase>,
  rows: readonly Omit<ProbeCase, "probe">[],
): readonly ProbeCase[] {
  return rows.map((row) => ({ probe, ...shared, ...row }));
}
