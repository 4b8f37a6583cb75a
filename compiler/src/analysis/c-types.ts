/** The C part of a script: its own definitions and included headers, read in order. */

import { readCDeclarations, scriptStyle, type CDeclarations } from "../kernel/c-declarations.ts";
import type { KernelFacts } from "../kernel/facts.ts";
import { createStructTable, noDefinitions } from "../kernel/struct-table.ts";
import {
  includeNotFound,
  includeNotRead,
  includeRefused,
  invalidCDefinition,
} from "../diagnostics/catalog/imports.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { Item } from "../syntax/ast.ts";

export interface CTypes {
  readonly declarations: CDeclarations;
  readonly diagnostics: readonly Diagnostic[];
}

interface Source {
  readonly text: string;
  /** Undefined for the text of a header, whose problems are not the script's. */
  readonly item: Item | undefined;
}

/** @param from the script's own path, that includes are relative to */
export function readCTypes(items: readonly Item[], from: string, facts: KernelFacts): CTypes {
  const diagnostics: Diagnostic[] = [];
  const sources: Source[] = [];
  for (const item of items) {
    // What is wrong with its form has been said; its parts would only be said to be wrong once more.
    if (item.problems.length > 0) continue;
    if (item.kind === "c-definition") sources.push({ text: `${item.text};`, item });
    if (item.kind !== "preprocessor-line") continue;
    if (item.directive.kind !== "include") sources.push({ text: item.text, item });
    else
      sources.push(
        ...readInclude(item, item.directive.path.text, item.directive.system, from, facts, diagnostics),
      );
  }
  const outer = createStructTable({ script: noDefinitions, facts });
  const declarations = readCDeclarations(joined(sources), { outer, origin: "script", style: scriptStyle });
  for (const problem of declarations.problems) {
    const source = sources[problem.text];
    if (source?.item === undefined) continue;
    const most = source.item.text.length;
    const span = { start: Math.min(problem.start, most), end: Math.min(problem.end, most) };
    const place: Place = { item: source.item, span };
    diagnostics.push(invalidCDefinition(place, { text: problem.message }));
  }
  return { declarations, diagnostics };
}

function joined(sources: readonly Source[]): readonly string[] {
  return sources.map(({ text }) => text);
}

function readInclude(
  item: Item,
  path: string,
  system: boolean,
  from: string,
  facts: KernelFacts,
  diagnostics: Diagnostic[],
): readonly Source[] {
  const found = facts.includeFile(from, path, system);
  const place: Place = { item, span: item.span };
  if (found === "missing") return [];
  if (found !== undefined && "text" in found) return [{ text: found.text, item: undefined }];
  if (isKernelHeader(path)) diagnostics.push(includeNotRead(place, { path }));
  else if (found === undefined) diagnostics.push(includeNotFound(place, { path }));
  else diagnostics.push(includeRefused(place, { path, reason: found.error }));
  return [];
}

/** What these declare is in the kernel's own type information, or among the types everybody knows. */
function isKernelHeader(path: string): boolean {
  return (
    /^(linux|net|asm|asm-generic|uapi|trace|rdma|scsi|sound|video)\//.test(path) || standardHeaders.has(path)
  );
}

const standardHeaders: ReadonlySet<string> = new Set([
  "stdint.h",
  "stddef.h",
  "stdbool.h",
  "inttypes.h",
  "sys/types.h",
]);
