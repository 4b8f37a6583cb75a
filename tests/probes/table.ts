/** The table of `docs/probes.md`: probe types by features, each cell the number of cases that show it. */

import { probeCases } from "./cases.ts";
import { features, rows } from "./features.ts";

/** Cells that apply and have no case, e.g. `usdt: signal`. */
export function emptyCells(): readonly string[] {
  return rows.flatMap((row) =>
    features
      .filter(({ applies }) => applies(row))
      .filter(({ name }) => count(row.name, name) === 0)
      .map(({ name }) => `${row.name}: ${name}`),
  );
}

function count(probe: string, feature: string): number {
  return probeCases.filter((each) => each.probe === probe && each.feature === feature).length;
}

export function tableText(): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  const head = line(["", ...features.map(({ name }) => name)]) + line(["---", ...features.map(() => "---")]);
  const body = rows.map((row) =>
    line([
      `\`${row.name}\``,
      ...features.map(({ name, applies }) => (applies(row) ? String(count(row.name, name)) : "")),
    ]),
  );
  return `# What each probe type can do

Each number is how many cases show it by a run: on this machine's kernel, and for what that lacks on Linux 6.1 and 6.12 in guests
(\`tests/guest\`). A probe on a function's entry and one on its return share a link where the kernel has \`kprobe.session\`. An empty cell is what the type does not have. Made from the compiler's table of probe types and \`tests/probes\` by
\`UPDATE_EXPECT=1 TEST_ONLY=probe-table npm test\`.

${head}${body.join("")}`;
}
