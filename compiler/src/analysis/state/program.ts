/** What is settled before any code is typed, the same in all walks. */

import type { ProgramContext } from "../../builtins/call-site.ts";
import type { CoreConfig } from "../../core/core.ts";
import type { KernelFacts } from "../../kernel/facts.ts";
import type { Item, Macro, MapDeclaration, Subprogram } from "../../syntax/ast.ts";
import type { StructTable } from "../../types/type.ts";
import type { ImportedFunction } from "./imported-function.ts";
import type { UnstableSettings } from "./config.ts";
import type { DefineTable } from "./defines.ts";

export interface Program {
  readonly macros: ReadonlyMap<string, readonly Macro[]>;
  readonly subprograms: ReadonlyMap<string, Subprogram>;
  /** Of imported C files. */
  readonly cFunctions: ReadonlyMap<string, ImportedFunction>;
  readonly mapDeclarations: readonly MapDeclaration[];
  /** Names of the maps that something is assigned to. */
  readonly writtenMaps: () => readonly string[];
  readonly defines: DefineTable;
  readonly structs: StructTable;
  /** Names of the script's own C types, with their tags. */
  readonly ownTypes: readonly string[];
  readonly facts: KernelFacts;
  readonly config: CoreConfig;
  /** All settings by key name. */
  readonly settings: ReadonlyMap<string, number | boolean | string | undefined>;
  readonly unstable: UnstableSettings;
  readonly options: ProgramOptions;
  /** Items of the script itself that are no probes, without its imports. */
  readonly mainDefinitions: ReadonlySet<Item>;
  /** Context of code in a `fn`. */
  readonly subprogramContext: ProgramContext;
  /** Not all that the script may name is known, as without a kernel: unknown types and constants may exist. */
  readonly lenient: boolean;
  /** An import has not been read yet: names of any kind may be its. */
  readonly pendingImports: boolean;
}

export interface ProgramOptions {
  readonly unsafe: boolean;
  /** One is started with `-c`; undefined where it is not about a run. */
  readonly command: boolean | undefined;
  /** Undefined while editing: then a missing one is no news. */
  readonly positional: readonly string[] | undefined;
  readonly disabledFeatures: ReadonlySet<string>;
}
