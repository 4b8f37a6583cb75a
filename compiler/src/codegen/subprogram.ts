/** Calls of a script's `fn`, and what its `return` does. */

import { invariant } from "../base/invariant.ts";
import type { CoreExpression, CoreSubprogramCall } from "../core/core.ts";
import type { Memory } from "../ir/emitter.ts";
import { constant, type IrExternal, type IrOperand, type IrType, type StackObject } from "../ir/ir.ts";
import type { Type } from "../types/type.ts";
import { zeroScalar } from "./values/cast.ts";
import { readsOf } from "./maps/map-access.ts";
import type { Scope } from "./program/scope.ts";
import { hasNoValue, registerType, temporaryAlign } from "./program/shape.ts";
import type { Returns, Signature } from "./program/signature.ts";

const SLOT_BYTES = 8;

/**
 * What `return value` puts into the register; bytes are written to where the caller wants them.
 * @param place address of the result in memory, as the function at hand knows it
 */
export function returnValue(
  scope: Scope,
  returns: Returns,
  value: CoreExpression | undefined,
  place: () => IrOperand,
): IrOperand | undefined {
  switch (returns.kind) {
    case "nothing":
      if (value !== undefined) scope.effect(value);
      return undefined;
    case "register":
      return value === undefined
        ? constant(returns.type, 0n)
        : scope.build.resize(scope.scalar(value), returns.type, true);
    case "memory": {
      const target: Memory = { pointer: place(), align: SLOT_BYTES };
      if (value === undefined) scope.zero(target, scope.sizeOf(returns.type));
      else scope.into(value, target);
      return undefined;
    }
  }
}

/** @returns the value in a register; bytes go to `into` */
export function callSubprogram(scope: Scope, call: CoreSubprogramCall, into: Memory | undefined): IrOperand {
  const { build } = scope;
  const external = externalOf(scope, call);
  if (external !== undefined) return callExternal(scope, call, external);
  const signature = scope.program.signatures.get(call.subprogram.name);
  invariant(signature !== undefined, `${call.subprogram.name} is a function of the program`);
  const values = call.arguments.map((argument) => passedValue(scope, argument));
  const place = signature.returns.kind === "memory" ? resultPlace(scope, call, into) : undefined;
  // The function may write any map.
  build.forget(readsOf(undefined));
  const args: IrOperand[] = [];
  if (signature.context) args.push(scope.context());
  if (place !== undefined) args.push(place.pointer);
  const direct = values.length - signature.rest.length;
  args.push(...values.slice(0, direct));
  const keeps: StackObject[] = [];
  if (signature.rest.length > 0) {
    const rest = storeRest(scope, call, signature, values.slice(direct));
    args.push(rest.pointer);
    keeps.push(rest.object);
  }
  if (signature.returns.kind === "register")
    return build.call(signature.name, signature.returns.type, args, keeps);
  build.callVoid(signature.name, args, keeps);
  if (place !== undefined && into !== undefined && place !== into)
    scope.copy(into, place, scope.sizeOf(call.type));
  return zeroScalar(call.type);
}

/** The C function that is called, noted as needed; undefined for a `fn`. */
function externalOf(
  { program }: Scope,
  { subprogram: { name } }: CoreSubprogramCall,
): IrExternal | undefined {
  const known = program.externals.get(name);
  if (known !== undefined || program.signatures.has(name)) return known;
  for (const { functions } of program.core.modules) {
    const found = functions.find(({ prototype, isStatic }) => prototype.name === name && !isStatic);
    if (found === undefined) continue;
    const { parameters, returns } = found.prototype;
    const external: IrExternal = {
      name,
      parameters: parameters.map(({ type }) => typeInC(type)),
      returns: hasNoValue(returns) ? "void" : typeInC(returns),
      stackBytes: found.stackBytes,
    };
    program.externals.set(name, external);
    return external;
  }
  return undefined;
}

/** Addresses are numbers to the script and pointers to C. */
function typeInC(type: Type): IrType {
  if (type.kind === "pointer") return "ptr";
  const register = registerType(type);
  invariant(register !== undefined, `a value of kind ${type.kind} fits a register of C`);
  return register;
}

function callExternal(
  scope: Scope,
  { arguments: values, type }: CoreSubprogramCall,
  { name, parameters, returns }: IrExternal,
): IrOperand {
  const { build } = scope;
  const args = values.map((value, i) => {
    const scalar = scope.scalar(value);
    return parameters[i] === "ptr" ? build.toPointer(scalar) : scalar;
  });
  // It may write to the maps it is given.
  build.forget(readsOf(undefined));
  if (returns !== "void") return build.toNumber(build.call(name, returns, args));
  build.callVoid(name, args);
  return zeroScalar(type);
}

/** Bytes are passed by an address that is aligned as a temporary of that size would be. */
function passedValue(scope: Scope, argument: CoreExpression): IrOperand {
  if (registerType(argument.type) !== undefined) return scope.scalar(argument);
  const memory = scope.memory(argument);
  const size = scope.sizeOf(argument.type);
  if (memory.align >= temporaryAlign(size)) return memory.pointer;
  const aligned = scope.temporary("argument", size, temporaryAlign(size));
  scope.copy(aligned, memory, size);
  return aligned.pointer;
}

function storeRest(
  scope: Scope,
  call: CoreSubprogramCall,
  signature: Signature,
  values: readonly IrOperand[],
): ReturnType<Scope["temporary"]> {
  const { build } = scope;
  const size = SLOT_BYTES * signature.rest.length;
  const memory = scope.temporary(`arguments of ${call.subprogram.name}()`, size, 8);
  signature.rest.forEach(({ offset }, i) => {
    const value = values[i];
    if (value === undefined) return;
    const stored = value.type === "i1" ? build.resize(value, "i8", false) : value;
    build.store(build.offset(memory.pointer, offset), stored, SLOT_BYTES);
  });
  return memory;
}

function resultPlace(scope: Scope, call: CoreSubprogramCall, into: Memory | undefined): Memory {
  if (into !== undefined && into.align >= SLOT_BYTES) return into;
  return scope.temporary(`${call.subprogram.name}()`, scope.sizeOf(call.type), SLOT_BYTES);
}
