/** Lowering of kernel and user stacks. */

import type { CoreCall } from "../../core/core.ts";
import {
  advance,
  inMemory,
  ofContext,
  type Emitter,
  type LoweringRow,
  type Memory,
} from "../../ir/emitter.ts";
import { constant } from "../../ir/ir.ts";
import { pidOf } from "./process.ts";

/** Flags of get_stack. Source: include/uapi/linux/bpf.h. */
const USER_STACK = 1n << 8n;
const USER_BUILD_ID = 1n << 11n;

const ADDRESS_BYTES = 8;
const BUILD_ID_BYTES = 32;

export const stackLowerings = {
  kstack: ofContext(inMemory(stack)),
  ustack: ofContext(inMemory(stack)),
} satisfies Readonly<Record<string, LoweringRow>>;

/** {u64 frames, for user stacks {u32 process, u32 0}, then the frames}; what is not used is zero, for stacks are keys. */
function stack(emitter: Emitter, { type }: CoreCall, into: Memory): void {
  if (type.kind !== "stack") return;
  const { build } = emitter;
  const size = emitter.sizeOf(type);
  const header = type.user ? 16 : 8;
  const frame = type.mode === "build_id" ? BUILD_ID_BYTES : ADDRESS_BYTES;
  emitter.zero(into, size);
  const flags = (type.user ? USER_STACK : 0n) | (type.mode === "build_id" ? USER_BUILD_ID : 0n);
  const frames = advance(into, header, build);
  const bytes = build.helper("get_stack", [
    emitter.context(),
    frames.pointer,
    constant("i32", size - header),
    constant("i64", flags),
  ]);
  const align = Math.min(into.align, 8);
  build.either(
    build.compare("slt", bytes, constant("i64", 0n)),
    () => {
      emitter.countLoss("stack-failed", type.user ? "ustack" : "kstack");
    },
    () => {
      build.store(into.pointer, build.binary("udiv", bytes, constant("i64", frame)), align);
    },
  );
  if (type.user) {
    build.store(build.offset(into.pointer, 8), build.resize(pidOf(emitter), "i64", false), align);
  }
}
