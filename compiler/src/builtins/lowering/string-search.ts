/** Where one string begins in another. The kernel runs the loop over the places, so any length is cheap to verify. */

import type { FunctionBuilder } from "../../ir/builder.ts";
import type { Emitter } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { lengthOf, type Text } from "./string-copy.ts";

/** What the loops see of the function around them. `start` and `matched` are for the comparison at one place. */
const frame = {
  whole: 0,
  position: 8,
  part: 16,
  partLength: 24,
  start: 32,
  matched: 40,
} as const;
const LITERAL_FRAME_BYTES = 16;
const TEXT_FRAME_BYTES = 48;

const GO_ON = constant("i64", 0n);
const STOP = constant("i64", 1n);

/**
 * @param part a text, or characters known now
 * @returns the position of the first match (i64), -1 when there is none
 */
export function findText(emitter: Emitter, whole: Text, part: Text | Uint8Array): IrOperand {
  const { build } = emitter;
  const literal = part instanceof Uint8Array ? part : undefined;
  if (literal?.length === 0) return constant("i64", 0n);
  const bytes = literal === undefined ? TEXT_FRAME_BYTES : LITERAL_FRAME_BYTES;
  const memory = emitter.temporary("search by strstr()", bytes, 8);
  build.store(build.offset(memory.pointer, frame.whole), whole.memory.pointer, 8);
  build.store(build.offset(memory.pointer, frame.position), constant("i64", -1n), 8);
  if (part instanceof Uint8Array) {
    const name = `find_${whole.capacity}_${[...part].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    const rounds = Math.max(0, whole.capacity - part.length + 1);
    emitter.repeat({
      name,
      title: "strstr()",
      rounds,
      frame: memory,
      body: (inner, index, outer) => {
        tryLiteral(inner, { index, outer, rounds, part });
      },
    });
  } else {
    build.store(build.offset(memory.pointer, frame.part), part.memory.pointer, 8);
    build.store(build.offset(memory.pointer, frame.partLength), lengthOf(emitter, part), 8);
    const [rounds, { capacity }] = [whole.capacity, part];
    const compare = emitter.repeated({
      name: `match_${rounds}_${capacity}`,
      title: "strstr()",
      body: (inner, index, outer) => {
        compareAt(inner, { index, outer, rounds, capacity });
      },
    });
    emitter.repeat({
      name: `find_${rounds}_${capacity}`,
      title: "strstr()",
      rounds,
      frame: memory,
      body: (inner, index, outer) => {
        tryText(inner, { index, outer, rounds, capacity, compare });
      },
    });
  }
  return build.load("i64", build.offset(memory.pointer, frame.position), 8);
}

interface Try {
  readonly index: IrOperand;
  readonly outer: IrOperand;
  readonly rounds: number;
}

/** The text at `index`, which the verifier then knows to be within `rounds`. */
function textAt(build: FunctionBuilder, { index, outer, rounds }: Try): IrOperand {
  build.when(build.compare("uge", index, constant("i64", rounds)), () => {
    build.return(STOP);
  });
  return build.offset(build.load("ptr", build.offset(outer, frame.whole), 8), index);
}

function found(build: FunctionBuilder, { index, outer }: Try): void {
  build.store(build.offset(outer, frame.position), index, 8);
  build.return(STOP);
}

function goOnUnlessEnded(build: FunctionBuilder, first: IrOperand): void {
  build.when(build.isZero(first), () => {
    build.return(STOP);
  });
  build.return(GO_ON);
}

function tryLiteral(build: FunctionBuilder, attempt: Try & { readonly part: Uint8Array }): void {
  const at = textAt(build, attempt);
  const first = build.load("i8", at, 1);
  const differs = build.createBlock();
  attempt.part.forEach((byte, i) => {
    const there = i === 0 ? first : build.load("i8", build.offset(at, i), 1);
    const same = build.createBlock();
    build.branch(build.compare("eq", there, constant("i8", byte)), same, differs);
    build.enter(same);
  });
  found(build, attempt);
  build.enter(differs);
  goOnUnlessEnded(build, first);
}

function tryText(
  build: FunctionBuilder,
  attempt: Try & { readonly capacity: number; readonly compare: IrOperand },
): void {
  const { index, outer, capacity, compare } = attempt;
  const first = build.load("i8", textAt(build, attempt), 1);
  const length = build.load("i64", build.offset(outer, frame.partLength), 8);
  build.when(build.isZero(length), () => {
    found(build, attempt);
  });
  const part = build.load("ptr", build.offset(outer, frame.part), 8);
  build.when(build.compare("eq", first, build.load("i8", part, 1)), () => {
    build.store(build.offset(outer, frame.start), index, 8);
    build.store(build.offset(outer, frame.matched), constant("i64", 0n), 8);
    build.helper("loop", [constant("i64", capacity), compare, outer, constant("i64", 0n)]);
    const matched = build.load("i64", build.offset(outer, frame.matched), 8);
    build.when(build.isNotZero(matched), () => {
      found(build, attempt);
    });
  });
  goOnUnlessEnded(build, first);
}

/** One character of the part with the one that stands there in the whole. */
function compareAt(build: FunctionBuilder, attempt: Try & { readonly capacity: number }): void {
  const { index, outer, rounds, capacity } = attempt;
  build.when(build.compare("uge", index, constant("i64", capacity)), () => {
    build.return(STOP);
  });
  const at = build.binary("add", build.load("i64", build.offset(outer, frame.start), 8), index);
  const place = build.opaque(at);
  build.when(build.compare("uge", place, constant("i64", rounds)), () => {
    build.return(STOP);
  });
  const characterOf = (field: number, position: IrOperand): IrOperand =>
    build.load("i8", build.offset(build.load("ptr", build.offset(outer, field), 8), position), 1);
  const same = build.compare("eq", characterOf(frame.whole, place), characterOf(frame.part, index));
  build.when(build.not(same), () => {
    build.return(STOP);
  });
  const length = build.load("i64", build.offset(outer, frame.partLength), 8);
  const next = build.binary("add", index, constant("i64", 1n));
  build.when(build.compare("uge", next, length), () => {
    build.store(build.offset(outer, frame.matched), constant("i64", 1n), 8);
    build.return(STOP);
  });
  build.return(GO_ON);
}
