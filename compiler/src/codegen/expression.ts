/** Expressions whose value is a number, pointer or boolean. */

import { invariant } from "../base/invariant.ts";
import { lowerings } from "../builtins/lowering/table.ts";
import type {
  CoreAddressOf,
  CoreCall,
  CoreConditional,
  CoreConstant,
  CoreExpression,
  CoreField,
  CoreIncrement,
  CoreLogical,
} from "../core/core.ts";
import type { Location } from "../ir/emitter.ts";
import { bitsOf, constant, integerType, type IrOperand } from "../ir/ir.ts";
import type { Type } from "../types/type.ts";
import { reduceAggregation } from "./maps/aggregation-read.ts";
import { emitArithmetic, emitNegation, emitPointerArithmetic } from "./values/arithmetic.ts";
import { castToScalar, loadScalar, storeScalar, zeroScalar } from "./values/cast.ts";
import { emitComparison } from "./values/comparison.ts";
import { incrementMap } from "./maps/map-update.ts";
import { tellMiss } from "./maps/event.ts";
import { readsOf } from "./maps/map-access.ts";
import { tellUnwritten } from "./maps/presence.ts";
import { stableText } from "./values/stable-text.ts";
import { addressOfLocation, locationOf, memoryOfHome, partHome } from "./values/memory.ts";
import { iteratorObjectNumber } from "./values/iterator-objects.ts";
import type { Scope } from "./program/scope.ts";
import { isSigned, registerType } from "./program/shape.ts";

export function emitScalar(scope: Scope, node: CoreExpression): IrOperand {
  switch (node.kind) {
    case "constant":
      return constantValue(node);
    case "arithmetic":
      return emitArithmetic(scope, node);
    case "comparison":
      return emitComparison(scope, node);
    case "logical":
      return emitLogical(scope, node);
    case "negation":
      return emitNegation(scope, node);
    case "pointer-arithmetic":
      return emitPointerArithmetic(scope, node);
    case "conditional":
      return emitConditional(scope, node);
    case "block":
      scope.statements(node.statements);
      return node.value === undefined ? zeroScalar(node.type) : scope.scalar(node.value);
    case "cast":
      return castToScalar(scope, node);
    case "increment":
      return emitIncrement(scope, node);
    case "address-of":
      return emitAddressOf(scope, node);
    case "call":
      return emitCall(scope, node);
    case "subprogram-call":
      return scope.callSubprogram(node, undefined);
    default:
      return readScalar(scope, node);
  }
}

function constantValue({ value, type }: CoreConstant): IrOperand {
  invariant(value.kind !== "string", "strings live in memory");
  const register = registerType(type) ?? "i64";
  const number = value.kind === "boolean" ? (value.value ? 1n : 0n) : value.value;
  return constant(register, BigInt.asUintN(bitsOf(register), number));
}

/** Variables, map elements, fields, elements and what pointers point to. */
function readScalar(scope: Scope, node: CoreExpression): IrOperand {
  if (node.kind === "variable") {
    const home = scope.home(node.variable);
    if (home.kind === "local") return scope.build.read(home.local);
    return loadScalar(scope, memoryOfHome(home), node.type);
  }
  if (node.kind === "element") {
    const part = partHome(scope, node);
    if (part?.kind === "local") return scope.build.read(part.local);
  }
  if (node.kind === "map-read") return readMap(scope, node);
  if (node.kind === "field") return readField(scope, node);
  return readLocation(scope, locationOf(scope, node), node.type);
}

type CoreMapRead = CoreExpression & { readonly kind: "map-read" };

function readMap(scope: Scope, node: CoreMapRead): IrOperand {
  const { build } = scope;
  const map = scope.map(node.map);
  if (node.map.value.kind === "aggregation") {
    const reduced = reduceAggregation(scope, node.map, map.key(node.key));
    return build.resize(reduced, registerType(node.type) ?? "i64", isSigned(node.type));
  }
  const storage = scope.program.mapOf(node.map);
  if (storage.kind === "data") {
    tellUnwritten(scope, storage);
    return loadScalar(scope, { pointer: map.lookup(map.key(node.key)), align: 8 }, node.type);
  }
  const key = node.key === undefined ? undefined : stableText(node.key);
  const read = (): IrOperand => readElement(scope, node);
  // A predicate and the body often look at the same element.
  return key === undefined ? read() : build.once(`${readsOf(node.map)}${key}`, read);
}

function readElement(scope: Scope, node: CoreMapRead): IrOperand {
  const { build } = scope;
  const map = scope.map(node.map);
  const found = map.lookup(map.key(node.key));
  const result = build.local("value", registerType(node.type) ?? "i64");
  build.write(result, zeroScalar(node.type));
  build.either(
    build.isNotZero(found),
    () => {
      build.write(result, loadScalar(scope, { pointer: found, align: 8 }, node.type));
    },
    () => {
      tellMiss(scope, node.map);
    },
  );
  return build.read(result);
}

export function readLocation(scope: Scope, location: Location, type: Type): IrOperand {
  switch (location.kind) {
    case "direct":
      return loadScalar(scope, location, type);
    case "context":
      return readContext(scope, location.offset, type);
    case "remote": {
      const size = scope.sizeOf(type);
      const temporary = scope.temporary(`value read as ${type.kind}`, size, size);
      scope.read(temporary, size, location.address, location.space);
      return loadScalar(scope, temporary, type);
    }
  }
}

