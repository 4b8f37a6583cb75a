/** What analysis knows about single nodes of the syntax tree, for the editor. */

import type { Constant } from "../../core/core.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { FunctionPrototype } from "../../kernel/facts.ts";
import type { Item } from "../../syntax/ast.ts";
import type { NodeId } from "../../base/brand.ts";
import type { StructField, Type } from "../../types/type.ts";

/** Something with a name that code refers to. Compared by identity. */
export type SymbolFact =
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly declaration: Place;
      readonly type: Type;
      readonly decidedBy: Place | undefined;
    }
  | {
      readonly kind: "map";
      readonly name: string;
      readonly declaration: Place;
      readonly key: Type | undefined;
      readonly value: Type;
      readonly keyDecidedBy: Place | undefined;
      readonly decidedBy: Place | undefined;
    }
  | { readonly kind: "macro"; readonly name: string; readonly declaration: Place }
  | { readonly kind: "macro-parameter"; readonly name: string; readonly declaration: Place }
  | { readonly kind: "subprogram"; readonly name: string; readonly declaration: Place }
  | {
      /** Of an imported C file. */
      readonly kind: "c-function";
      readonly name: string;
      readonly prototype: FunctionPrototype;
      readonly path: string;
      readonly declaration: undefined;
    }
  | { readonly kind: "c-macro"; readonly name: string; readonly declaration: Place | undefined }
  | { readonly kind: "enum-constant"; readonly name: string; readonly enum: string; readonly value: bigint };

export type Access = "read" | "write" | "read-write" | "declaration";

export interface Reference {
  readonly place: Place;
  readonly access: Access;
}

/** What is known about one node; absent parts do not apply to it. */
export interface NodeFact {
  readonly type?: Type;
  readonly constant?: Constant;
  /** Name of the builtin's row. */
  readonly builtin?: string;
  readonly symbol?: SymbolFact;
  readonly access?: Access;
  /** The struct a field belongs to, and the field. */
  readonly field?: { readonly struct: string; readonly field: StructField };
}

export interface NodeFacts {
  /** In code that was expanded several times, the facts of its first expansion. */
  readonly at: (item: Item, id: NodeId) => NodeFact | undefined;
  /**
   * What holds the facts about an item. The same object in the analyses of two versions means that they know the same of it;
   * undefined where that cannot be said.
   */
  readonly sourceOf: (item: Item) => object | undefined;
  /** In order of appearance. */
  readonly references: (symbol: SymbolFact) => readonly Reference[];
  readonly symbols: () => readonly SymbolFact[];
}
