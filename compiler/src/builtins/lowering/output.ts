/** Lowering of what sends events to user space. */

import type { CoreCall } from "../../core/core.ts";
import { effect, ofContext, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import { constant } from "../../ir/ir.ts";
import { uint8 } from "../../types/type.ts";
import { argument, formatOf, mapArgument } from "./arguments.ts";
import { kernelFormat, printToIterator } from "./kernel-print.ts";

export const outputLowerings = {
  printf: ofContext(effect(printf)),
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
    const [given] = call.arguments;
    const code =
      given === undefined ? constant("i8", 0n) : emitter.build.resize(emitter.scalar(given), "i8", false);
    emitter.event({ kind: "exit" }, [
      {
        type: uint8,
        value: (memory) => {
          emitter.build.store(memory.pointer, code, 1);
        },
      },
    ]);
    emitter.exiting(code);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;

/** In an iterator the text is what reading the iterator gives, where the kernel can make it. */
function printf(emitter: Emitter, call: CoreCall): void {
  const values = call.arguments.slice(1);
  const format = kernelFormat(
    formatOf(call),
    values.map(({ type }) => type),
  );
  if (emitter.probe?.probeType === "iter" && format !== undefined) printToIterator(emitter, call, format);
  else formatted("printf").emit(emitter, call);
}

function formatted(
  kind: "printf" | "errorf" | "warnf" | "cat" | "system",
): LoweringRow & { readonly kind: "effect" } {
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
