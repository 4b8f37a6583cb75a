/** Imports: scripts, parsed and merged into one list of items; C files and objects of them, for their functions. */

import { fromUtf8 } from "../../base/utf8.ts";
import {
  cImportPending,
  importHasConfig,
  importNotFound,
  importRefused,
} from "../../diagnostics/catalog/imports.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { CModule, KernelFacts, SourceText } from "../../kernel/facts.ts";
import type { Import, ImportStatement, Item, Script } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";
import { findStandardLibrary } from "./standard-library.ts";

/** One file of the program. */
export interface Source {
  readonly name: string;
  readonly text: string | undefined;
  readonly script: Script;
}

/** A compiled C file, by us or before. */
export interface ImportedModule {
  readonly module: CModule;
  /** Of the path that named it. */
  readonly place: Place;
}

export interface Sources {
  /** The main script first, then imports in the order they were met. */
  readonly files: readonly Source[];
  /** In order of the program: what is imported stands before what imports it. */
  readonly items: readonly Item[];
  readonly modules: readonly ImportedModule[];
  readonly diagnostics: readonly Diagnostic[];
  /** An imported file has not been read yet or cannot be, so names that nothing declares may be its. */
  readonly pending: boolean;
}

interface Loading {
  readonly facts: KernelFacts;
  readonly parse: (text: string) => Script;
  readonly inBlocks: boolean;
  readonly files: Source[];
  readonly items: Item[];
  readonly modules: ImportedModule[];
  readonly diagnostics: Diagnostic[];
  readonly seen: Set<string>;
  /** C files and objects; the former are compiled when all headers are known. */
  readonly cFiles: { readonly path: string; readonly place: Place }[];
  readonly headers: string[];
  pending: boolean;
}

/** @param inBlocks whether imports inside of code count, which bring C and objects only */
export function loadSources(
  main: Source,
  facts: KernelFacts,
  parse: (text: string) => Script,
  inBlocks: boolean,
): Sources {
  const loading: Loading = {
    facts,
    parse,
    inBlocks,
    files: [],
    items: [],
    modules: [],
    diagnostics: [],
    seen: new Set([main.name]),
    cFiles: [],
    headers: [],
    pending: false,
  };
  load(main, loading);
  for (const { path, place } of loading.cFiles) compile(path, place, main.name, loading);
  return loading;
}

function load(source: Source, loading: Loading): void {
  loading.files.push(source);
  const own = source.script.items.map(({ item }) => item);
  for (const item of own) {
    if (item.kind === "import") loadImport(item, item, source, loading);
    else if (loading.inBlocks) {
      for (const each of importsInside(item)) loadImport(each, item, source, loading);
    }
  }
  loading.items.push(...own);
}

/** Imports in the code of the item. */
export function importsInside(item: Item): readonly ImportStatement[] {
  const found: ImportStatement[] = [];
  if (!item.text.includes("import")) return found;
  walk(item, (node) => {
    if (node.kind === "import-statement") found.push(node);
  });
  return found;
}

function loadImport(written: Import | ImportStatement, item: Item, from: Source, loading: Loading): void {
  if (written.path.kind === "missing") return;
  const path = fromUtf8(written.path.value);
  const place: Place = { item, span: written.path.span };
  const found = loading.facts.importFile(from.name, path);
  if (found === "missing") {
    loading.pending = true;
    return;
  }
  const files = found ?? findStandardLibrary(path);
  if (files === undefined) {
    loading.diagnostics.push(importNotFound(place, { path }));
    loading.pending = true;
    return;
  }
  if ("error" in files) {
    refuse(path, files.error, place, loading);
    return;
  }
  for (const file of files) {
    if (written.kind === "import-statement" && found !== undefined && kindOf(file.path) === "script")
      refuse(file.path, "inside a block only C files, objects of them and headers are", place, loading);
    else loadFile(file, place, loading);
  }
}

/** Each file once; cycles end here. */
function loadFile(file: SourceText, place: Place, loading: Loading): void {
  const { path, text } = file;
  if (loading.seen.has(path)) return;
  loading.seen.add(path);
  switch (kindOf(path)) {
    case "script":
      loadScript(path, text, place, loading);
      return;
    case "c":
    case "object":
      loading.cFiles.push({ path, place });
      return;
    case "header":
      loading.headers.push(path);
      return;
    case undefined:
      refuse(
        path,
        "it is no script (.bt), C file for BPF (.bpf.c), object of one (.bpf.o), header (.h) or folder of these",
        place,
        loading,
      );
  }
}

/** One finding, not one more for each name that the file would have brought. */
function refuse(path: string, reason: string, place: Place, loading: Loading): void {
  loading.diagnostics.push(importRefused(place, { path, reason }));
  loading.pending = true;
}

function kindOf(path: string): "script" | "c" | "header" | "object" | undefined {
  if (path.endsWith(".bt")) return "script";
  if (path.endsWith(".bpf.c")) return "c";
  if (path.endsWith(".h")) return "header";
  return path.endsWith(".bpf.o") ? "object" : undefined;
}

function loadScript(path: string, text: string, place: Place, loading: Loading): void {
  const script = loading.parse(text);
  const config = script.items.find(({ item }) => item.kind === "config" && item.settings.length > 0);
  if (config !== undefined) loading.diagnostics.push(importHasConfig(place, { path }));
  load({ name: path, text, script }, loading);
}

function compile(path: string, place: Place, from: string, loading: Loading): void {
  const module = loading.facts.cModule({ from, path, headers: loading.headers });
  if (module === "missing") {
    loading.pending = true;
    loading.diagnostics.push(cImportPending(place, { path }));
  } else if ("error" in module) {
    refuse(path, module.error, place, loading);
  } else {
    loading.modules.push({ module, place });
  }
}
