/** From the frame of a function to that of its caller, as one rule of the tables says. */

import type { FunctionBuilder } from "../../ir/builder.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import {
  INTERRUPTED_OFFSET,
  RETURN_ADDRESS_OFFSET,
  unwindCaller,
  unwindFrame,
  unwindPointer,
  unwindRule,
} from "../../manifest/unwind-tables.ts";
import { findRule } from "./unwind-search.ts";
import { loadState, storeState, walkState, type WalkEnds } from "./unwind-state.ts";

const WORD_BYTES = 8;

/** Sets the registers in the state to the caller's. */
export function stepToCaller(
  build: FunctionBuilder,
  frame: IrOperand,
  tables: Parameters<typeof findRule>[2],
  ends: WalkEnds,
): void {
  const step = stepOf(build, frame, findRule(build, frame, tables, ends), ends);
  build.when(step.is("frame", unwindFrame.outermost), ends.outermost);
  build.when(step.is("frame", unwindFrame.unknown), ends.cut);
  const stackPointer = step.state("stackPointer");
  const callerStack = frameAddress(step);
  const interrupted = step.is("caller", unwindCaller.interrupted);
  const place = build.select(
    interrupted,
    build.binary("add", stackPointer, constant("i64", INTERRUPTED_OFFSET)),
    build.binary("add", callerStack, constant("i64", RETURN_ADDRESS_OFFSET)),
  );
  const caller = step.read(place);
  build.when(build.isZero(caller), ends.outermost);
  // Stacks grow down, so callers are above; only a handler may have a stack of its own.
  const below = build.compare("ule", callerStack, stackPointer);
  build.when(build.binary("and", below, build.not(interrupted)), ends.cut);
  const set = (field: keyof typeof walkState, value: IrOperand): void => {
    storeState(build, frame, field, value);
  };
  setPointer(step, callerStack, set);
  set("instruction", caller);
  set("stackPointer", callerStack);
  set("back", build.resize(build.not(interrupted), "i64", false));
}

interface Step {
  readonly build: FunctionBuilder;
  readonly ends: WalkEnds;
  readonly is: (field: "frame" | "pointer" | "caller", kind: number) => IrOperand;
  readonly offset: (field: "frameOffset" | "frameAdd" | "pointerOffset") => IrOperand;
  readonly state: (field: keyof typeof walkState) => IrOperand;
  /** A word of the process's memory. */
  readonly read: (address: IrOperand) => IrOperand;
}

function stepOf(build: FunctionBuilder, frame: IrOperand, rule: IrOperand, ends: WalkEnds): Step {
  const state: Step["state"] = (field) => loadState(build, frame, field);
  return {
    build,
    ends,
    is: (field, kind) =>
      build.compare("eq", build.load("i8", build.offset(rule, unwindRule[field]), 1), constant("i8", kind)),
    offset: (field) =>
      build.resize(build.load("i32", build.offset(rule, unwindRule[field]), 4), "i64", true),
    state,
    read: (address) => {
      const word = build.offset(frame, walkState.word);
      const result = build.helper("probe_read_user", [word, constant("i32", WORD_BYTES), address]);
      build.when(build.isNotZero(result), ends.cut);
      return build.load("i64", word, 8);
    },
  };
}

/** The canonical frame address: where the stack pointer was before the call. */
function frameAddress(step: Step): IrOperand {
  const { build, is, offset, state, ends } = step;
  const base = build.local("base", "i64");
  build.write(base, state("stackPointer"));
  const [plain, read] = [is("frame", unwindFrame.framePointer), is("frame", unwindFrame.atFramePointer)];
  build.when(build.binary("or", plain, read), () => {
    build.when(build.isNotZero(state("pointerLost")), ends.cut);
    build.write(base, state("framePointer"));
  });
  const address = build.local("frame", "i64");
  build.write(address, build.binary("add", build.read(base), offset("frameOffset")));
  build.when(build.binary("or", is("frame", unwindFrame.atStackPointer), read), () => {
    build.write(address, build.binary("add", step.read(build.read(address)), offset("frameAdd")));
  });
  return build.read(address);
}

/** The caller's frame pointer, or that nobody knows it. */
function setPointer(
  step: Step,
  callerStack: IrOperand,
  set: (field: "framePointer" | "pointerLost", value: IrOperand) => void,
): void {
  const { build, is, offset, state } = step;
  build.when(is("pointer", unwindPointer.unknown), () => {
    set("pointerLost", constant("i64", 1n));
  });
  const from = (base: IrOperand): void => {
    const value = step.read(build.binary("add", base, offset("pointerOffset")));
    set("framePointer", value);
    set("pointerLost", constant("i64", 0n));
  };
  build.when(is("pointer", unwindPointer.atFrame), () => {
    from(callerStack);
  });
  build.when(is("pointer", unwindPointer.atStackPointer), () => {
    from(state("stackPointer"));
  });
  build.when(is("pointer", unwindPointer.atFramePointer), () => {
    build.when(build.isNotZero(state("pointerLost")), step.ends.cut);
    from(state("framePointer"));
  });
}
