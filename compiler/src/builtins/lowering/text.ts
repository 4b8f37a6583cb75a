/** Lowering of string functions that run in the program: length, search, joining, names of numbers. */

import type { CoreCall, CoreExpression } from "../../core/core.ts";
import { advance, inMemory, scalar, type Emitter, type LoweringRow, type Memory } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { argument } from "./arguments.ts";
import { errorMessages } from "./error-messages.ts";
import { signalDescriptions } from "./signals.ts";
import { syscallNames } from "./syscall-names.ts";

/** Cell of a table of names, and size of the strings made from it. */
const NAME_BYTES = 64;

export const textLowerings = {
  strlen: scalar((emitter, call) => lengthOf(emitter, textOf(emitter, argument(call, 0)))),
  strcap: scalar((emitter, call) => {
    const source = argument(call, 0);
    if (source.type.kind === "pointer") return lengthOf(emitter, textOf(emitter, source));
    return constant("i64", emitter.sizeOf(source.type));
  }),
  strstr: scalar(find),
  strcontains: scalar((emitter, call) =>
    emitter.build.compare("sge", find(emitter, call), constant("i64", 0n)),
  ),
  str_concat: inMemory(concatenate),
  strerror: inMemory((emitter, call, into) => {
    const { build } = emitter;
    const value = number(emitter, call);
    const zero = constant("i64", 0n);
    const positive = build.select(build.compare("slt", value, zero), build.binary("sub", zero, value), value);
    nameInto(emitter, positive, errorMessages, "Unknown error", into);
  }),
  signal_name: inMemory((emitter, call, into) => {
    nameInto(emitter, number(emitter, call), ["", ...signalDescriptions], "", into);
  }),
  syscall_name: inMemory((emitter, call, into) => {
    const names = syscallNames[emitter.architecture].map((name) => (name === "-" ? "" : name));
    nameInto(emitter, number(emitter, call), names, "", into);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;

function number(emitter: Emitter, call: CoreCall): IrOperand {
  const source = argument(call, 0);
  const signed = source.type.kind === "integer" && source.type.signed;
  return emitter.build.resize(emitter.scalar(source), "i64", signed);
}

interface Text {
  readonly memory: Memory;
  /** Bytes that may be looked at. */
  readonly capacity: number;
}

/** The characters of a string or array, or those that a pointer leads to. */
function textOf(emitter: Emitter, source: CoreExpression): Text {
  if (source.type.kind !== "pointer") {
    return { memory: emitter.memory(source), capacity: emitter.sizeOf(source.type) };
  }
  const capacity = emitter.config.maxStringLength;
  const memory = emitter.temporary("string read through a pointer", capacity, 8);
  emitter.readString(memory, capacity, emitter.scalar(source), source.type.space);
  return { memory, capacity };
}

function byteAt(emitter: Emitter, { memory }: Text, index: IrOperand): IrOperand {
  const { build } = emitter;
  return build.load("i8", build.offset(memory.pointer, index), 1);
}

/** A loop from `start`, at most `rounds` times, until `body` answers that it is enough. */
function search(emitter: Emitter, rounds: number, body: (index: IrOperand) => IrOperand): IrOperand {
  const { build } = emitter;
  const index = build.local("index", "i64");
  const [head, test, next, after] = [
    build.createBlock(),
    build.createBlock(),
    build.createBlock(),
    build.createBlock(),
  ];
  build.write(index, constant("i64", 0n));
  build.jump(head);
  build.enter(head);
  build.branch(build.compare("ult", build.read(index), constant("i64", rounds)), test, after);
  build.enter(test);
  build.region(() => {
    build.branch(body(build.read(index)), after, next);
  });
  build.enter(next);
  build.write(index, build.binary("add", build.read(index), constant("i64", 1n)));
  build.jump(head);
  build.enter(after);
  return build.read(index);
}

function lengthOf(emitter: Emitter, text: Text): IrOperand {
  return search(emitter, text.capacity, (index) => emitter.build.isZero(byteAt(emitter, text, index)));
}

/** Where the second argument begins in the first; -1 when nowhere. */
function find(emitter: Emitter, call: CoreCall): IrOperand {
  const { build } = emitter;
  const whole = textOf(emitter, argument(call, 0));
  const part = textOf(emitter, argument(call, 1));
  const result = build.local("position", "i64");
  build.write(result, constant("i64", -1n));
  search(emitter, whole.capacity, (start) => {
    const matched = build.local("matched", "i1");
    const ended = build.local("ended", "i1");
    build.write(matched, constant("i1", 1n));
    build.write(ended, build.isZero(byteAt(emitter, whole, start)));
    search(emitter, part.capacity, (index) => {
      const wanted = byteAt(emitter, part, index);
      const stop = build.local("stop", "i1");
      build.write(stop, build.isZero(wanted));
      build.when(build.isNotZero(wanted), () => {
        const at = build.binary("add", start, index);
        const inside = build.compare("ult", at, constant("i64", whole.capacity));
        build.either(
          inside,
          () => {
            build.write(stop, build.compare("ne", byteAt(emitter, whole, at), wanted));
          },
          () => {
            build.write(stop, constant("i1", 1n));
          },
        );
        build.when(build.read(stop), () => {
          build.write(matched, constant("i1", 0n));
        });
      });
      return build.read(stop);
    });
    build.when(build.read(matched), () => {
      build.write(result, start);
      build.write(ended, constant("i1", 1n));
    });
    return build.read(ended);
  });
  return build.read(result);
}

/** The first string, then as much of the second as fits; always ends in a NUL. */
function concatenate(emitter: Emitter, call: CoreCall, into: Memory): void {
  const { build } = emitter;
  const size = emitter.sizeOf(call.type);
  const first = textOf(emitter, argument(call, 0));
  const second = textOf(emitter, argument(call, 1));
  emitter.zero(into, size);
  const end = build.local("end", "i64");
  build.write(end, constant("i64", 0n));
  for (const text of [first, second]) {
    search(emitter, text.capacity, (index) => {
      const byte = byteAt(emitter, text, index);
      const at = build.read(end);
      const room = build.compare("ult", at, constant("i64", size - 1));
      const stop = build.local("stop", "i1");
      build.write(stop, constant("i1", 1n));
      build.when(room, () => {
        build.when(build.isNotZero(byte), () => {
          build.store(build.offset(into.pointer, at), byte, 1);
          build.write(end, build.binary("add", at, constant("i64", 1n)));
          build.write(stop, constant("i1", 0n));
        });
      });
      return build.read(stop);
    });
  }
}

/** Copies the name of a number out of a table; what the table lacks has the name `unknown`. */
function nameInto(
  emitter: Emitter,
  value: IrOperand,
  names: readonly string[],
  unknown: string,
  into: Memory,
): void {
  const { build } = emitter;
  const encoder = new TextEncoder();
  const table = new Uint8Array(NAME_BYTES * (names.length + 1));
  [...names, unknown].forEach((name, i) => {
    table.set(encoder.encode(name).subarray(0, NAME_BYTES - 1), NAME_BYTES * i);
  });
  const row = emitter.atMost(value, names.length);
  const cell: Memory = {
    pointer: build.offset(
      emitter.constantBytes(table),
      build.binary("mul", row, constant("i64", NAME_BYTES)),
    ),
    align: 8,
  };
  const size = emitter.sizeOf({ kind: "string", size: NAME_BYTES });
  emitter.copy(advance(into, 0, build), cell, size);
}
