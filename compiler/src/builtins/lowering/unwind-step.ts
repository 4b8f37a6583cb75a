/** From the frame of a function to that of its caller, as one rule of the tables says. */

import type { FunctionBuilder } from "../../ir/builder.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { unwindKind, unwindRule } from "../../manifest/unwind-tables.ts";
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
  const rule = ruleAt(build, findRule(build, frame, tables, ends));
  const kind = rule.part("kind");
  build.when(build.compare("eq", kind, constant("i64", unwindKind.outermost)), ends.outermost);
  build.when(build.compare("ne", kind, constant("i64", unwindKind.known)), ends.cut);
  const read = (address: IrOperand): IrOperand => readWord(build, frame, address, ends);
  const stackPointer = loadState(build, frame, "stackPointer");
  const framePointer = loadState(build, frame, "framePointer");
  const lost = loadState(build, frame, "pointerLost");
  const uses = build.binary("or", rule.part("frameOfPointer"), rule.part("pointerOfPointer"));
  build.when(build.isNotZero(build.binary("and", lost, uses)), ends.cut);
  const callerStack = build.local("frame", "i64");
  build.write(
    callerStack,
    rule.sum("frameOffset", [stackPointer, "frameOfStack"], [framePointer, "frameOfPointer"]),
  );
  build.when(build.isNotZero(rule.part("frameRead")), () => {
    build.write(callerStack, build.binary("add", read(build.read(callerStack)), rule.number("frameAdd")));
  });
  const above = build.read(callerStack);
  const called = rule.part("called");
  // Stacks grow down, so callers are above; only a handler may have a stack of its own.
  build.when(build.compare("ule", above, build.binary("mul", stackPointer, called)), ends.cut);
  const interrupted = build.binary("xor", called, constant("i64", 1n));
  const base = build.binary(
    "add",
    build.binary("mul", above, called),
    build.binary("mul", stackPointer, interrupted),
  );
  const caller = read(build.binary("add", base, rule.number("callerOffset")));
  build.when(build.isZero(caller), ends.outermost);
  storeState(build, frame, "pointerLost", build.binary("or", lost, rule.part("pointerLost")));
  build.when(build.isNotZero(rule.part("pointerRead")), () => {
    const saved = rule.sum(
      "pointerOffset",
      [above, "pointerOfFrame"],
      [stackPointer, "pointerOfStack"],
      [framePointer, "pointerOfPointer"],
    );
    storeState(build, frame, "framePointer", read(saved));
    storeState(build, frame, "pointerLost", constant("i64", 0n));
  });
  storeState(build, frame, "instruction", caller);
  storeState(build, frame, "stackPointer", above);
  storeState(build, frame, "back", called);
}

type Field = Exclude<keyof typeof unwindRule, "bytes">;

interface RuleAt {
  /** A u8. */
  readonly part: (field: Field) => IrOperand;
  /** An i32. */
  readonly number: (field: Field) => IrOperand;
  /** An offset and so many of each value. */
  readonly sum: (offset: Field, ...terms: readonly (readonly [IrOperand, Field])[]) => IrOperand;
}

function ruleAt(build: FunctionBuilder, address: IrOperand): RuleAt {
  const part: RuleAt["part"] = (field) =>
    build.resize(build.load("i8", build.offset(address, unwindRule[field]), 1), "i64", false);
  const number: RuleAt["number"] = (field) =>
    build.resize(build.load("i32", build.offset(address, unwindRule[field]), 4), "i64", true);
  return {
    part,
    number,
    sum: (offset, ...terms) =>
      terms.reduce(
        (sum, [value, field]) => build.binary("add", sum, build.binary("mul", value, part(field))),
        number(offset),
      ),
  };
}

/** A word of the process's memory. */
function readWord(build: FunctionBuilder, frame: IrOperand, address: IrOperand, ends: WalkEnds): IrOperand {
  const word = build.offset(frame, walkState.word);
  const result = build.helper("probe_read_user", [word, constant("i32", WORD_BYTES), address]);
  build.when(build.isNotZero(result), ends.cut);
  return build.load("i64", word, 8);
}
