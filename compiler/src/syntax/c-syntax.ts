/** C in scripts: preprocessor lines and definitions, as syntax. */

import type { Name, Node } from "./node.ts";

export type PreprocessorDirective =
  | { readonly kind: "include"; readonly path: Name; readonly system: boolean }
  | {
      readonly kind: "define";
      readonly name: Name;
      readonly parameters: readonly Name[] | undefined;
      readonly value: string;
    }
  | { readonly kind: "other"; readonly name: string };

export interface CDeclaration extends Node<"c-declaration"> {
  readonly tag: "struct" | "union" | "enum" | "typedef";
  readonly name: Name | undefined;
  readonly fields: readonly CField[];
  readonly enumerators: readonly { readonly name: Name; readonly value: string | undefined }[];
  readonly packed: boolean;
}

export interface CField extends Node<"c-field"> {
  /** Absent for an anonymous member, whose own fields count as the parent's. */
  readonly name: Name | undefined;
  readonly type: CType;
  readonly bits: number | undefined;
}

export type CType =
  | { readonly kind: "named"; readonly tag: "struct" | "union" | "enum" | undefined; readonly name: string }
  | { readonly kind: "inline"; readonly declaration: CDeclaration }
  | { readonly kind: "pointer"; readonly to: CType }
  | { readonly kind: "function-pointer" }
  /** `count` is the source text between the brackets; empty for a flexible array. */
  | { readonly kind: "array"; readonly element: CType; readonly count: string };
