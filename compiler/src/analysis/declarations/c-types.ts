/** The C part of a script: its own definitions and included headers, read in order. */

import { noTypes, readCDeclarations, scriptStyle, type CDeclarations } from "../../kernel/c-declarations.ts";
import type { KernelFacts } from "../../kernel/facts.ts";
import { createStructTable, noDefinitions } from "../../kernel/struct-table.ts";
import {
  includeNotFound,
  includeNotRead,
  includePending,
  includeRefused,
  invalidCDefinition,
  kernelTypeRedefined,
} from "../../diagnostics/catalog/imports.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { Item } from "../../syntax/ast.ts";
import type { StructTable } from "../../types/type.ts";

export interface CTypes {
  readonly declarations: CDeclarations;
  readonly diagnostics: readonly Diagnostic[];
  /** A header has not been read yet, so names that nothing declares may be its. */
  readonly pending: boolean;
}

interface Source {
  readonly text: string;
  /** Undefined for the text of a header, whose problems are not the script's. */
  readonly item: Item | undefined;
  readonly pending?: true;
}

export interface CSources {
  /** The script's own path, that includes are relative to. */
  readonly from: string;
  readonly facts: KernelFacts;
  /** Headers of the command line, read first. */
  readonly includes: readonly string[];
}

export function readCTypes(items: readonly Item[], where: CSources): CTypes {
  const diagnostics: Diagnostic[] = [];
  const sources: Source[] = [];
  const [first] = items;
  for (const path of where.includes) {
    if (first !== undefined)
      sources.push(
        ...readInclude({ item: first, span: { start: 0, end: 0 } }, path, false, where, diagnostics),
      );
  }
  for (const item of items) {
    // What is wrong with its form has been said; its parts would only be said to be wrong once more.
    if (item.problems.length > 0) continue;
    if (item.kind === "c-definition") sources.push({ text: `${item.text};`, item });
    if (item.kind !== "preprocessor-line") continue;
    if (item.directive.kind !== "include") sources.push({ text: item.text, item });
    else {
      const { path, system } = item.directive;
      sources.push(...readInclude({ item, span: item.span }, path.text, system, where, diagnostics));
    }
  }
  const declarations = readSources(sources, where.facts, diagnostics);
  for (const problem of declarations.problems) {
    const source = sources[problem.text];
    if (source?.item === undefined) continue;
    const most = source.item.text.length;
    const span = { start: Math.min(problem.start, most), end: Math.min(problem.end, most) };
    const place: Place = { item: source.item, span };
    diagnostics.push(invalidCDefinition(place, { text: problem.message }));
  }
  return { declarations, diagnostics, pending: sources.some(({ pending }) => pending === true) };
}

/**
 * The script's own definitions win over the kernel's. One that stands in for a kernel type is C of its own world: what it
 * needs must then be defined as well, because the kernel's types were laid out around the kernel's definition.
 */
function readSources(
  sources: readonly Source[],
  facts: KernelFacts,
  diagnostics: Diagnostic[],
): CDeclarations {
  const texts = sources.map(({ text }) => text);
  const kernel = createStructTable({ script: noDefinitions, facts });
  const declarations = readCDeclarations(texts, { outer: kernel, origin: "script", style: scriptStyle });
  const redefined = sources.flatMap(({ item }) => (item === undefined ? [] : redefinitions(item, kernel)));
  if (redefined.length === 0) return declarations;
  for (const { place, name } of redefined) diagnostics.push(kernelTypeRedefined(place, { name }));
  return readCDeclarations(texts, { outer: noTypes, origin: "script", style: scriptStyle });
}

function redefinitions(
  item: Item,
  kernel: StructTable,
): readonly { readonly place: Place; readonly name: string }[] {
  const own = readCDeclarations([`${item.text};`], { outer: noTypes, origin: "script", style: scriptStyle });
  const names = [...own.structs, ...own.enums].map(({ name }) => name);
  return names
    .filter(
      (name) => (name.startsWith("enum ") ? kernel.findEnum(name) : kernel.findStruct(name)) !== undefined,
    )
    .map((name) => ({ place: { item, span: nameSpan(item, name) }, name }));
}

/** The first mention of the name: its definition, in an item that defines it. */
function nameSpan(item: Item, name: string): Place["span"] {
  const start = item.text.search(new RegExp(`\\b${name.replace(" ", "\\s+")}\\b`));
  return start < 0 ? item.span : { start, end: start + name.length };
}

function readInclude(
  place: Place,
  path: string,
  system: boolean,
  { from, facts }: CSources,
  diagnostics: Diagnostic[],
): readonly Source[] {
  const found = facts.includeFile(from, path, system);
  if (found === "missing") {
    diagnostics.push(includePending(place, { path }));
    return [{ text: "", item: undefined, pending: true }];
  }
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
