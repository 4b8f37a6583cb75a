/** Names that imported C files use and nothing defines: only where the script comes to call what uses them. */

import { cNameUndefined } from "../../diagnostics/catalog/imports.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ImportedModule } from "./imports.ts";

/** @param called names of the C functions that the script calls */
export function checkNeeds(
  modules: readonly ImportedModule[],
  called: ReadonlySet<string>,
): readonly Diagnostic[] {
  if (called.size === 0) return [];
  const [objects, sources] = [modules.filter(isObject), modules.filter((each) => !isObject(each))];
  const inObjects = new Set(objects.flatMap(({ module }) => module.defines));
  const anywhere = new Set(modules.flatMap(({ module }) => module.defines));
  const reached = reachedFrom(called, sources);
  const missing = (of: ImportedModule): readonly Diagnostic[] => {
    const { path, needs } = of.module;
    // An object comes as a whole; of C only what is called.
    const whole = isObject(of);
    return needs
      .filter(({ name, functions }) =>
        whole ? !inObjects.has(name) : !anywhere.has(name) && functions.some((each) => reached.has(each)),
      )
      .map(({ name, functions }) => {
        const inSource = sources.find(({ module }) => module.defines.includes(name))?.module.path;
        return cNameUndefined(of.place, { path, name, functions, inSource });
      });
  };
  return modules.flatMap(missing);
}

function isObject({ module }: ImportedModule): boolean {
  return module.path.endsWith(".o");
}

function reachedFrom(called: ReadonlySet<string>, sources: readonly ImportedModule[]): ReadonlySet<string> {
  const reached = new Set(called);
  const needs = sources.flatMap(({ module }) => module.needs);
  // A set may be added to while it is gone through.
  for (const name of reached) {
    for (const need of needs) if (need.functions.includes(name)) reached.add(need.name);
  }
  return reached;
}
