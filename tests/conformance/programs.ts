/** The programs of the conformance cases. */

import { existsSync, readFileSync } from "node:fs";

const CASES = new URL("../../../shared/conformance/runtime.jsonl", import.meta.url);
export const conformanceSkip = existsSync(CASES) ? false : "needs ../shared/conformance";

export interface NamedProgram {
  readonly id: string;
  readonly text: string;
}

interface RuntimeCase {
  readonly id: string;
  readonly prog?: string | null;
  readonly files?: Readonly<Record<string, string>>;
}

export function conformancePrograms(): readonly NamedProgram[] {
  if (conformanceSkip !== false) return [];
  return readFileSync(CASES, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line): readonly NamedProgram[] => {
      // Rows are what the conformance folder documents.
      const { id, prog, files } = JSON.parse(line) as RuntimeCase;
      const scripts = Object.entries(files ?? {}).filter(([name]) => name.endsWith(".bt"));
      return [
        ...(prog === undefined || prog === null ? [] : [{ id, text: prog }]),
        ...scripts.map(([name, text]) => ({ id: `${id} ${name}`, text })),
      ];
    });
}
