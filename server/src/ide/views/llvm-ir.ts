/** What the compiler hands to LLVM, each instruction linked to its place by its debug location. */

import type { Span } from "@probewright/compiler";
import type { Snapshot } from "../snapshot.ts";
import { createLinkedWriter, type LinkedText } from "./linked-text.ts";
import { wholeCode, type WholeCode } from "./whole-code.ts";

export function llvmIrView(snapshot: Snapshot): LinkedText {
  const writer = createLinkedWriter();
  const code = wholeCode(snapshot);
  if (typeof code === "string") {
    writer.add(`; ${code}\n`);
    return writer.finish();
  }
  const locations = debugLocations(code);
  for (const line of code.ir.split("\n")) {
    const name = /, !dbg (!\d+)/.exec(line)?.[1];
    writer.add(`${line}\n`, name === undefined ? undefined : locations.get(name));
  }
  return writer.finish();
}

/** `!12 = !DILocation(line: 3, column: 5, scope: !7)`; places in files that the script imports are left out. */
function debugLocations({ ir, spanAt }: WholeCode): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  const main = /^!\d+ = (?:distinct )?!DISubprogram\([^\n]*file: (!\d+)/m.exec(ir)?.[1];
  const scopes = new Set<string>();
  for (const [, name, file] of ir.matchAll(/^(!\d+) = (?:distinct )?!DI\w+\([^\n]*\bfile: (!\d+)/gm)) {
    if (name !== undefined && file === main) scopes.add(name);
  }
  for (const match of ir.matchAll(/^(!\d+) = !DILocation\(line: (\d+), column: (\d+), scope: (!\d+)/gm)) {
    const [, name = "", line, column, scope = ""] = match;
    if (Number(line) > 0 && scopes.has(scope)) found.set(name, spanAt(Number(line), Number(column)));
  }
  return found;
}
