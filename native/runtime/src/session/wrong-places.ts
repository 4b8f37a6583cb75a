/**
 * Places where a uprobe would change what the traced program does. The kernel of x86-64 carries out short jumps and calls
 * itself, and goes by an opcode byte that vector instructions share: `vpor` is then taken for a jump and never carried out.
 * Seen with vpor, vpcmpeqb, vpsubsb and vpbroadcastb on Linux 6.18. Source: branch_setup_xol_ops, arch/x86/kernel/uprobes.c.
 */

import { closeSync, openSync, readSync } from "node:fs";

/** Where the opcode stands, by the first byte of the prefixes that only vector instructions have in 64-bit code. */
const opcodeAt: ReadonlyMap<number, number> = new Map([
  [0xc5, 2],
  [0xc4, 3],
  [0x62, 4],
]);
const LONGEST_PREFIX = 4;

/** Opcodes of what the kernel carries out itself. */
function isTakenForJump(opcode: number): boolean {
  return (opcode >= 0x70 && opcode <= 0x7f) || [0x90, 0xe8, 0xe9, 0xeb].includes(opcode);
}

export function isCarriedOutWrongly(code: Uint8Array): boolean {
  const at = opcodeAt.get(code[0] ?? 0);
  const opcode = at === undefined ? undefined : code[at];
  return opcode !== undefined && isTakenForJump(opcode);
}

/** @returns which of the offsets into a file are such places; none when it cannot be read */
export function wrongPlaces(path: string, offsets: readonly bigint[]): ReadonlySet<bigint> {
  const wrong = new Set<bigint>();
  if (process.arch !== "x64") return wrong;
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const code = new Uint8Array(LONGEST_PREFIX + 1);
    for (const offset of offsets) {
      code.fill(0);
      readSync(file, code, 0, code.length, Number(offset));
      if (isCarriedOutWrongly(code)) wrong.add(offset);
    }
  } catch {
    return wrong;
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return wrong;
}
