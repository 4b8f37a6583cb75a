/** Where libbpf puts an object's functions when it loads one of its programs: the program first, then what it calls. */

import { lineOfInstruction, type CompiledFunction, type InstructionLine } from "./functions.ts";
import { functionSymbols, INSTRUCTION_BYTES, type BpfObject, type ObjectSymbol } from "./object.ts";

export interface PlacedFunction {
  readonly name: string;
  /** Number of its first instruction in the loaded program. */
  readonly start: number;
  readonly instructionCount: number;
}

type Defined = ObjectSymbol & { readonly section: number };

const CALL = 0x85;
const LOAD_ADDRESS = 0x18;
/** In the source register of a call: of a function of the object. */
const PSEUDO_CALL = 1;

/** In the order of their first mention, depth first, as libbpf appends them. Empty for an unknown program. */
export function programLayout(object: BpfObject, program: string): readonly PlacedFunction[] {
  const symbols = functionSymbols(object);
  const root = symbols.find(({ name }) => name === program);
  if (root === undefined) return [];
  const placed = new Map<Defined, number>([[root, 0]]);
  let end = root.size / INSTRUCTION_BYTES;
  const visit = (caller: Defined): void => {
    for (const callee of mentionedBy(caller, object, symbols)) {
      if (placed.has(callee)) continue;
      placed.set(callee, end);
      end += callee.size / INSTRUCTION_BYTES;
      visit(callee);
    }
  };
  visit(root);
  return [...placed].map(([{ name, size }, start]) => ({
    name,
    start,
    instructionCount: size / INSTRUCTION_BYTES,
  }));
}

/** The source line of an instruction of a loaded program. */
export function lineInProgram(
  layout: readonly PlacedFunction[],
  functions: readonly CompiledFunction[],
  instruction: number,
): InstructionLine | undefined {
  const placed = layout.find(
    ({ start, instructionCount }) => instruction >= start && instruction < start + instructionCount,
  );
  const compiled = functions.find(({ name }) => name === placed?.name);
  return placed === undefined || compiled === undefined
    ? undefined
    : lineOfInstruction(compiled.lines, instruction - placed.start);
}

function mentionedBy(caller: Defined, object: BpfObject, symbols: readonly Defined[]): readonly Defined[] {
  const code = object.sections[caller.section]?.bytes;
  if (code === undefined) return [];
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  const relocations = new Map(
    object.relocations
      .filter(({ section }) => section === caller.section)
      .map((relocation) => [relocation.offset, relocation.symbol]),
  );
  const found: Defined[] = [];
  for (let at = caller.offset; at < caller.offset + caller.size; at += INSTRUCTION_BYTES) {
    const [operation, source] = [view.getUint8(at), view.getUint8(at + 1) >> 4];
    const immediate = view.getInt32(at + 4, true);
    const symbol = relocations.get(at);
    const callee =
      operation === CALL && source === PSEUDO_CALL
        ? calledAt(symbol, symbols, caller, { at, immediate })
        : operation === LOAD_ADDRESS
          ? addressedAt(symbol, symbols, immediate)
          : undefined;
    if (callee !== undefined) found.push(callee);
  }
  return found;
}

/** Without a relocation the distance counts instructions from the next one; with one, from the start of the section. */
function calledAt(
  symbol: ObjectSymbol | undefined,
  symbols: readonly Defined[],
  caller: Defined,
  { at, immediate }: { readonly at: number; readonly immediate: number },
): Defined | undefined {
  if (symbol?.kind === "function") return symbols.find(({ name }) => name === symbol.name);
  const section = symbol === undefined ? caller.section : symbol.section;
  const offset = (symbol === undefined ? at : 0) + (immediate + 1) * INSTRUCTION_BYTES;
  return symbols.find((each) => each.section === section && each.offset === offset);
}

function addressedAt(
  symbol: ObjectSymbol | undefined,
  symbols: readonly Defined[],
  offset: number,
): Defined | undefined {
  if (symbol?.kind === "function") return symbols.find(({ name }) => name === symbol.name);
  if (symbol?.kind !== "section") return undefined;
  return symbols.find((each) => each.section === symbol.section && each.offset === offset);
}
