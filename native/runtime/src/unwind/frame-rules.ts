/** Runs the instructions of a function's entry: from which address on which rule leads to the caller. */

import type { ByteReader } from "./byte-reader.ts";
import { readPointer, type CommonEntry, type FunctionEntry } from "./frame-entries.ts";
import { evaluate, register, type Place } from "./frame-expression.ts";
import { outermostRule, unknownRule, type Rule } from "./rule.ts";

/** Where a register of the caller is. */
type Saved =
  | { readonly kind: "same" | "undefined" | "elsewhere" }
  /** In memory, so far from the frame. */
  | { readonly kind: "offset"; readonly offset: number }
  | { readonly kind: "expression"; readonly code: ByteReader };

interface State {
  readonly frame:
    | { readonly kind: "register"; readonly number: number; readonly offset: number }
    | { readonly kind: "expression"; readonly code: ByteReader };
  readonly pointer: Saved;
  readonly caller: Saved;
}

const noState: State = {
  frame: { kind: "register", number: -1, offset: 0 },
  pointer: { kind: "same" },
  caller: { kind: "elsewhere" },
};

/** Nothing nests its states as deeply. */
const MOST_REMEMBERED = 64;
/** A function whose frame depends on the very instruction is a PLT; each 16 bytes of it call one function. */
const MOST_STEPS = 1 << 20;

interface Run {
  readonly entry: FunctionEntry;
  /** Of the section. */
  readonly address: number;
  readonly initial: State;
  readonly remembered: State[];
  state: State;
  /** From where on `state` holds. */
  at: number;
  readonly emit: (from: number, rule: Rule) => void;
}

/** Tells of each address from which on another rule may hold; the last holds up to the function's end. */
export function runEntry(
  entry: FunctionEntry,
  address: number,
  emit: (from: number, rule: Rule) => void,
): void {
  const initial = initialState(entry, address);
  if (initial === undefined) {
    emit(entry.start, unknownRule);
    return;
  }
  const run: Run = { entry, address, initial, remembered: [], state: initial, at: entry.start, emit };
  if (execute(run, entry.instructions.copy())) emitUpTo(run, entry.end);
  else emit(run.at, unknownRule);
}

function initialState(entry: FunctionEntry, address: number): State | undefined {
  const run: Run = {
    entry,
    address,
    initial: noState,
    remembered: [],
    state: noState,
    at: entry.start,
    emit: () => undefined,
  };
  return execute(run, entry.common.instructions.copy()) ? run.state : undefined;
}

/** @returns false when an instruction is not known, so that nothing is certain from `run.at` on */
function execute(run: Run, code: ByteReader): boolean {
  while (code.more) {
    const byte = code.u8();
    const low = byte & 0x3f;
    const known = byte >> 6 === 0 ? extended(run, low, code) : primary(run, byte >> 6, low, code);
    if (!known || code.ended) return false;
  }
  return true;
}

function primary(run: Run, kind: number, low: number, code: ByteReader): boolean {
  const { common } = run.entry;
  if (kind === 1) return advance(run, run.at + low * common.codeAlign);
  if (kind === 2) return save(run, low, { kind: "offset", offset: code.unsigned() * common.dataAlign });
  return restore(run, low);
}

/** Rules of addresses before hold up to here. */
function advance(run: Run, to: number): boolean {
  if (to < run.at || to > run.entry.end) return false;
  if (to > run.at) {
    emitUpTo(run, to);
    run.at = to;
  }
  return true;
}

function save(run: Run, number: number, saved: Saved): boolean {
  if (number === register.framePointer) run.state = { ...run.state, pointer: saved };
  if (number === run.entry.common.returnRegister) run.state = { ...run.state, caller: saved };
  return true;
}

function restore(run: Run, number: number): boolean {
  if (number === register.framePointer) return save(run, number, run.initial.pointer);
  return save(run, number, run.initial.caller);
}

function setFrame(run: Run, frame: State["frame"]): boolean {
  run.state = { ...run.state, frame };
  return true;
}

/** The instruction set's numbers: DWARF 5, table 7.29, and GNU's own. */
function extended(run: Run, code: number, reader: ByteReader): boolean {
  const { codeAlign, dataAlign } = run.entry.common;
  switch (code) {
    case 0x00:
      return true;
    case 0x01:
      return advance(run, readPointer(reader, run.entry.common.addressEncoding, run.address) ?? -1);
    case 0x02:
      return advance(run, run.at + reader.u8() * codeAlign);
    case 0x03:
      return advance(run, run.at + reader.u16() * codeAlign);
    case 0x04:
      return advance(run, run.at + reader.u32() * codeAlign);
    case 0x05:
      return save(run, reader.unsigned(), { kind: "offset", offset: reader.unsigned() * dataAlign });
    case 0x06:
      return restore(run, reader.unsigned());
    case 0x07:
      return save(run, reader.unsigned(), { kind: "undefined" });
    case 0x08:
      return save(run, reader.unsigned(), { kind: "same" });
    case 0x11:
      return save(run, reader.unsigned(), { kind: "offset", offset: reader.signed() * dataAlign });
    case 0x2e:
      reader.unsigned();
      return true;
    default:
      return frameOrRare(run, code, reader);
  }
}

