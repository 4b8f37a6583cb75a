/** Arguments that are not what their parameters take: each by itself, or all in one where they are only in another order. */

import type { Form, Parameter } from "../../builtins/builtin.ts";
import { argumentsInOtherOrder, wrongArgumentType } from "../../diagnostics/catalog/calls.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { Call, Expression, TypeArgument } from "../../syntax/ast.ts";
import type { Type } from "../../types/type.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export type Written = Expression | TypeArgument;

/** An argument of another kind than its parameter. */
export interface Mismatch {
  readonly parameter: Parameter;
  readonly written: Written;
  /** Its type in words. */
  readonly got: string;
  /** Undefined where it has none. */
  readonly type: Type | undefined;
}

/** @param alternatives the other forms that take as many arguments */
export function reportMismatches(
  call: Call,
  form: Form,
  mismatches: readonly Mismatch[],
  alternatives: readonly Form[],
  scope: Scope,
): void {
  const order = inOtherOrder(mismatches);
  const [first] = mismatches;
  if (order !== undefined && first !== undefined) {
    reportOrder(call, form, mismatches, order, scope);
    return;
  }
  for (const mismatch of mismatches) {
    const facts = { name: call.callee.text, ...wanted(mismatch, call, alternatives), got: mismatch.got };
    const hints =
      mismatch.written.kind === "positional-parameter" ? ["write str($N) to read a parameter as text"] : [];
    report(scope, wrongArgumentType(placeOf(scope, mismatch.written), facts, { hints }));
  }
}

/** What all forms take there. */
function wanted(
  { parameter, written }: Mismatch,
  call: Call,
  alternatives: readonly Form[],
): { readonly parameter: string; readonly expected: string } {
  const index = call.arguments.indexOf(written);
  const others = alternatives.flatMap(({ parameters }) => parameters[index] ?? []);
  const expected = new Set([parameter, ...others].map(inWords));
  if (expected.size === 1) return { parameter: parameter.name, expected: inWords(parameter) };
  return { parameter: "its argument", expected: [...expected].join(" or ") };
}

function inWords({ words, accepts }: Parameter): string {
  return words === undefined ? accepts.expected : `one of ${words.join(", ")}`;
}

const MOST_ORDERED = 4;

/** For each of them the one that is meant in its place; undefined where no order fits. */
function inOtherOrder(mismatches: readonly Mismatch[]): readonly Mismatch[] | undefined {
  if (mismatches.length < 2 || mismatches.length > MOST_ORDERED) return undefined;
  const place = (index: number, left: readonly Mismatch[]): readonly Mismatch[] | undefined => {
    const wrong = mismatches[index];
    if (wrong === undefined) return [];
    for (const each of left) {
      if (!fits(wrong.parameter, each)) continue;
      const rest = place(
        index + 1,
        left.filter((other) => other !== each),
      );
      if (rest !== undefined) return [each, ...rest];
    }
    return undefined;
  };
  return place(0, mismatches);
}

function fits({ form, words, accepts }: Parameter, { written, type }: Mismatch): boolean {
  switch (form) {
    case "word":
      return written.kind === "identifier" && words?.includes(written.name) === true;
    case "map":
      return written.kind === "map" && written.keys === undefined;
    case "element":
      return written.kind === "map" && written.keys !== undefined;
    case "variable":
      return written.kind === "variable";
    case "key":
      return written.kind !== "type-argument";
    case "type":
    case "member":
      return false;
    default:
      return type !== undefined && accepts.test(type);
  }
}

function reportOrder(
  call: Call,
  form: Form,
  mismatches: readonly Mismatch[],
  order: readonly Mismatch[],
  scope: Scope,
): void {
  const [first] = mismatches;
  if (first === undefined) return;
  const parameters = form.parameters.map(({ name }) => name).join(", ");
  const facts = { name: call.callee.text, signature: `${call.callee.text}(${parameters})` };
  const inText = scope.expansion === undefined && scope.defineUse === undefined;
  const fix: Fix = {
    title: "Put the arguments in order",
    edits: mismatches.map(({ written }, index) => {
      const { start, end } = (order[index] ?? first).written.span;
      return { place: placeOf(scope, written), text: scope.item.text.slice(start, end) };
    }),
    automatic: false,
  };
  report(scope, argumentsInOtherOrder(placeOf(scope, first.written), facts, { fixes: inText ? [fix] : [] }));
}
