/** Whose memory a number is an address of. It has no space of its own, but what it is made of may tell. */

import type { CoreExpression } from "../core/core.ts";
import type { AddressSpace } from "../types/type.ts";
import { findBuiltin } from "./catalog.ts";

/**
 * `str(arg0)` reads the traced process in a uprobe.
 * @param probe the memory that the arguments of the probe point to
 */
export function spaceOfNumber(source: CoreExpression, probe: AddressSpace): AddressSpace {
  if (source.kind === "cast") {
    const { type } = source.operand;
    return type.kind === "pointer" ? type.space : spaceOfNumber(source.operand, probe);
  }
  if (source.kind !== "call") return "none";
  if (source.name === "argN" || source.name === "retval") return probe;
  return findBuiltin(source.name)?.space ?? "none";
}
