/** Lowering of what sends events to user space. */

import type { CoreCall } from "../../core/core.ts";
import { effect, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import { constant } from "../../ir/ir.ts";
import { uint8 } from "../../types/type.ts";
import { argument, formatOf, mapArgument } from "./arguments.ts";

export const outputLowerings = {
  printf: formatted("printf"),
  errorf: formatted("errorf"),
  warnf: formatted("warnf"),
  cat: formatted("cat"),
  system: formatted("system"),
  print: effect(print),
  clear: effect((emitter, call) => {
    emitter.event({ kind: "clear-map", map: emitter.map(mapArgument(call, 0)).index }, []);
  }),
  zero: effect((emitter, call) => {
    emitter.event({ kind: "zero-map", map: emitter.map(mapArgument(call, 0)).index }, []);
  }),
  exit: effect((emitter, call) => {
    const [code] = call.arguments;
    emitter.event({ kind: "exit" }, [
      {
        type: uint8,
        value: (memory) => {
          const value =
            code === undefined ? constant("i8", 0n) : emitter.build.resize(emitter.scalar(code), "i8", false);
          emitter.build.store(memory.pointer, value, 1);
        },
      },
    ]);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;

function formatted(kind: "printf" | "errorf" | "warnf" | "cat" | "system"): LoweringRow {
  return effect((emitter, call) => {
    // The first argument is the format, which the manifest keeps.
    const values = call.arguments.slice(1).map((value) => ({ type: value.type, value }));
    emitter.event({ kind, format: formatOf(call) }, values);
  });
}

function print(emitter: Emitter, call: CoreCall): void {
  const value = argument(call, 0);
  if (value.kind !== "map-reference") {
    emitter.event({ kind: "print-value" }, [{ type: value.type, value }]);
    return;
  }
  const { index } = emitter.map(value.map);
  const { detail } = call;
  const { top, divisor } = detail.kind === "print-map" ? detail : { top: 0, divisor: 0 };
  emitter.event({ kind: "print-map", map: index, top, divisor }, []);
}
