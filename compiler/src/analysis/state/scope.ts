/** Scopes: what a piece of code can see, in which program it is, and the walk that is being made over it. */

import type { Constant, CoreExpression, CoreMap, CoreStatement, CoreVariable } from "../../core/core.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { ProgramContext } from "../../builtins/call-site.ts";
import type { Span } from "../../base/span.ts";
import type { Expression, Item, Macro, Statement, Subprogram, TypeArgument } from "../../syntax/ast.ts";
import type { Type } from "../../types/type.ts";
import type { SyntaxNode } from "../../syntax/children.ts";
import type { NodeFact } from "./node-facts.ts";
import type { Program } from "./program.ts";
import type { Instance, MapState, States, TypeState, VariableState } from "./state.ts";
import type { SymbolTable } from "./symbols.ts";

/** Every construct of the language, so that a construct need not know those that its parts may be. */
export interface Constructs {
  readonly expression: (expression: Expression, scope: Scope) => CoreExpression;
  readonly statement: (statement: Statement, scope: Scope) => readonly CoreStatement[];
  /** An expression in the place of a statement: evaluated, its value dropped. */
  readonly effect: (expression: Expression, scope: Scope) => readonly CoreStatement[];
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

/** One walk over the whole program: its inputs, and what it found out. */
export interface Walk {
  readonly program: Program;
  readonly constructs: Constructs;
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

/** A probe's program or a `fn`: what owns variables and returns. */
export interface Routine {
  readonly kind: "probe" | "subprogram";
  readonly context: ProgramContext;
  /** Code that nothing runs: its names are checked, not what its calls would come to. */
  readonly speculative: boolean;
  /** Declared result of a `fn`; undefined in probes. */
  readonly returns: Type | undefined;
  /** Filled during the last walk. */
  readonly variables: CoreVariable[];
  /** `return` with and without value inside loops, which may not mix. */
  readonly loopReturns: { withValue: Place | undefined; withoutValue: Place | undefined };
}

/** What a macro parameter without sigil stands for: code and the scope it belongs to. */
export interface Thunk {
  readonly argument: Expression | TypeArgument;
  readonly scope: Scope;
}

/** One expansion of a macro. */
export interface Expansion {
  readonly macro: Macro;
  readonly thunks: ReadonlyMap<string, Thunk>;
  /** Parameter name without sigil → the caller's map. */
  readonly maps: ReadonlyMap<string, MapState>;
  /** Names of all parameters, which `let` may not take. */
  readonly names: ReadonlySet<string>;
  readonly caller: Scope;
}

export interface Scope {
  readonly walk: Walk;
  readonly routine: Routine;
  readonly item: Item;
  readonly instance: Instance;
  readonly parent: Scope | undefined;
  /** Declared in this very block. */
  readonly variables: Map<string, VariableState>;
  /** Set inside the body of a macro; thunks leave it for their own scope. */
  readonly expansion: Expansion | undefined;
  readonly expandedFrom: Place | undefined;
  readonly loop: "none" | "while" | "for";
  /** A macro body outside any loop of its own, where jumps are not allowed. */
  readonly jumpsForbidden: boolean;
  /** Inside the body of a `for`, which is a function of its own without the program's context. */
  readonly inCallback: boolean;
  /** C macros being expanded here, outermost first, and where the outermost is used. */
  readonly defines: readonly string[];
  readonly defineUse: Place | undefined;
  /** How often `unroll` writes this code. */
  readonly copies: number;
  /** Typed but never run: the subject of `sizeof` and its like. */
  readonly unevaluated: boolean;
}

/** A block inside another. */
export function childScope(parent: Scope, changes: Partial<Scope> = {}): Scope {
  return { ...parent, ...changes, parent, variables: new Map() };
}

/** The same scope seen under other circumstances; declarations go to the same block. */
export function within(scope: Scope, changes: Partial<Scope>): Scope {
  return { ...scope, ...changes };
}

export function findVariable(scope: Scope, name: string): VariableState | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.variables.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All names that a variable could be meant by, for suggestions. */
export function visibleVariables(scope: Scope): readonly string[] {
  const names: string[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    names.push(...at.variables.keys());
  return names;
}

/** The place of a part of the code that this scope belongs to. */
export function placeOf(scope: Scope, part: { readonly span: Span }): Place {
  // The text of a C macro has no place of its own in the script.
  if (scope.defineUse !== undefined) return scope.defineUse;
  return scope.expandedFrom === undefined
    ? { item: scope.item, span: part.span }
    : { item: scope.item, span: part.span, expandedFrom: scope.expandedFrom };
}

/** Says it in the last walk, once; earlier walks keep silent because types may still change. */
export function report(scope: Scope, diagnostic: Diagnostic): void {
  scope.walk.report(diagnostic);
}

/** Remembers something about a node for the editor. */
export function note(scope: Scope, node: SyntaxNode, fact: NodeFact): void {
  if (scope.walk.final && scope.defineUse === undefined) scope.walk.note(placeOf(scope, node), node, fact);
}
