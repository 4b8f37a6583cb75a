/** Values that are bytes: where they are, and how they get where they are wanted. */

import { bytesOf } from "../../base/utf8.ts";
import { invariant } from "../../base/invariant.ts";
import type {
  CoreCall,
  CoreConstant,
  CoreElement,
  CoreExpression,
  CoreField,
  CoreIndex,
  CoreRecord,
  CoreTuple,
} from "../../core/core.ts";
import { advance, alignmentAt, type Location, type Memory } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { alignOf, layoutOf, partsOf, sizeOf } from "../../types/layout.ts";
import type { AddressSpace, Type } from "../../types/type.ts";
import { lowerings } from "../../builtins/lowering/table.ts";
import { scaled } from "./arithmetic.ts";
import { castInto, storeScalar } from "./cast.ts";
import type { Home, Scope } from "../program/scope.ts";
import { isSigned, registerType, temporaryAlign } from "../program/shape.ts";
import { readString, writeBytes } from "./transfer.ts";

export function locationOf(scope: Scope, node: CoreExpression): Location {
  switch (node.kind) {
    case "dereference":
      if (isContext(node.pointer)) return { kind: "context", offset: 0 };
      return { kind: "remote", address: scope.scalar(node.pointer), space: node.pointer.type.space };
    case "field":
      return fieldLocation(scope, node);
    case "index":
      return indexLocation(scope, node);
    case "element":
      return elementLocation(scope, node);
    case "variable": {
      const home = scope.home(node.variable);
      return home.kind === "memory" ? { kind: "direct", ...home.memory() } : materialised(scope, node);
    }
    case "map-read":
      return registerType(node.type) === undefined
        ? scope.map(node.map).value(node.key)
        : materialised(scope, node);
    case "call": {
      const row = lowerings[node.name];
      return row?.kind === "location" ? row.emit(scope, node) : materialised(scope, node);
    }
    default:
      return materialised(scope, node);
  }
}

/** What `ctx` points to is read by the verifier's rules for each kind of program, not as memory of the kernel. */
export function isContext(pointer: CoreExpression): boolean {
  return pointer.kind === "cast"
    ? isContext(pointer.operand)
    : pointer.kind === "call" && pointer.name === "ctx";
}

export function memoryOfHome(home: Home): Memory {
  invariant(home.kind === "memory", "what is no local and no part lives in memory");
  return home.memory();
}

function materialised(scope: Scope, node: CoreExpression): Location {
  if (node.kind === "constant" && node.value.kind === "string") {
    const bytes = stringBytes(node.value.value, sizeOf(node.type, scope.structs));
    return { kind: "direct", pointer: scope.constantBytes(bytes), align: 8 };
  }
  const size = scope.sizeOf(node.type);
  const temporary = scope.temporary(
    labelOf(node),
    size,
    Math.max(temporaryAlign(size), alignOf(node.type, scope.structs)),
  );
  scope.into(node, temporary);
  return { kind: "direct", ...temporary };
}

function labelOf(node: CoreExpression): string {
  switch (node.kind) {
    case "call":
      return `${node.name}()`;
    case "map-read":
      return `value of @${node.map.name}`;
    case "tuple":
    case "record":
    case "conditional":
      return node.kind;
    default:
      return node.type.kind;
  }
}

/** A literal's bytes, NUL-terminated or cut to `size`. */
export function stringBytes(text: string, size: number): Uint8Array {
  const result = new Uint8Array(size);
  result.set(bytesOf(text).subarray(0, size));
  return result;
}

/** `location` moved by a known number of bytes. */
export function shifted(scope: Scope, location: Location, bytes: number): Location {
  switch (location.kind) {
    case "direct":
      return { kind: "direct", ...advance(location, bytes, scope.build) };
    case "context":
      return { kind: "context", offset: location.offset + bytes };
    case "remote": {
      if (bytes === 0) return location;
      const address = scope.build.binary("add", location.address, constant("i64", bytes));
      return { ...location, address };
    }
  }
}

function fieldLocation(scope: Scope, { object, field }: CoreField): Location {
  return shifted(scope, locationOf(scope, object), field.offset);
}

function elementLocation(scope: Scope, node: CoreElement): Location {
  const { object, index } = node;
  const part = partHome(scope, node);
  if (part?.kind === "memory") return { kind: "direct", ...part.memory() };
  const { type } = object;
  invariant(type.kind === "tuple" || type.kind === "record", "elements are of tuples and records");
  const offset = layoutOf(partsOf(type), scope.structs).offsets[index] ?? 0;
  return shifted(scope, locationOf(scope, object), offset);
}

/** Where an element of a map loop's variable was copied to, when each part was copied for itself. */
export function partHome(scope: Scope, { object, index }: CoreElement): Home | undefined {
  if (object.kind !== "variable") return undefined;
  const home = scope.home(object.variable);
  return home.kind === "parts" ? home.parts[index] : undefined;
}

function indexLocation(scope: Scope, { object, index, type }: CoreIndex): Location {
  const { build } = scope;
  const location = locationOf(scope, object);
  const bytes = Math.max(1, scope.sizeOf(type));
  const count = object.type.kind === "array" ? object.type.count : scope.sizeOf(object.type);
  let position = build.resize(scope.scalar(index), "i64", isSigned(index.type));
  if (position.kind === "constant") return shifted(scope, location, Number(position.value) * bytes);
  if (count > 0) position = checkedIndex(scope, position, count);
  const offset = scaled(build, position, bytes);
  switch (location.kind) {
    case "direct":
      return {
        kind: "direct",
        // What LLVM knows of its bits must not make an `or` of the addition: the kernel lets nobody but add to a pointer.
        pointer: build.offset(location.pointer, build.opaque(offset)),
        align: alignmentAt(location.align, bytes),
      };
    case "remote":
      return { ...location, address: build.binary("add", location.address, offset) };
    case "context": {
      const base = build.toNumber(build.offset(scope.context(), location.offset));
      return { kind: "remote", address: build.binary("add", base, offset), space: "kernel" };
    }
  }
}

