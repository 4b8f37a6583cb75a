/** Assembly of an object's functions: each instruction's text with its source line, the symbol it names and where it jumps. */

import { lineOfInstruction, type CompiledFunction, type InstructionLine } from "./functions.ts";
import { functionSymbols, INSTRUCTION_BYTES, type BpfObject, type ObjectRelocation } from "./object.ts";

export interface AssemblyInstruction {
  /** From the start of the function, as the kernel counts; see `CompiledFunction.instructionCount`. */
  readonly instructionIndex: number;
  /** In the kernel's notation; a map, global or subprogram stands by name: `r1 = @x ll`, `call step`. */
  readonly text: string;
  /** Index of the instruction it may jump to. */
  readonly jumpsTo: number | undefined;
  readonly source: InstructionLine | undefined;
}

export interface FunctionAssembly {
  readonly function: CompiledFunction;
  readonly instructions: readonly AssemblyInstruction[];
}

/** Decodes machine code; indices count from the start of `code` in units of 8 bytes. */
export type Disassemble = (code: Uint8Array) => readonly { readonly index: number; readonly text: string }[];

/** @param functions as `listFunctions` lists them for the same object */
export function listAssembly(
  object: BpfObject,
  functions: readonly CompiledFunction[],
  disassemble: Disassemble,
): readonly FunctionAssembly[] {
  const symbols = functionSymbols(object);
  return functions.map((each, position) => {
    const symbol = symbols[position];
    const code = object.sections[symbol?.section ?? 0]?.bytes;
    if (symbol === undefined || code === undefined) return { function: each, instructions: [] };
    const relocations = relocationsByIndex(object, symbol.section, symbol.offset);
    const instructions = disassemble(code.subarray(symbol.offset, symbol.offset + symbol.size)).map(
      ({ index, text }) => ({
        instructionIndex: index,
        text: nameOperand(text, object, relocations.get(index)),
        jumpsTo: jumpTarget(index, text),
        source: lineOfInstruction(each.lines, index),
      }),
    );
    return { function: each, instructions };
  });
}

/**
 * @returns one block a function, source places as comments where they change:
 *
 *     begin (section tracepoint/x/y): 5 instructions, 8 bytes of stack
 *       ; tool.bt:3:5
 *         0  w1 = 14
 *         1  if r1 == 0 goto 4
 */
export function renderAssembly(assembly: readonly FunctionAssembly[]): string {
  return assembly.map(renderFunction).join("\n");
}

function renderFunction({ function: each, instructions }: FunctionAssembly): string {
  const { name, section, instructionCount, stackBytes } = each;
  const head = `${name} (section ${section}): ${instructionCount} instructions, ${stackBytes} bytes of stack\n`;
  const width = String(instructionCount).length + 2;
  let last: InstructionLine | undefined;
  let text = head;
  for (const { instructionIndex, text: operation, jumpsTo, source } of instructions) {
    if (source !== undefined && source !== last)
      text += `  ; ${source.file}:${source.line}:${source.column}\n`;
    last = source;
    const target = jumpsTo === undefined ? operation : operation.replace(jump, `goto ${jumpsTo}`);
    text += `  ${String(instructionIndex).padStart(width)}  ${target}\n`;
  }
  return text;
}

/** The end of a jump as LLVM prints it: `goto +3`, `if r1 == 0 goto -2`, `gotol +70000`. */
const jump = /\bgotol? ([+-]\d+)$/;

function jumpTarget(index: number, text: string): number | undefined {
  const distance = jump.exec(text)?.[1];
  return distance === undefined ? undefined : index + 1 + Number(distance);
}

function relocationsByIndex(
  object: BpfObject,
  section: number,
  start: number,
): ReadonlyMap<number, ObjectRelocation> {
  return new Map(
    object.relocations
      .filter((relocation) => relocation.section === section)
      .map((relocation) => [(relocation.offset - start) / INSTRUCTION_BYTES, relocation]),
  );
}

/** The number LLVM prints where an address is still to be filled in: `r1 = 8 ll`, `call -1`. */
const unfilled = { load64: /= (-?(?:0x)?[\da-f]+) ll$/, call: /^call (-?(?:0x)?[\da-f]+)$/ };

function nameOperand(text: string, object: BpfObject, relocation: ObjectRelocation | undefined): string {
  if (relocation === undefined || relocation.kind === "data") return text;
  const number = unfilled[relocation.kind].exec(text)?.[1];
  if (number === undefined) return text;
  const name = nameOf(relocation, Number(number), object);
  return relocation.kind === "call" ? `call ${name}` : text.replace(unfilled.load64, `= ${name} ll`);
}

/** What is local to the object is referred to through its section and the place in it, which a call counts in instructions. */
function nameOf({ kind, symbol }: ObjectRelocation, number: number, object: BpfObject): string {
  if (symbol.kind !== "section" || symbol.section === undefined) return symbol.name;
  const offset = kind === "call" ? (number + 1) * INSTRUCTION_BYTES : number;
  const section = object.sections[symbol.section]?.name ?? "";
  const target = object.symbols.find(
    (each) => each.section === symbol.section && each.offset === offset && each.kind !== "section",
  );
  return target?.name ?? `${section}+${offset}`;
}
