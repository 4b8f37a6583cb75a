/** Lowering of string functions that run in the program: length, search, joining, names of numbers. */

import { bytesOf } from "../../base/utf8.ts";
import type { CoreCall } from "../../core/core.ts";
import { advance, inMemory, scalar, type Emitter, type LoweringRow, type Memory } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { argument, bytesArgument } from "./arguments.ts";
import { errorMessages } from "./error-messages.ts";
import { signalDescriptions } from "./signals.ts";
import { findText } from "./string-search.ts";
import { concatenate, lengthOf, textOf, type Text } from "./string-copy.ts";
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
  str_concat: inMemory((emitter, call, into) => {
    const parts = [textOf(emitter, argument(call, 0)), textOf(emitter, argument(call, 1))] as const;
    concatenate(emitter, parts, into, emitter.sizeOf(call.type));
  }),
  strerror: inMemory((emitter, call, into) => {
    const { build } = emitter;
    const value = number(emitter, call);
    const zero = constant("i64", 0n);
    const positive = build.select(build.compare("slt", value, zero), build.binary("sub", zero, value), value);
    nameInto(emitter, positive, errorMessages, "Unknown error", into);
  }),
  signal_name: inMemory((emitter, call, into) => {
    nameInto(emitter, number(emitter, call), signalTexts, "N/A", into);
  }),
  syscall_name: inMemory((emitter, call, into) => {
    const names = syscallNames[emitter.architecture].map((name) => (name === "-" ? UNKNOWN_CALL : name));
    nameInto(emitter, number(emitter, call), names, UNKNOWN_CALL, into);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;

const UNKNOWN_CALL = "Unknown syscall";

/** Signals from 0 on, in the C library's words: two that it keeps for itself come before those for real-time use. */
const REAL_TIME_SIGNALS = 31;
const signalTexts: readonly string[] = [
  "Unknown signal 0",
  ...signalDescriptions,
  "Unknown signal 32",
  "Unknown signal 33",
  ...Array.from({ length: REAL_TIME_SIGNALS }, (_, i) => `Real-time signal ${i}`),
];

function find(emitter: Emitter, call: CoreCall): IrOperand {
  const whole = textOf(emitter, argument(call, 0));
  const literal = bytesArgument(call, 1);
  const part: Text | Uint8Array =
    literal === undefined ? textOf(emitter, argument(call, 1)) : bytesOf(literal);
  return findText(emitter, whole, part);
}

function number(emitter: Emitter, call: CoreCall): IrOperand {
  const source = argument(call, 0);
  const signed = source.type.kind === "integer" && source.type.signed;
  return emitter.build.resize(emitter.scalar(source), "i64", signed);
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
