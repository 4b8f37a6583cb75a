/** Macro parameters without sigil: what code they stand for, followed through nested macros. */

import type { Expression, TypeArgument } from "../../syntax/ast.ts";
import { note, within, type Scope, type Thunk } from "../state/scope.ts";
import { childInstance } from "../state/state.ts";

/** The innermost parameter of that name that the scope's code may mean. */
export function findThunk(scope: Scope, name: string): Thunk | undefined {
  return scope.expansion?.thunks.get(name);
}

/**
 * The scope in which a parameter's argument is to be elaborated at one use: the caller's names, an instance of its own
 * for what the argument declares, and the circumstances of the use.
 */
export function thunkScope(thunk: Thunk, use: object, scope: Scope): Scope {
  const { scope: home } = thunk;
  return within(home, {
    parent: home,
    variables: new Map(),
    instance: childInstance(scope.instance, use),
    unevaluated: scope.unevaluated || home.unevaluated,
    inCallback: scope.inCallback || home.inCallback,
  });
}

/** An expression with parameters replaced by what they stand for, as far as it is nothing but a parameter. */
export function throughParameters(
  expression: Expression | TypeArgument,
  scope: Scope,
): { readonly expression: Expression | TypeArgument; readonly scope: Scope } {
  let current: Expression | TypeArgument = expression;
  let at = scope;
  while (current.kind === "identifier") {
    const thunk = findThunk(at, current.name);
    if (thunk === undefined) break;
    const inner = thunkScope(thunk, current, at);
    noteParameter(current, at);
    current = thunk.argument;
    at = inner;
  }
  return { expression: current, scope: at };
}

export function noteParameter(use: Expression, scope: Scope): void {
  const { expansion } = scope;
  if (expansion === undefined || use.kind !== "identifier") return;
  const parameter = expansion.macro.parameters.find(({ name }) => name === use.name);
  if (parameter === undefined) return;
  const declaration = { item: expansion.macro, span: parameter.span };
  note(scope, use, {
    symbol: scope.walk.symbols.macroParameter(use.name, declaration, parameter),
    access: "read",
  });
}
