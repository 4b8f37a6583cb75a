/** One walk over the whole program: its inputs, and what it found out. */

import type { ProgramContext } from "../builtins/call-site.ts";
import type { CoreConfig, CoreSubprogram, Constant } from "../core/core.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { KernelFacts } from "../kernel/facts.ts";
import type { CDefinition, Macro, MapDeclaration, Subprogram } from "../syntax/ast.ts";
import type { SyntaxNode } from "../syntax/children.ts";
import type { StructTable, Type } from "../types/type.ts";
import type { NodeFact } from "./node-facts.ts";
import type { Instance, States, TypeState } from "./state.ts";
import type { UnstableSettings } from "./config.ts";
import type { DefineTable } from "./defines.ts";

/** What stays the same in all walks. */
export interface Program {
  readonly macros: ReadonlyMap<string, readonly Macro[]>;
  readonly subprograms: ReadonlyMap<string, Subprogram>;
  readonly mapDeclarations: readonly MapDeclaration[];
  readonly definitions: readonly CDefinition[];
  readonly defines: DefineTable;
  readonly structs: StructTable;
  readonly facts: KernelFacts;
  readonly config: CoreConfig;
  readonly unstable: UnstableSettings;
  readonly options: ProgramOptions;
  /** Context of code in a `fn`. */
  readonly subprogramContext: ProgramContext;
}

export interface ProgramOptions {
  readonly unsafe: boolean;
  readonly hasChild: boolean;
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

export interface Walk {
  readonly program: Program;
  readonly states: States;
  /** Types are final: report, remember facts for the editor, build the core tree. */
  readonly final: boolean;
  /** Some type became wider, so that another walk is due. */
  changed: boolean;
  readonly pending: PendingDecision[];
  /** Types that were asked for while evaluating a compile-time condition; undefined outside of one. */
  asked: Set<TypeState> | undefined;
  /** Subprograms built so far, by name. */
  readonly subprograms: Map<string, CoreSubprogram>;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly note: (place: Place, node: SyntaxNode, fact: NodeFact) => void;
}

export type { Type };
