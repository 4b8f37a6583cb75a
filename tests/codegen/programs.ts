/** Every program we have: those of the conformance cases, our stress scripts, the examples. */

import { existsSync, readdirSync, readFileSync } from "node:fs";

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

/** Scripts of a folder of this repository. */
export function scriptsIn(folder: URL): readonly NamedProgram[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".bt"))
    .sort()
    .map((name) => ({ id: name, text: readFileSync(new URL(name, folder), "utf8") }));
}

export const stressScripts = new URL("./stress/", import.meta.url);
export const classicScripts = new URL("./classic/", import.meta.url);
const examples = new URL("../../examples/", import.meta.url);

export function allPrograms(): readonly NamedProgram[] {
  return [...conformancePrograms(), ...[stressScripts, classicScripts, examples].flatMap(scriptsIn)];
}
