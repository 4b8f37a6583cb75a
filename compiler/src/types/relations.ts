/** How types relate: sameness, promotion to a common type, and the groups the rules speak of. */

import type {
  AddressSpace,
  AggregationFunction,
  AggregationType,
  BufferType,
  IntegerSize,
  IntegerType,
  PointerType,
  RecordType,
  StackType,
  StringType,
  TupleType,
  Type,
} from "./type.ts";
import { integer, int64, none, uint64 } from "./type.ts";

export const INT64_MAX = 2n ** 63n - 1n;
export const INT64_MIN = -(2n ** 63n);
export const UINT64_MAX = 2n ** 64n - 1n;

/** Structural sameness; whether a literal's sign is still open does not count. */
export function sameType(left: Type, right: Type): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  switch (left.kind) {
    case "integer":
      return sameInteger(left, right as IntegerType); // the kinds are equal, here and below
    case "pointer": {
      const other = right as PointerType;
      return left.space === other.space && sameType(left.to, other.to);
    }
    case "tuple":
      return sameAll(left.elements, (right as TupleType).elements);
    case "record": {
      const other = right as RecordType;
      return (
        left.fields.length === other.fields.length &&
        left.fields.every((field, i) => {
          const match = other.fields[i];
          return match?.name === field.name && sameType(field.type, match.type);
        })
      );
    }
    case "aggregation":
      return (
        left.signed === (right as AggregationType).signed && sameAggregation(left, right as AggregationType)
      );
    case "stack":
      return sameStack(left, right as StackType);
    default:
      return sameSimple(left, right);
  }
}

function sameSimple(left: Type, right: Type): boolean {
  if (left.kind === "array" && right.kind === "array") {
    return left.count === right.count && sameType(left.element, right.element);
  }
  if (left.kind === "string" && right.kind === "string") return left.size === right.size;
  if (left.kind === "buffer" && right.kind === "buffer") return left.capacity === right.capacity;
  if (left.kind === "struct" && right.kind === "struct") return left.name === right.name;
  return left.kind === right.kind;
}

function sameInteger(left: IntegerType, right: IntegerType): boolean {
  return left.size === right.size && left.signed === right.signed && left.enumName === right.enumName;
}

function sameAll(left: readonly Type[], right: readonly Type[]): boolean {
  return (
    left.length === right.length &&
    left.every((type, i) => {
      const other = right[i];
      return other !== undefined && sameType(type, other);
    })
  );
}

function sameStack(left: StackType, right: StackType): boolean {
  return left.user === right.user && left.mode === right.mode && left.limit === right.limit;
}

/** The same function with the same parameters; the sign of the argument may differ. */
export function sameAggregation(left: AggregationType, right: AggregationType): boolean {
  return (
    left.function === right.function &&
    left.reduce === right.reduce &&
    left.parameters.length === right.parameters.length &&
    left.parameters.every((parameter, i) => parameter === right.parameters[i])
  );
}

/**
 * The type that values of both have room in: integers widen, strings grow, tuples and records go element by element.
 * @returns undefined when values of the two cannot be kept in one place
 */
export function promote(left: Type, right: Type): Type | undefined {
  if (left.kind === "none") return right;
  if (right.kind === "none") return left;
  switch (left.kind) {
    case "integer":
      return right.kind === "integer" ? promoteIntegers(left, right) : undefined;
    case "string":
    case "buffer":
      return larger(left, right);
    case "pointer":
      return right.kind === "pointer" ? promotePointers(left, right) : undefined;
    case "tuple":
      return right.kind === "tuple" ? promoteTuples(left, right) : undefined;
    case "record":
      return right.kind === "record" ? promoteRecords(left, right) : undefined;
    case "aggregation":
      if (right.kind !== "aggregation" || !sameAggregation(left, right)) return undefined;
      return left.signed ? left : right;
    default:
      return sameType(left, right) ? left : undefined;
  }
}

/** Bytes with a length of their own take the room of the longer. */
function larger(left: StringType | BufferType, right: Type): Type | undefined {
  if (left.kind === "string" && right.kind === "string") return right.size > left.size ? right : left;
  if (left.kind === "buffer" && right.kind === "buffer") return right.capacity > left.capacity ? right : left;
  return undefined;
}

/** Source of the table: the language reference, types §2.2. */
export function promoteIntegers(left: IntegerType, right: IntegerType): IntegerType {
  if (sameInteger(left, right)) return left.flexible === true ? right : left;
  const size = wider(left.size, right.size);
  if (left.flexible === true && right.flexible === true)
    return { kind: "integer", size, signed: true, flexible: true };
  if (left.signed === right.signed) return integer(size, left.signed);
  if (left.flexible === true) return integer(size, right.signed);
  if (right.flexible === true) return integer(size, left.signed);
  const [signed, unsigned] = left.signed ? [left, right] : [right, left];
  if (signed.size > unsigned.size) return integer(signed.size, true);
  return integer(doubled(size), true);
}

function wider(left: IntegerSize, right: IntegerSize): IntegerSize {
  return left > right ? left : right;
}