function frameOrRare(run: Run, code: number, reader: ByteReader): boolean {
  const { dataAlign } = run.entry.common;
  const { frame } = run.state;
  switch (code) {
    case 0x0a:
      run.remembered.push(run.state);
      return run.remembered.length <= MOST_REMEMBERED;
    case 0x0b: {
      const state = run.remembered.pop();
      if (state !== undefined) run.state = state;
      return state !== undefined;
    }
    case 0x0c:
      return setFrame(run, { kind: "register", number: reader.unsigned(), offset: reader.unsigned() });
    case 0x0d:
      return frame.kind === "register" && setFrame(run, { ...frame, number: reader.unsigned() });
    case 0x0e:
      return frame.kind === "register" && setFrame(run, { ...frame, offset: reader.unsigned() });
    case 0x0f:
      return setFrame(run, { kind: "expression", code: reader.part(reader.unsigned()) });
    case 0x12:
      return setFrame(run, {
        kind: "register",
        number: reader.unsigned(),
        offset: reader.signed() * dataAlign,
      });
    case 0x13:
      return frame.kind === "register" && setFrame(run, { ...frame, offset: reader.signed() * dataAlign });
    default:
      return rare(run, code, reader);
  }
}

/** What hardly any compiler writes. */
function rare(run: Run, code: number, reader: ByteReader): boolean {
  switch (code) {
    case 0x09: {
      const number = reader.unsigned();
      reader.unsigned();
      return save(run, number, { kind: "elsewhere" });
    }
    case 0x10: {
      const number = reader.unsigned();
      return save(run, number, { kind: "expression", code: reader.part(reader.unsigned()) });
    }
    case 0x14:
    case 0x15: {
      const number = reader.unsigned();
      if (code === 0x14) reader.unsigned();
      else reader.signed();
      return save(run, number, { kind: "elsewhere" });
    }
    case 0x16: {
      const number = reader.unsigned();
      reader.part(reader.unsigned());
      return save(run, number, { kind: "elsewhere" });
    }
    case 0x2f:
      return save(run, reader.unsigned(), {
        kind: "offset",
        offset: -reader.unsigned() * run.entry.common.dataAlign,
      });
    default:
      return false;
  }
}

/** Writes what holds from `run.at` to `end`. */
function emitUpTo(run: Run, end: number): void {
  const { state, at, entry, emit } = run;
  const first = ruleAt(state, at, entry.common);
  emit(at, first.rule);
  if (!first.usesInstruction) return;
  if (end - at > MOST_STEPS) {
    emit(at, unknownRule);
    return;
  }
  for (let address = at + 1; address < end; address += 1) {
    emit(address, ruleAt(state, address, entry.common).rule);
  }
}

interface RuleThere {
  readonly rule: Rule;
  readonly usesInstruction: boolean;
}

const nothingKnown: RuleThere = { rule: unknownRule, usesInstruction: false };

/** Of a return address, from the frame: where a call puts it. */
const RETURN_ADDRESS_OFFSET = -8;

function ruleAt(state: State, instruction: number, common: CommonEntry): RuleThere {
  const { caller } = state;
  if (common.returnRegister !== register.returnAddress) return nothingKnown;
  if (caller.kind === "undefined") return { rule: outermostRule, usesInstruction: false };
  const found = frameAt(state.frame, instruction);
  const interruptedAt = common.isSignalFrame ? savedInstruction(caller, instruction) : undefined;
  const called = caller.kind === "offset" && caller.offset === RETURN_ADDRESS_OFFSET && !common.isSignalFrame;
  if (found === undefined || (!called && interruptedAt === undefined)) return nothingKnown;
  const pointer = pointerAt(state.pointer, instruction);
  const rule: Rule = { kind: "known", frame: found.place, pointer, interruptedAt };
  return fits(rule) ? { rule, usesInstruction: found.usesInstruction } : nothingKnown;
}

function frameAt(frame: State["frame"], instruction: number): ReturnType<typeof evaluate> {
  if (frame.kind === "expression") return evaluate(frame.code.copy(), instruction, []);
  const { number, offset } = frame;
  if (number !== register.stackPointer && number !== register.framePointer) return undefined;
  const base = number === register.stackPointer ? "stack-pointer" : "frame-pointer";
  return { place: { base, offset, read: undefined }, usesInstruction: false };
}

/** Where the kernel put the address that a signal's handler returns to, from the stack pointer. */
function savedInstruction(caller: Saved, instruction: number): number | undefined {
  if (caller.kind !== "expression") return undefined;
  const place = evaluate(caller.code.copy(), instruction, [])?.place;
  return place?.base === "stack-pointer" && place.read === undefined ? place.offset : undefined;
}

function pointerAt(saved: Saved, instruction: number): Place | "same" | "unknown" {
  switch (saved.kind) {
    case "same":
      return "same";
    case "offset":
      return { base: "frame", offset: saved.offset, read: undefined };
    case "expression": {
      const start: Place = { base: "frame", offset: 0, read: undefined };
      const place = evaluate(saved.code.copy(), instruction, [start])?.place;
      return place?.read === undefined ? (place ?? "unknown") : "unknown";
    }
    default:
      return "unknown";
  }
}

function fits({ frame, pointer, interruptedAt }: Rule & { readonly kind: "known" }): boolean {
  const offsets = [frame.offset, frame.read ?? 0, typeof pointer === "string" ? 0 : pointer.offset];
  return [...offsets, interruptedAt ?? 0].every((each) => Number.isInteger(each) && Math.abs(each) < 2 ** 31);
}
