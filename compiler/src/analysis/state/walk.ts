/** One walk over the whole program: its inputs, and what it found out. */

import type { ProgramContext } from "../../builtins/call-site.ts";
import type { Constant, CoreConfig, CoreMap, CoreVariable } from "../../core/core.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { KernelFacts } from "../../kernel/facts.ts";
import type { Item, Macro, MapDeclaration, Subprogram } from "../../syntax/ast.ts";
import type { SyntaxNode } from "../../syntax/children.ts";
import type { StructTable, Type } from "../../types/type.ts";
import type { ImportedFunction } from "./imported-function.ts";
import type { NodeFact } from "./node-facts.ts";
import type { SymbolTable } from "./symbols.ts";
import type { Instance, MapState, States, TypeState, VariableState } from "./state.ts";
import type { UnstableSettings } from "./config.ts";
import type { DefineTable } from "./defines.ts";

/** What stays the same in all walks. */
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

/** A compile-time condition that waits for types. */
export interface PendingDecision {
  readonly instance: Instance;
  readonly node: object;
  readonly answer: Constant;
  readonly asked: readonly TypeState[];
  readonly place: Place;
}

export interface SubprogramSignature {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly returns: Type;
}

export interface Walk {
  readonly program: Program;
  readonly states: States;
  /**
   * Reports, remembers facts for the editor, builds the core tree: all of it counts when no type has changed by the end.
   * The first walk only gathers types.
   */
  readonly final: boolean;
  /** The maps and variables of the core tree, made at first use. */
  readonly coreMaps: Map<MapState, CoreMap>;
  readonly coreVariables: Map<VariableState, CoreVariable>;
  /** Variables without a type for which nothing more need be said. */
  readonly untyped: Set<VariableState>;
  /** Whether some type became wider, so that another walk is due. */
  readonly progress: {
    changed: boolean;
    /** Something is typed by facts that are not known: it is no mistake, but there is nothing to compile either. */
    incomplete: boolean;
    /** Macros expanded so far. */
    expansions: number;
  };
  readonly pending: PendingDecision[];
  /** Types that were asked for while evaluating a compile-time condition; undefined outside of one. */
  asked: Set<TypeState> | undefined;
  /** What each subprogram takes and gives, in this walk. */
  readonly signatures: Map<Subprogram, SubprogramSignature>;
  readonly calledSubprograms: Set<Subprogram>;
  readonly usedMacros: Set<Macro>;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly note: (place: Place, node: SyntaxNode, fact: NodeFact) => void;
  readonly symbols: SymbolTable;
}
