/**
 * Where the arguments of user-space static probes are. The note of each site says it in the notation of its assembler,
 * e.g. `-4@%edi` or `8@-8(%rbp)`: the size, negative when signed, then a constant, a register or a place in memory.
 */

import type { KernelFacts } from "./facts.ts";

type Architecture = KernelFacts["architecture"];
export interface ArgumentPlace {
  readonly size: number;
  readonly signed: boolean;
  readonly base: string | undefined;
  readonly index: { readonly register: string; readonly scale: number } | undefined;
  /** The value itself, or what is added to the registers. */
  readonly constant: bigint;
  readonly inMemory: boolean;
}

/** @returns undefined for what cannot be read, such as a place relative to a symbol */
export function parseArgumentPlace(
  specification: string,
  architecture: Architecture,
): ArgumentPlace | undefined {
  const at = specification.indexOf("@");
  const declared = at < 0 ? 8 : Number(specification.slice(0, at).replace(/f$/, ""));
  const size = Math.abs(declared);
  if (size !== 1 && size !== 2 && size !== 4 && size !== 8) return undefined;
  const place = specification.slice(at + 1).replace(/\s/g, "");
  const parsed = architecture === "x86_64" ? parseX86(place) : parseArm(place);
  return parsed === undefined ? undefined : { size, signed: declared < 0, ...parsed };
}

type Place = Omit<ArgumentPlace, "size" | "signed">;

const NUMBER = "[-+]?(?:0x[0-9a-f]+|\\d+)";
const x86Constant = new RegExp(`^\\$(${NUMBER})$`, "i");
const x86Register = /^%(\w+)$/;
const x86Memory = new RegExp(`^(${NUMBER})?\\((%\\w+)?(?:,(%\\w+)(?:,([1248]))?)?\\)$`, "i");

function parseX86(place: string): Place | undefined {
  const literal = x86Constant.exec(place);
  if (literal !== null)
    return { base: undefined, index: undefined, constant: integerOf(literal[1]), inMemory: false };
  const register = x86Register.exec(place);
  if (register !== null) {
    const base = x86RegisterName(register[1] ?? "");
    return base === undefined ? undefined : { base, index: undefined, constant: 0n, inMemory: false };
  }
  const memory = x86Memory.exec(place);
  if (memory === null) return undefined;
  const base = memory[2] === undefined ? undefined : x86RegisterName(memory[2].slice(1));
  const index = memory[3] === undefined ? undefined : x86RegisterName(memory[3].slice(1));
  if ((memory[2] !== undefined && base === undefined) || (memory[3] !== undefined && index === undefined))
    return undefined;
  return {
    base,
    index: index === undefined ? undefined : { register: index, scale: Number(memory[4] ?? "1") },
    constant: integerOf(memory[1]),
    inMemory: true,
  };
}

/** Any width of a register by its name in struct pt_regs; undefined for `rip` and what is no register. */
function x86RegisterName(name: string): string | undefined {
  const numbered = /^r(8|9|1[0-5])[bwd]?$/.exec(name);
  if (numbered !== null) return `r${numbered[1] ?? ""}`;
  const letter = /^([abcd])[lh]$/.exec(name);
  if (letter !== null) return name.endsWith("h") ? undefined : `${letter[1] ?? ""}x`;
  const plain = /^[re]?(ax|bx|cx|dx|si|di|bp|sp)$|^(si|di|bp|sp)l$/.exec(name);
  return plain?.[1] ?? plain?.[2];
}

const armConstant = new RegExp(`^(${NUMBER})$`, "i");
const armRegister = /^([xw]\d+|sp)$/;
const armMemory = new RegExp(`^\\[([xw]\\d+|sp)(?:,(?:#?(${NUMBER})|([xw]\\d+)))?\\]$`, "i");

function parseArm(place: string): Place | undefined {
  const literal = armConstant.exec(place);
  if (literal !== null)
    return { base: undefined, index: undefined, constant: integerOf(literal[1]), inMemory: false };
  const register = armRegister.exec(place);
  if (register !== null)
    return { base: armRegisterName(register[1] ?? ""), index: undefined, constant: 0n, inMemory: false };
  const memory = armMemory.exec(place);
  if (memory === null) return undefined;
  return {
    base: armRegisterName(memory[1] ?? ""),
    index: memory[3] === undefined ? undefined : { register: armRegisterName(memory[3]), scale: 1 },
    constant: integerOf(memory[2]),
    inMemory: true,
  };
}

function armRegisterName(name: string): string {
  return name === "sp" ? name : `r${name.slice(1)}`;
}

function integerOf(text: string | undefined): bigint {
  if (text === undefined) return 0n;
  const digits = text.replace(/^[-+]/, "");
  return text.startsWith("-") ? -BigInt(digits) : BigInt(digits);
}