/** An index out of range is told, and element 0 is read instead of what lies beyond. */
function checkedIndex(scope: Scope, position: IrOperand, count: number): IrOperand {
  const { build } = scope;
  const result = build.local("index", "i64");
  build.write(result, position);
  build.when(build.compare("uge", position, constant("i64", count)), () => {
    scope.runtimeError("index-out-of-bounds");
    build.write(result, constant("i64", 0n));
  });
  return build.read(result);
}

/** Address of a location as a number, for helpers that read it. */
export function addressOfLocation(
  scope: Scope,
  location: Location,
): { readonly address: IrOperand; readonly space: AddressSpace } {
  const { build } = scope;
  switch (location.kind) {
    case "remote":
      return location;
    case "direct":
      return { address: build.toNumber(location.pointer), space: "kernel" };
    case "context":
      return { address: build.toNumber(build.offset(scope.context(), location.offset)), space: "kernel" };
  }
}

export function memoryOf(scope: Scope, node: CoreExpression): Memory {
  const location = locationOf(scope, node);
  const unterminated = isUnterminated(node);
  if (location.kind === "direct" && !unterminated) return location;
  const size = scope.sizeOf(node.type);
  const temporary = scope.temporary(
    labelOf(node),
    size,
    Math.max(temporaryAlign(size), alignOf(node.type, scope.structs)),
  );
  fetch(scope, location, node.type, temporary, unterminated);
  return temporary;
}

function isUnterminated(node: CoreExpression): boolean {
  return node.kind === "field" && node.field.unterminated === true;
}

/**
 * Brings a value's bytes from wherever they are.
 * @param unterminated a string whose last byte is not there
 */
export function fetch(
  scope: Scope,
  location: Location,
  type: Type,
  memory: Memory,
  unterminated = false,
): void {
  const size = scope.sizeOf(type);
  if (location.kind === "direct") {
    if (unterminated) scope.zero(memory, size);
    scope.copy(memory, location, unterminated ? size - 1 : size);
    return;
  }
  const { address, space } = addressOfLocation(scope, location);
  // With a limit the byte after the last character is not looked at.
  const limit = unterminated ? constant("i64", size) : undefined;
  if (type.kind === "string") readString(scope, memory, size, address, space, limit);
  else scope.read(memory, size, address, space);
}

/** Writes the value of `node` to `memory`, every byte of its type. */
export function emitInto(scope: Scope, node: CoreExpression, memory: Memory): void {
  if (registerType(node.type) !== undefined) {
    storeScalar(scope, memory, node.type, scope.scalar(node));
    return;
  }
  switch (node.kind) {
    case "constant":
      constantInto(scope, node, memory);
      return;
    case "tuple":
    case "record":
      aggregateInto(scope, node, memory);
      return;
    case "cast":
      castInto(scope, node, memory);
      return;
    case "conditional":
      scope.build.either(
        scope.condition(node.condition),
        () => {
          scope.into(node.then, memory);
        },
        () => {
          scope.into(node.otherwise, memory);
        },
      );
      return;
    case "block":
      scope.statements(node.statements);
      if (node.value !== undefined) scope.into(node.value, memory);
      return;
    case "map-read":
      scope.map(node.map).valueInto(node.key, memory);
      return;
    case "call":
      callInto(scope, node, memory);
      return;
    case "subprogram-call":
      scope.callSubprogram(node, memory);
      return;
    default:
      fetch(scope, locationOf(scope, node), node.type, memory, isUnterminated(node));
  }
}

function constantInto(scope: Scope, node: CoreConstant, memory: Memory): void {
  invariant(node.value.kind === "string", "constants in memory are strings");
  writeBytes(scope, memory, bytesOf(node.value.value), scope.sizeOf(node.type));
}

function callInto(scope: Scope, node: CoreCall, memory: Memory): void {
  const row = lowerings[node.name];
  invariant(row !== undefined, `${node.name} has a lowering`);
  if (row.kind === "memory") row.emit(scope, node, memory);
  else if (row.kind === "dual") row.memory(scope, node, memory);
  else fetch(scope, locationOf(scope, node), node.type, memory);
}

/** Parts in the order written; holes between them are zeroed first. */
function aggregateInto(scope: Scope, node: CoreTuple | CoreRecord, memory: Memory): void {
  const { build, structs } = scope;
  invariant(node.type.kind === "tuple" || node.type.kind === "record", "tuples have tuple types");
  const parts = partsOf(node.type);
  const { size, offsets } = layoutOf(parts, structs);
  let end = 0;
  parts.forEach((part, i) => {
    const offset = offsets[i] ?? 0;
    scope.zero(advance(memory, end, build), offset - end);
    end = offset + sizeOf(part, structs);
  });
  scope.zero(advance(memory, end, build), size - end);
  const values =
    node.kind === "tuple" ? node.elements.map((value, index) => ({ index, value })) : node.values;
  for (const { index, value } of values) {
    scope.into(value, advance(memory, offsets[index] ?? 0, build));
  }
}
