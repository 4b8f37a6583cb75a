/** How values of each type are carried: in a register, or as bytes in memory. */

import { integerType, type IrType } from "../../ir/ir.ts";
import type { Type } from "../../types/type.ts";

/** @returns the register type; undefined for what lives in memory or has no value */
export function registerType(type: Type): IrType | undefined {
  switch (type.kind) {
    case "boolean":
      return "i1";
    case "integer":
      return integerType(type.size);
    case "pointer":
    case "kernel-symbol":
    case "username":
      return "i64";
    case "aggregation":
      // Read in the program an aggregation is its reduction; hist and its like are never read, statistics only printed.
      return type.function === "stats" ? undefined : "i64";
    default:
      return undefined;
  }
}

export function isSigned(type: Type): boolean {
  return (type.kind === "integer" || type.kind === "aggregation") && type.signed;
}

export function hasNoValue(type: Type): boolean {
  return type.kind === "none" || type.kind === "void" || type.kind === "timestamp-mode";
}

/** Aligned as far as its size makes use of it, so that it can be copied in words. */
export function temporaryAlign(size: number): number {
  return size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
}