function doubled(size: IntegerSize): IntegerSize {
  return size === 1 ? 2 : size === 2 ? 4 : 8;
}

function promotePointers(left: PointerType, right: PointerType): PointerType | undefined {
  const to = sameType(left.to, right.to) ? left.to : promotePointee(left.to, right.to);
  if (to === undefined) return undefined;
  return { kind: "pointer", to, space: commonSpace(left.space, right.space) };
}

function promotePointee(left: Type, right: Type): Type | undefined {
  if (left.kind === "integer" && right.kind === "integer") return promoteIntegers(left, right);
  if (left.kind === "pointer" && right.kind === "pointer") return promotePointers(left, right);
  return undefined;
}

/** Of pointers into different memories nothing is known any more. */
export function commonSpace(left: AddressSpace, right: AddressSpace): AddressSpace {
  return left === right ? left : "none";
}

function promoteTuples(left: TupleType, right: TupleType): TupleType | undefined {
  if (left.elements.length !== right.elements.length) return undefined;
  const elements: Type[] = [];
  for (const [i, element] of left.elements.entries()) {
    const promoted = promote(element, right.elements[i] ?? none);
    if (promoted === undefined) return undefined;
    elements.push(promoted);
  }
  return { kind: "tuple", elements };
}

/** By name, in the order of `left`. */
function promoteRecords(left: RecordType, right: RecordType): RecordType | undefined {
  if (left.fields.length !== right.fields.length) return undefined;
  const fields: { name: string; type: Type }[] = [];
  for (const { name, type } of left.fields) {
    const other = right.fields.find((field) => field.name === name);
    const promoted = other === undefined ? undefined : promote(type, other.type);
    if (promoted === undefined) return undefined;
    fields.push({ name, type: promoted });
  }
  return { kind: "record", fields };
}

/** The smallest signed type that holds a literal; above the signed range uint64. */
export function literalType(value: bigint): IntegerType {
  if (value > INT64_MAX) return uint64;
  for (const size of [1, 2, 4, 8] as const) {
    const limit = 1n << BigInt(size * 8 - 1);
    if (-limit <= value && value < limit) {
      return value < 0n ? integer(size, true) : { kind: "integer", size, signed: true, flexible: true };
    }
  }
  return int64;
}

export function fits(value: bigint, { size, signed }: IntegerType): boolean {
  const bits = BigInt(size * 8);
  return signed
    ? -(1n << (bits - 1n)) <= value && value < 1n << (bits - 1n)
    : 0n <= value && value < 1n << bits;
}

/** The value after storing its low bits in the type, as a C conversion does. */
export function wrap(value: bigint, { size, signed }: IntegerType): bigint {
  return signed ? BigInt.asIntN(size * 8, value) : BigInt.asUintN(size * 8, value);
}

/** Readable in a program as one integer: the reduction over all CPUs. */
export function isCastable(name: AggregationFunction): boolean {
  return name === "count" || name === "sum" || name === "min" || name === "max" || name === "avg";
}

/** Spread over several elements of the BPF map, so that one value cannot be read. */
export function isMultiKey(name: AggregationFunction): boolean {
  return name === "hist" || name === "lhist" || name === "tseries";
}

/** Type of a castable aggregation read as an integer. */
export function reducedType({ signed }: AggregationType): IntegerType {
  return signed ? int64 : uint64;
}

/** Usable after `if`, `while`, `!`, `&&` and in predicates. */
export function isCondition(type: Type): boolean {
  return type.kind === "integer" || type.kind === "boolean" || type.kind === "pointer";
}

/** Has values at all. */
export function isValue(type: Type): boolean {
  return type.kind !== "none" && type.kind !== "void";
}

/** Takes no memory: `()`, and tuples and records of nothing else. It can be shown, but there is nothing to keep. */
export function isEmptyValue(type: Type): boolean {
  if (type.kind === "tuple") return type.elements.every(isEmptyValue);
  return type.kind === "record" && type.fields.every((field) => isEmptyValue(field.type));
}

/** The type with literals' signs settled: what a literal is when nothing decides otherwise. */
export function settle(type: Type): Type {
  switch (type.kind) {
    case "integer":
      return type.flexible === true ? integer(type.size, type.signed) : type;
    case "pointer": {
      const to = settle(type.to);
      return to === type.to ? type : { ...type, to };
    }
    case "array": {
      const element = settle(type.element);
      return element === type.element ? type : { ...type, element };
    }
    case "tuple": {
      const elements = type.elements.map(settle);
      return elements.every((element, i) => element === type.elements[i]) ? type : { ...type, elements };
    }
    case "record": {
      const fields = type.fields.map((field) => ({ ...field, type: settle(field.type) }));
      return fields.every((field, i) => field.type === type.fields[i]?.type) ? type : { ...type, fields };
    }
    default:
      return type;
  }
}

/** Does a type of the named kind occur in it, at any depth of tuples and records? */
export function contains(type: Type, matches: (part: Type) => boolean): boolean {
  if (matches(type)) return true;
  if (type.kind === "tuple") return type.elements.some((element) => contains(element, matches));
  if (type.kind === "record") return type.fields.some((field) => contains(field.type, matches));
  return false;
}
