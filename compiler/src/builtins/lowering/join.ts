/** Lowering of `join()`: the strings of a `char *[]`, such as the arguments of a program. */

import type { CoreCall } from "../../core/core.ts";
import { effect, type Emitter, type LoweringRow, type Memory } from "../../ir/emitter.ts";
import { constant } from "../../ir/ir.ts";
import { string } from "../../types/type.ts";
import { argument, textArgument } from "./arguments.ts";
import { sourceOf } from "./strings.ts";

const MOST_STRINGS = 16;
const CELL_BYTES = 1024;
const POINTER_BYTES = 8;

export const joinLowerings = {
  join: effect((emitter, call) => {
    const separator = textArgument(call, 1) ?? " ";
    const type = { kind: "array", element: string(CELL_BYTES), count: MOST_STRINGS } as const;
    emitter.event({ kind: "join", separator }, [
      {
        type,
        value: (memory) => {
          readStrings(emitter, call, memory);
        },
      },
    ]);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;

/** Each string into its cell, until a null pointer; cells after it are empty. */
function readStrings(emitter: Emitter, call: CoreCall, into: Memory): void {
  const { build } = emitter;
  const { address, space } = sourceOf(emitter, argument(call, 0));
  const place = emitter.temporary("pointer read by join()", POINTER_BYTES, POINTER_BYTES);
  const [index, ended] = [build.local("index", "i64"), build.local("ended", "i1")];
  const [head, body, after] = [build.createBlock(), build.createBlock(), build.createBlock()];
  build.write(index, constant("i64", 0n));
  build.write(ended, constant("i1", 0n));
  build.jump(head);
  build.enter(head);
  build.branch(build.compare("ult", build.read(index), constant("i64", MOST_STRINGS)), body, after);
  build.enter(body);
  build.region(() => {
    const at = build.read(index);
    const cell: Memory = {
      ...into,
      pointer: build.offset(into.pointer, build.binary("mul", at, constant("i64", CELL_BYTES))),
    };
    build.when(build.not(build.read(ended)), () => {
      const from = build.binary("add", address, build.binary("mul", at, constant("i64", POINTER_BYTES)));
      emitter.read(place, POINTER_BYTES, from, space);
      build.write(ended, build.isZero(build.load("i64", place.pointer, POINTER_BYTES)));
    });
    build.either(
      build.read(ended),
      () => {
        build.store(cell.pointer, constant("i8", 0n), 1);
      },
      () => {
        emitter.readString(cell, CELL_BYTES, build.load("i64", place.pointer, POINTER_BYTES), space);
      },
    );
  });
  build.write(index, build.binary("add", build.read(index), constant("i64", 1n)));
  build.jump(head);
  build.enter(after);
}
