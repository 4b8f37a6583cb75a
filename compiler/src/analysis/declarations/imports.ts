/** Imported scripts: found through the facts, parsed, and merged into one list of items. */

import { fromUtf8 } from "../../base/utf8.ts";
import { importHasConfig, importNotFound, importRefused } from "../../diagnostics/catalog/imports.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { KernelFacts, SourceText } from "../../kernel/facts.ts";
import type { Import, Item, Script } from "../../syntax/ast.ts";

/** One file of the program. */
export interface Source {
  readonly name: string;
  readonly text: string | undefined;
  readonly script: Script;
}

export interface Sources {
  /** The main script first, then imports in the order they were met. */
  readonly files: readonly Source[];
  /** In order of the program: what is imported stands before what imports it. */
  readonly items: readonly Item[];
  readonly diagnostics: readonly Diagnostic[];
  /** An imported file has not been read yet, so names that nothing declares may be its. */
  readonly pending: boolean;
}

interface Loading {
  readonly facts: KernelFacts;
  readonly parse: (text: string) => Script;
  readonly files: Source[];
  readonly items: Item[];
  readonly diagnostics: Diagnostic[];
  readonly seen: Set<string>;
  pending: boolean;
}

export function loadSources(main: Source, facts: KernelFacts, parse: (text: string) => Script): Sources {
  const loading: Loading = {
    facts,
    parse,
    files: [],
    items: [],
    diagnostics: [],
    seen: new Set([main.name]),
    pending: false,
  };
  load(main, loading);
  return loading;
}

function load(source: Source, loading: Loading): void {
  loading.files.push(source);
  const own = source.script.items.map(({ item }) => item);
  for (const item of own) {
    if (item.kind === "import") loadImport(item, source, loading);
  }
  loading.items.push(...own);
}

function loadImport(item: Import, from: Source, loading: Loading): void {
  if (item.path.kind === "missing") return;
  const path = fromUtf8(item.path.value);
  const place: Place = { item, span: item.path.span };
  const found = loading.facts.importFile(from.name, path);
  if (found === "missing") {
    loading.pending = true;
    return;
  }
  if (found === undefined) {
    loading.diagnostics.push(importNotFound(place, { path }));
    return;
  }
  if ("error" in found) {
    loading.diagnostics.push(importRefused(place, { path, reason: found.error }));
    return;
  }
  for (const file of found) loadFile(file, place, loading);
}

/** Each file once; cycles end here. */
function loadFile(file: SourceText, place: Place, loading: Loading): void {
  if (loading.seen.has(file.path)) return;
  loading.seen.add(file.path);
  if (!file.path.endsWith(".bt")) {
    const reason = "only scripts (.bt) are supported";
    loading.diagnostics.push(importRefused(place, { path: file.path, reason }));
    return;
  }
  const script = loading.parse(file.text);
  const config = script.items.find(({ item }) => item.kind === "config" && item.settings.length > 0);
  if (config !== undefined) loading.diagnostics.push(importHasConfig(place, { path: file.path }));
  load({ name: file.path, text: file.text, script }, loading);
}
