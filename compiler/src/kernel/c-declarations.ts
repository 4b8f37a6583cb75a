/**
 * Reads C declarations: those in scripts, preprocessed headers, and C text that tests describe kernels with.
 * Total and bounded: what is not C becomes problems, never an exception.
 */

import type { StructDefinition, StructTable } from "../types/type.ts";
import { constantOf } from "./c/constants.ts";
import { createParser, parseDeclarations } from "./c/declarations.ts";
import { type Macros, preprocess } from "./c/preprocess.ts";
import type { CProblem, CScope } from "./c/scope.ts";
import type { TypeStyle } from "./c/sized-type.ts";
import { tokenize } from "./c/tokens.ts";
import type { FunctionPrototype } from "./facts.ts";
import type { TypeDefinitions } from "./struct-table.ts";

export type { CProblem } from "./c/scope.ts";

export interface CDeclarations extends TypeDefinitions {
  readonly functions: readonly FunctionPrototype[];
  /** Object-like macros: name to the text that stands for it. */
  readonly macros: ReadonlyMap<string, string>;
  readonly problems: readonly CProblem[];
}

export interface CReaderOptions {
  /** Types that the texts use and do not define. */
  readonly outer: StructTable;
  readonly origin: StructDefinition["origin"];
  readonly style: TypeStyle;
  /** Macros known before the first text. */
  readonly macros?: ReadonlyMap<string, string>;
}

/** C in scripts: pointers take the space of whoever holds them, `char` arrays are terminated strings. */
export const scriptStyle: TypeStyle = { space: "none", strings: "terminated" };
/** C that describes a kernel, as BTF would. */
export const kernelStyle: TypeStyle = { space: "kernel", strings: "exact" };

/** Nothing outside the texts. */
export const noTypes: StructTable = {
  findStruct: () => undefined,
  findEnum: () => undefined,
  findTypedef: () => undefined,
  findEnumConstant: () => undefined,
};

/**
 * Reads texts in order, each knowing what those before it declared. Numbers of problems' texts count from 0 in `texts`.
 */
export function readCDeclarations(texts: readonly string[], options: CReaderOptions): CDeclarations {
  const macros: Macros = new Map(options.macros);
  const scope: CScope = {
    style: options.style,
    origin: options.origin,
    outer: options.outer,
    structs: new Map(),
    enums: new Map(),
    typedefs: new Map(),
    constants: new Map(),
    functions: new Map(),
    problems: [],
    unnamed: 0,
  };
  texts.forEach((text, number) => {
    parseDeclarations(createParser(preprocess(text, macros), number, scope));
  });
  return {
    structs: [...scope.structs.values()],
    enums: [...scope.enums.values()],
    typedefs: [...scope.typedefs].map(([name, { type }]) => ({ name, type })),
    functions: [...scope.functions.values()],
    macros,
    problems: scope.problems,
  };
}

/** The value of a macro or other constant expression, where it is an integer. */
export function evaluateCConstant(
  text: string,
  declarations: CDeclarations,
  outer: StructTable,
): bigint | undefined {
  const macros: Macros = new Map(declarations.macros);
  const enumConstants = declarations.enums.flatMap(({ members }) => members);
  const scope: CScope = {
    style: scriptStyle,
    origin: "script",
    outer,
    structs: new Map(declarations.structs.map((definition) => [definition.name, definition])),
    enums: new Map(declarations.enums.map((definition) => [definition.name, definition])),
    typedefs: new Map(),
    constants: new Map(enumConstants.map(({ name, value }) => [name, value])),
    functions: new Map(),
    problems: [],
    unnamed: 0,
  };
  const tokens = preprocess(tokenize(text).some(({ kind }) => kind === "directive") ? "" : text, macros);
  return constantOf(createParser(tokens, 0, scope), tokens);
}
