/** Arithmetic of interpreted programs: numbers without sign, cut to their type's width. */

import { bitsOf, type BinaryOperator, type IrConvert, type IrType, type Predicate } from "../ir.ts";

export function cut(type: IrType, value: bigint): bigint {
  return BigInt.asUintN(bitsOf(type), value);
}

function signed(type: IrType, value: bigint): bigint {
  return BigInt.asIntN(bitsOf(type), value);
}

type Operation = (left: bigint, right: bigint, type: IrType) => bigint;

const operations: Readonly<Record<BinaryOperator, Operation>> = {
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mul: (left, right) => left * right,
  udiv: (left, right) => (right === 0n ? 0n : left / right),
  urem: (left, right) => (right === 0n ? left : left % right),
  and: (left, right) => left & right,
  or: (left, right) => left | right,
  xor: (left, right) => left ^ right,
  shl: (left, right, type) => left << (right % BigInt(bitsOf(type))),
  lshr: (left, right, type) => left >> (right % BigInt(bitsOf(type))),
  ashr: (left, right, type) => signed(type, left) >> (right % BigInt(bitsOf(type))),
};

export function calculate(operator: BinaryOperator, type: IrType, left: bigint, right: bigint): bigint {
  return cut(type, operations[operator](left, right, type));
}

const predicates: Readonly<Record<Predicate, (left: bigint, right: bigint, type: IrType) => boolean>> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  ult: (left, right) => left < right,
  ule: (left, right) => left <= right,
  ugt: (left, right) => left > right,
  uge: (left, right) => left >= right,
  slt: (left, right, type) => signed(type, left) < signed(type, right),
  sle: (left, right, type) => signed(type, left) <= signed(type, right),
  sgt: (left, right, type) => signed(type, left) > signed(type, right),
  sge: (left, right, type) => signed(type, left) >= signed(type, right),
};

export function compare(predicate: Predicate, type: IrType, left: bigint, right: bigint): bigint {
  return predicates[predicate](left, right, type) ? 1n : 0n;
}

export function convert(operator: IrConvert["operator"], from: IrType, to: IrType, value: bigint): bigint {
  switch (operator) {
    case "sext":
      return cut(to, signed(from, value));
    case "bswap": {
      let swapped = 0n;
      for (let i = 0; i < bitsOf(to); i += 8) swapped = (swapped << 8n) | ((value >> BigInt(i)) & 255n);
      return swapped;
    }
    default:
      return cut(to, value);
  }
}
