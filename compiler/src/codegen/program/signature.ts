/**
 * How a script's `fn` is called. BPF passes five registers: the context when the function needs it, the place for a
 * result in memory, then the arguments, numbers as they are and bytes by address. What is too much goes through memory.
 */

import type { CoreSubprogram, CoreVariable } from "../../core/core.ts";
import type { IrParameter, IrType } from "../../ir/ir.ts";
import type { Type } from "../../types/type.ts";
import { hasNoValue, registerType } from "./shape.ts";

/** The fifth is the stack plan's: scratch memory, for functions that need it. */
const MOST_REGISTERS = 4;
const SLOT_BYTES = 8;

/** How a function gives its value back. */
export type Returns =
  | { readonly kind: "nothing" }
  | { readonly kind: "register"; readonly type: IrType }
  /** Bytes, written where the parameter points. */
  | { readonly kind: "memory"; readonly parameter: IrParameter; readonly type: Type };

export const contextParameter: IrParameter = { kind: "parameter", type: "ptr", name: "ctx" };
const resultParameter: IrParameter = { kind: "parameter", type: "ptr", name: "result" };
const restParameter: IrParameter = { kind: "parameter", type: "ptr", name: "rest" };

export interface Signature {
  readonly name: string;
  readonly context: boolean;
  readonly returns: Returns;
  /** In registers, in order; the last may be the address of the rest. */
  readonly registers: readonly IrParameter[];
  /** Offsets of those that go through memory. */
  readonly rest: readonly { readonly parameter: IrParameter; readonly offset: number }[];
}

export function signatureOf({ name, parameters, returns }: CoreSubprogram, context: boolean): Signature {
  const values = parameters.map(parameterFor);
  const result = returnsOf(returns);
  const hidden: IrParameter[] = [];
  if (context) hidden.push(contextParameter);
  if (result.kind === "memory") hidden.push(resultParameter);
  const room = MOST_REGISTERS - hidden.length;
  const inRegisters = values.length <= room ? values.length : room - 1;
  const rest = values.slice(inRegisters).map((parameter, i) => ({ parameter, offset: SLOT_BYTES * i }));
  const registers = [...hidden, ...values.slice(0, inRegisters), ...(rest.length > 0 ? [restParameter] : [])];
  return { name: `fn_${name}`, context, returns: result, registers, rest };
}

function parameterFor(variable: CoreVariable, index: number): IrParameter {
  return { kind: "parameter", type: registerType(variable.type) ?? "ptr", name: `p${index}` };
}

function returnsOf(type: Type): Returns {
  if (hasNoValue(type)) return { kind: "nothing" };
  const register = registerType(type);
  return register === undefined
    ? { kind: "memory", parameter: resultParameter, type }
    : { kind: "register", type: register };
}
