/** Integer arithmetic with C's meaning on signed values, made of what BPF before its fourth version has. */

import type { CoreArithmetic, CoreNegation, CorePointerArithmetic } from "../../core/core.ts";
import type { FunctionBuilder } from "../../ir/builder.ts";
import { bitsOf, constant, type BinaryOperator, type IrOperand } from "../../ir/ir.ts";
import type { Scope } from "../program/scope.ts";

const plain: Readonly<Partial<Record<CoreArithmetic["operator"], BinaryOperator>>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "&": "and",
  "|": "or",
  "^": "xor",
};

export function emitArithmetic(scope: Scope, node: CoreArithmetic): IrOperand {
  const left = scope.scalar(node.left);
  const right = scope.scalar(node.right);
  return applyArithmetic(scope, node.operator, left, right, node.signed);
}

export function applyArithmetic(
  scope: Scope,
  operator: CoreArithmetic["operator"],
  left: IrOperand,
  right: IrOperand,
  signed: boolean,
): IrOperand {
  const { build } = scope;
  const direct = plain[operator];
  if (direct !== undefined) return build.binary(direct, left, right);
  if (operator === "<<") return build.binary("shl", left, boundedShift(build, right));
  if (operator === ">>") return build.binary(signed ? "ashr" : "lshr", left, boundedShift(build, right));
  return divide(scope, operator === "/" ? "quotient" : "remainder", left, right, signed);
}

/** As the machine does: only the low bits of the count matter. LLVM would otherwise be free to do anything. */
function boundedShift(build: FunctionBuilder, count: IrOperand): IrOperand {
  const mask = BigInt(bitsOf(count.type) - 1);
  if (count.kind === "constant") return constant(count.type, count.value & mask);
  return build.binary("and", count, constant(count.type, mask));
}

type Part = "quotient" | "remainder";

/** A divisor of zero gives 1 and a runtime error. */
function divide(scope: Scope, part: Part, left: IrOperand, right: IrOperand, signed: boolean): IrOperand {
  const { build } = scope;
  if (right.kind === "constant" && BigInt.asUintN(bitsOf(right.type), right.value) !== 0n) {
    return nonZeroDivide(build, part, left, right, signed);
  }
  const result = build.local("quotient", left.type);
  build.either(
    build.isZero(right),
    () => {
      scope.runtimeError("division-by-zero");
      build.write(result, constant(left.type, 1n));
    },
    () => {
      build.write(result, nonZeroDivide(build, part, left, right, signed));
    },
  );
  return build.read(result);
}

/** Signed: divide the absolute values, then set the sign: of the quotient by both signs, of the remainder as the dividend's. */
function nonZeroDivide(
  build: FunctionBuilder,
  part: Part,
  left: IrOperand,
  right: IrOperand,
  signed: boolean,
): IrOperand {
  const operator = part === "quotient" ? "udiv" : "urem";
  if (!signed) return build.binary(operator, left, right);
  const magnitude = build.binary(operator, absolute(build, left), absolute(build, right));
  const zero = constant(left.type, 0n);
  const sign = part === "quotient" ? build.binary("xor", left, right) : left;
  const negative = build.compare("slt", sign, zero);
  return build.select(negative, build.binary("sub", zero, magnitude), magnitude);
}

function absolute(build: FunctionBuilder, value: IrOperand): IrOperand {
  if (value.kind === "constant") {
    const signed = BigInt.asIntN(bitsOf(value.type), value.value);
    return constant(value.type, signed < 0n ? -signed : signed);
  }
  const zero = constant(value.type, 0n);
  return build.select(build.compare("slt", value, zero), build.binary("sub", zero, value), value);
}

/** `average` of aggregations: totals may be negative, counts not. */
export function signedQuotient(build: FunctionBuilder, left: IrOperand, right: IrOperand): IrOperand {
  return nonZeroDivide(build, "quotient", left, right, true);
}

export function emitNegation(scope: Scope, node: CoreNegation): IrOperand {
  const { build } = scope;
  if (node.operator === "!") return build.not(scope.condition(node.operand));
  const operand = scope.scalar(node.operand);
  if (node.operator === "-") return build.binary("sub", constant(operand.type, 0n), operand);
  return build.binary("xor", operand, constant(operand.type, -1n));
}

export function emitPointerArithmetic(scope: Scope, node: CorePointerArithmetic): IrOperand {
  const { build } = scope;
  const pointer = scope.scalar(node.pointer);
  const signed = node.index.type.kind === "integer" && node.index.type.signed;
  const index = build.resize(scope.scalar(node.index), "i64", signed);
  const bytes = scaled(build, index, node.scale);
  return build.binary(node.operator === "+" ? "add" : "sub", pointer, bytes);
}

export function scaled(build: FunctionBuilder, index: IrOperand, scale: number): IrOperand {
  if (scale === 1) return index;
  if (index.kind === "constant") return constant("i64", index.value * BigInt(scale));
  return build.binary("mul", index, constant("i64", scale));
}
