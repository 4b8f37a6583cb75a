/** What a compiled C file uses and does not define. */

import type { OpenName } from "@probewright/compiler";
import { openUses, type BpfObject } from "@probewright/llvm-bindings";

import { calleesOf, codeOfFunctions, type Code } from "./c-code.ts";

/** In order of first use. */
export function openNames(object: BpfObject): readonly OpenName[] {
  const uses = openUses(object);
  if (uses.length === 0) return [];
  const codes = codeOfFunctions(object);
  const callees = new Map([...codes].map(([name, code]) => [name, calleesOf(code, object, codes)]));
  const byName = new Map<string, string[]>();
  for (const { symbol, section, offset } of uses) {
    const users = byName.get(symbol.name) ?? [];
    byName.set(symbol.name, users);
    for (const [name, code] of codes) if (holds(code, section, offset)) users.push(name);
  }
  return [...byName].map(([name, users]) => ({ name, functions: withCallers(users, callees) }));
}

function holds({ section, start, bytes }: Code, of: number, offset: number): boolean {
  return section === of && offset >= start && offset < start + bytes.length;
}

function withCallers(
  users: readonly string[],
  callees: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const found = new Set(users);
  // A set may be added to while it is gone through.
  for (const name of found) {
    for (const [caller, called] of callees) if (called.includes(name)) found.add(caller);
  }
  return [...found];
}
