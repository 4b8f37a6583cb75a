/** Where the kernel keeps a task's registers: struct pt_regs, and what each register is for. */

type Architecture = "x86_64" | "arm64";

export interface RegisterFile {
  /** Bytes from the start of struct pt_regs, by register name. */
  readonly offsets: Readonly<Record<string, number>>;
  /** Names of the registers of `arg0`, `arg1`, … */
  readonly arguments: readonly string[];
  readonly result: string;
  readonly instruction: string;
}

/** Source: arch/x86/include/asm/ptrace.h. */
const x86Names = [
  "r15",
  "r14",
  "r13",
  "r12",
  "bp",
  "bx",
  "r11",
  "r10",
  "r9",
  "r8",
  "ax",
  "cx",
  "dx",
  "si",
  "di",
  "orig_rax",
  "ip",
  "cs",
  "flags",
  "sp",
  "ss",
];

/** Source: arch/arm64/include/uapi/asm/ptrace.h. */
const armNames = [...Array.from({ length: 31 }, (_, i) => `r${i}`), "sp", "pc", "pstate"];

function offsetsOf(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, i) => [name, 8 * i]));
}

const x86Offsets = offsetsOf(x86Names);

export const registerFiles: Readonly<Record<Architecture, RegisterFile>> = {
  x86_64: {
    offsets: { ...x86Offsets, pc: x86Offsets["ip"] ?? 0 },
    arguments: ["di", "si", "dx", "cx", "r8", "r9"],
    result: "ax",
    instruction: "ip",
  },
  arm64: {
    offsets: offsetsOf(armNames),
    arguments: ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"],
    result: "r0",
    instruction: "pc",
  },
};