/** Typed programs are given 64-bit slots, in which pointers are of a kind that nothing can be calculated with. */
const slotted: ReadonlySet<string> = new Set(["rawtracepoint", "fentry", "fexit", "iter"]);

function readContext(scope: Scope, offset: number, type: Type): IrOperand {
  const { build, probe } = scope;
  const bytes = scope.sizeOf(type);
  const asSlot = slotted.has(probe?.probeType ?? "");
  if (probe?.probeType === "iter" && type.kind === "pointer") return iteratorObjectNumber(scope, offset);
  let value = build.fromContext(scope.context(), offset, asSlot ? "i64" : integerType(bytes));
  if (asSlot && type.kind === "pointer") value = build.scalarOf(value);
  const own = build.resize(value, integerType(bytes), false);
  return type.kind === "boolean" ? build.isNotZero(own) : own;
}

function readField(scope: Scope, node: CoreField): IrOperand {
  const { build } = scope;
  const location = locationOf(scope, node);
  const { bitfield, dataLocation } = node.field;
  if (dataLocation === true) return dataAddress(scope, location, node);
  if (bitfield === undefined) return readLocation(scope, location, node.type);
  const unit = readLocation(scope, location, node.type);
  const bits = bitsOf(unit.type);
  // The bits as they are, without a sign, whatever the type: so does bpftrace.
  const high = build.binary("shl", unit, constant(unit.type, bits - bitfield.shift - bitfield.width));
  return build.binary("lshr", high, constant(unit.type, bits - bitfield.width));
}

/** `__data_loc`: a u32 whose low half is the data's offset from the start of the record. */
function dataAddress(scope: Scope, location: Location, node: CoreField): IrOperand {
  const { build } = scope;
  const packed = readLocation(scope, location, { kind: "integer", size: 4, signed: false });
  const offset = build.resize(build.binary("and", packed, constant("i32", 0xffff)), "i64", false);
  const record = addressOfLocation(scope, locationOf(scope, node.object)).address;
  return build.binary("add", record, offset);
}

export function emitCondition(scope: Scope, node: CoreExpression): IrOperand {
  const value = scope.scalar(node);
  return value.type === "i1" ? value : scope.build.isNotZero(value);
}

function emitLogical(scope: Scope, node: CoreLogical): IrOperand {
  const { build } = scope;
  const result = build.local("condition", "i1");
  const short = node.operator === "||";
  const evaluateRight = (): void => {
    build.write(result, scope.condition(node.right));
  };
  const skip = (): void => {
    build.write(result, constant("i1", short ? 1n : 0n));
  };
  if (short) build.either(scope.condition(node.left), skip, evaluateRight);
  else build.either(scope.condition(node.left), evaluateRight, skip);
  return build.read(result);
}

function emitConditional(scope: Scope, node: CoreConditional): IrOperand {
  const { build } = scope;
  const result = build.local("value", registerType(node.type) ?? "i64");
  build.either(
    scope.condition(node.condition),
    () => {
      build.write(result, scope.scalar(node.then));
    },
    () => {
      build.write(result, scope.scalar(node.otherwise));
    },
  );
  return build.read(result);
}

function emitIncrement(scope: Scope, node: CoreIncrement): IrOperand {
  const { build } = scope;
  const { target } = node;
  const step = node.operator === "++" ? node.step : -node.step;
  if (target.kind === "map") return incrementMap(scope, node, target.map, target.key, step);
  const home = scope.home(target.variable);
  const { type } = target.variable;
  const before = home.kind === "local" ? build.read(home.local) : loadScalar(scope, memoryOfHome(home), type);
  const after = build.binary("add", before, constant(before.type, step));
  if (home.kind === "local") build.write(home.local, after);
  else storeScalar(scope, memoryOfHome(home), type, after);
  return build.resize(node.prefix ? after : before, registerType(node.type) ?? "i64", isSigned(type));
}

function emitAddressOf(scope: Scope, { of }: CoreAddressOf): IrOperand {
  const { build } = scope;
  if (of.kind === "map") return build.toNumber(scope.map(of.map).address);
  const home = scope.home(of.variable);
  return build.toNumber(memoryOfHome(home).pointer);
}

function emitCall(scope: Scope, node: CoreCall): IrOperand {
  const row = lowerings[node.name];
  invariant(row !== undefined, `${node.name} has a lowering`);
  switch (row.kind) {
    case "scalar":
      return fit(scope, row.emit(scope, node), node.type);
    case "dual":
      return fit(scope, row.scalar(scope, node), node.type);
    case "location":
      return readLocation(scope, row.emit(scope, node), node.type);
    case "effect":
      row.emit(scope, node);
      return zeroScalar(node.type);
    case "memory":
      return loadScalar(scope, scope.memory(node), node.type);
  }
}

/** Helpers answer with 64 bits; the builtin may promise fewer. */
function fit(scope: Scope, value: IrOperand, type: Type): IrOperand {
  if (type.kind === "boolean") return value.type === "i1" ? value : scope.build.isNotZero(value);
  return scope.build.resize(value, registerType(type) ?? value.type, false);
}
