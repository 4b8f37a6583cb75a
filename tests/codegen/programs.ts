/** Every program we have: those of the conformance cases, our stress scripts, the examples. */

import { existsSync, readdirSync, readFileSync } from "node:fs";

import { conformancePrograms, type NamedProgram } from "../conformance/programs.ts";

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
