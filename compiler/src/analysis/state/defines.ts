/** C macros that scripts can use by name: their text read as an expression of the language. */

import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Expression, Item, Script } from "../../syntax/ast.ts";
import type { Name } from "../../syntax/node.ts";

export interface Define {
  readonly name: string;
  readonly text: string;
  /** Undefined for an object-like macro. */
  readonly parameters: readonly string[] | undefined;
  /** Undefined for one from a header. */
  readonly place: Place | undefined;
  readonly node: Name | undefined;
  /** The text as an expression, read once; undefined when it is none. */
  readonly expression: () => { readonly expression: Expression; readonly item: Item } | undefined;
}

export interface DefineTable {
  readonly find: (name: string) => Define | undefined;
  readonly names: () => Iterable<string>;
  /** Those of the script itself. */
  readonly own: () => Iterable<Define>;
}

/**
 * @param items the script's, whose own `#define` lines have places
 * @param headers object-like macros of everything included, by name
 */
export function createDefines(
  items: readonly Item[],
  headers: ReadonlyMap<string, string>,
  parse: (text: string) => Script,
): DefineTable {
  const own = new Map<string, Define>();
  for (const item of items) {
    if (item.kind !== "preprocessor-line" || item.directive.kind !== "define") continue;
    const { name, parameters, value } = item.directive;
    own.set(name.text, {
      name: name.text,
      text: value.trim(),
      parameters: parameters?.map(({ text }) => text),
      place: { item, span: name.span },
      node: name,
      expression: once(() => readExpression(value, parse)),
    });
  }
  const known = new Map<string, Define>();
  return {
    find: (name) => own.get(name) ?? known.get(name) ?? remember(name, headers, known, parse),
    names: () => [...own.keys(), ...headers.keys()],
    own: () => own.values(),
  };
}

function remember(
  name: string,
  headers: ReadonlyMap<string, string>,
  known: Map<string, Define>,
  parse: (text: string) => Script,
): Define | undefined {
  const text = headers.get(name);
  if (text === undefined) return undefined;
  const define: Define = {
    name,
    text: text.trim(),
    parameters: undefined,
    place: undefined,
    node: undefined,
    expression: once(() => readExpression(text, parse)),
  };
  known.set(name, define);
  return define;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The text in the place of a value in a probe; it counts when that probe has no mistake of form. */
function readExpression(
  text: string,
  parse: (text: string) => Script,
): { readonly expression: Expression; readonly item: Item } | undefined {
  if (text.trim() === "") return undefined;
  const { items } = parse(`begin { _ = ${withoutSuffixes(text.trim())}; }`);
  const item = items[0]?.item;
  if (items.length !== 1 || item?.kind !== "probe" || item.problems.length > 0) return undefined;
  const [statement] = item.body.statements;
  if (item.body.statements.length !== 1 || item.body.value !== undefined) return undefined;
  return statement?.kind === "discard" ? { expression: statement.value, item } : undefined;
}

/** C writes its integer suffixes in any case, and on hexadecimal numbers too. */
function withoutSuffixes(text: string): string {
  return text.replace(/\b(0[xX][0-9a-fA-F]+|\d+)[uUlL]+\b/g, "$1");
}
