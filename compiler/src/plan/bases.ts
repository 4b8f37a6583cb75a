/** Which stack objects the pointers of a function may point into. */

import { controlFlow } from "../ir/control-flow.ts";
import {
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type Local,
  type StackObject,
} from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";

/** Objects by their numbers, each once. */
export type Numbers = readonly number[];

export interface Bases {
  /** In order of first mention; an object's place here is its number. */
  readonly objects: readonly StackObject[];
  readonly numberOf: ReadonlyMap<StackObject, number>;
  readonly of: (operand: IrOperand) => Numbers;
}

const none: Numbers = [];

export function basesOf(fn: IrFunction): Bases {
  const { objects, numberOf } = objectsOf(fn);
  const ofLocal = new Map<Local, Numbers>();
  /** By the numbers of instructions. */
  const ofValue = Array<Numbers>(objects.length > 0 ? fn.numbers : 0).fill(none);
  const of = (operand: IrOperand): Numbers =>
    ("number" in operand ? ofValue[operand.number] : undefined) ?? none;
  // A value stands before its uses in this order; only a local that is read before it is written, as in loops, needs another round.
  for (let again = objects.length > 0; again; ) {
    again = false;
    const read = new Set<Local>();
    for (const { instructions } of controlFlow(fn).blocks) {
      for (const node of instructions) {
        if (node.kind === "local-write") {
          const before = ofLocal.get(node.local) ?? none;
          const after = union(before, of(node.value));
          if (after === before) continue;
          ofLocal.set(node.local, after);
          if (read.has(node.local)) again = true;
        } else {
          if (node.kind === "local-read") read.add(node.local);
          const found = resultBases(node, of, numberOf, ofLocal);
          if (found.length > 0) ofValue[node.number] = found;
        }
      }
    }
  }
  return { objects, numberOf, of };
}

function objectsOf(fn: IrFunction): Pick<Bases, "objects" | "numberOf"> {
  const numberOf = new Map<StackObject, number>();
  for (const { instructions } of fn.blocks) {
    for (const node of instructions) {
      if (node.kind === "object-address" && !numberOf.has(node.object))
        numberOf.set(node.object, numberOf.size);
    }
  }
  return { objects: [...numberOf.keys()], numberOf };
}

function resultBases(
  node: IrInstruction,
  of: Bases["of"],
  numberOf: Bases["numberOf"],
  ofLocal: ReadonlyMap<Local, Numbers>,
): Numbers {
  switch (node.kind) {
    case "object-address":
      return [numberOf.get(node.object) ?? 0];
    case "local-read":
      return ofLocal.get(node.local) ?? none;
    case "offset":
    case "binary":
    case "select":
    case "convert":
    case "opaque":
    case "scalar-of": {
      let all = none;
      forEachOperand(node, (operand) => {
        all = union(all, of(operand));
      });
      return all;
    }
    default:
      return none;
  }
}

/** @returns `left` itself when `right` adds nothing */
export function union(left: Numbers, right: Numbers): Numbers {
  if (right.length === 0 || left === right) return left;
  if (left.length === 0) return right;
  const more = right.filter((n) => !left.includes(n));
  return more.length === 0 ? left : [...left, ...more];
}
