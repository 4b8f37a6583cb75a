/** A builtin's signatures as text: the one place that spells them, for hover, signature help, messages and the docs. */

import { show } from "../types/show.ts";
import { arity, type Builtin, type Form, type Parameter } from "./builtin.ts";

/** @returns one line for each form, e.g. `buffer buf(data[, int length])` */
export function signaturesOf(row: Builtin): readonly string[] {
  return row.forms.map((form) => signatureOf(row, form));
}

export function signatureOf(row: Builtin, form: Form): string {
  const result = form.returnsText ?? (typeof form.returns === "function" ? "value" : show(form.returns));
  if (row.bare === true && form.parameters.length === 0) return `${result} ${row.name}`;
  return `${result} ${row.name}(${parametersText(form.parameters)})`;
}

function parametersText(parameters: readonly Parameter[]): string {
  let text = "";
  for (const [i, parameter] of parameters.entries()) {
    const separator = i === 0 ? "" : ", ";
    text += parameter.optional
      ? `[${separator}${parameterText(parameter)}]`
      : separator + parameterText(parameter);
  }
  return text;
}

/** @returns e.g. `const format`, `@map`, `mode: boot|monotonic` */
export function parameterText({ name, form, variadic, words }: Parameter): string {
  switch (form) {
    case "map":
      return `@${name}`;
    case "element":
      return `@${name}[key]`;
    case "variable":
      return `$${name}`;
    case "word":
      return `${name}: ${(words ?? []).join("|")}`;
    case "literal":
    case "format":
      return `const ${name}`;
    default:
      return variadic ? `${name}…` : name;
  }
}

/** @returns e.g. `2 arguments`, `0 or 1 argument`, `at least 1 argument` */
export function arityText(forms: readonly Form[]): string {
  const least = Math.min(...forms.map((form) => arity(form).least));
  const most = Math.max(...forms.map((form) => arity(form).most));
  if (most === Infinity) return `at least ${count(least)}`;
  if (least === most) return least === 0 ? "no arguments" : count(least);
  return most - least === 1 ? `${least} or ${count(most)}` : `${least} to ${count(most)}`;
}

function count(n: number): string {
  return `${n} argument${n === 1 ? "" : "s"}`;
}
