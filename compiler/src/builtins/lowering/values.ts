/** Lowering of conversions to types that user space prints. */

import type { CoreCall } from "../../core/core.ts";
import {
  advance,
  changing,
  inMemory,
  located,
  ofContext,
  scalar,
  type Emitter,
  type LoweringRow,
  type Memory,
} from "../../ir/emitter.ts";
import { constant, integerType, type IrOperand } from "../../ir/ir.ts";
import { argument, integerArgument, textArgument } from "./arguments.ts";
import { writeUserSymbol } from "./context.ts";
import { sourceOf } from "./strings.ts";

/** Address families. Source: include/linux/socket.h. */
const AF_INET = 2n;
const AF_INET6 = 10n;
const MAC_BYTES = 6;
const clockNumbers = { boot: 0, monotonic: 1, tai: 2, sw_tai: 3 } as const;

export const valueLowerings = {
  ksym: scalar((emitter, call) => address(emitter, call)),
  usym: inMemory((emitter, call, into) => {
    writeUserSymbol(emitter, address(emitter, call), into);
  }),
  kaddr: scalar((_emitter, { detail }) => textNumber(detail)),
  cgroupid: scalar((_emitter, { detail }) => textNumber(detail)),
  pton: located((emitter, { detail }) => {
    const digits = detail.kind === "text" ? detail.text : "";
    const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return { kind: "direct", pointer: emitter.constantBytes(bytes), align: 8 };
  }),
  kptr: scalar((emitter, call) => emitter.scalar(argument(call, 0))),
  uptr: scalar((emitter, call) => emitter.scalar(argument(call, 0))),
  bswap: scalar((emitter, call) => {
    const value = emitter.scalar(argument(call, 0));
    return value.type === "i8" || value.type === "i1"
      ? value
      : emitter.build.convert("bswap", value, value.type);
  }),
  macaddr: inMemory((emitter, call, into) => {
    const { address: from, space } = sourceOf(emitter, argument(call, 0));
    emitter.read(into, MAC_BYTES, from, space);
  }),
  ntop: inMemory(ntop),
  strftime: inMemory((emitter, call, into) => {
    const { build } = emitter;
    const format = emitter.textIndex("timeFormats", textArgument(call, 0) ?? "");
    const time = argument(call, 1);
    const clock = time.kind === "call" && time.detail.kind === "clock" ? time.detail.mode : "boot";
    const head = BigInt(format) | (BigInt(clockNumbers[clock]) << 32n);
    const align = Math.min(into.align, 8);
    build.store(into.pointer, constant("i64", head), align);
    build.store(build.offset(into.pointer, 8), build.resize(emitter.scalar(time), "i64", false), align);
  }),
  cgroup_path: inMemory((emitter, call, into) => {
    const { build } = emitter;
    const filter = emitter.textIndex("cgroupFilters", textArgument(call, 1) ?? "");
    const align = Math.min(into.align, 8);
    build.store(into.pointer, constant("i64", filter), align);
    build.store(
      build.offset(into.pointer, 8),
      build.resize(emitter.scalar(argument(call, 0)), "i64", false),
      align,
    );
  }),
  socket_cookie: scalar((emitter, call) =>
    emitter.build.helper("get_socket_cookie", [emitter.trusted(argument(call, 0))]),
  ),
  skboutput: ofContext(changing(scalar(capturePacket))),
} satisfies Readonly<Record<string, LoweringRow>>;

function capturePacket(emitter: Emitter, call: CoreCall): IrOperand {
  const { build } = emitter;
  const length = build.resize(emitter.scalar(argument(call, 2)), "i64", false);
  const result = emitter.packet({
    file: textArgument(call, 0) ?? "",
    offset: Number(integerArgument(call, 3) ?? 0n),
    packet: emitter.trusted(argument(call, 1)),
    length,
  });
  return build.resize(result, "i32", true);
}

function address(emitter: Emitter, call: CoreCall): IrOperand {
  return emitter.build.resize(emitter.scalar(argument(call, 0)), "i64", false);
}

function textNumber(detail: CoreCall["detail"]): IrOperand {
  return constant("i64", detail.kind === "text" ? BigInt.asUintN(64, BigInt(detail.text)) : 0n);
}

/** {u64 family, 16 bytes}: numbers and four bytes are IPv4, sixteen are IPv6, unless the family is given. */
function ntop(emitter: Emitter, call: CoreCall, into: Memory): void {
  const { build } = emitter;
  const index = call.arguments.length - 1;
  const source = argument(call, index);
  const bytes = source.type.kind === "integer" ? 4 : Math.min(16, emitter.sizeOf(source.type));
  const known = integerArgument(call, 0);
  const family =
    index === 0
      ? constant("i64", bytes === 16 ? AF_INET6 : AF_INET)
      : known === undefined
        ? build.resize(emitter.scalar(argument(call, 0)), "i64", false)
        : constant("i64", known);
  build.store(into.pointer, family, Math.min(into.align, 8));
  const data = advance(into, 8, build);
  emitter.zero(data, 16);
  if (source.type.kind === "integer") {
    const type = integerType(4);
    build.store(data.pointer, build.resize(emitter.scalar(source), type, false), Math.min(data.align, 4));
  } else {
    const { address: from, space } = sourceOf(emitter, source);
    emitter.read(data, bytes, from, space);
  }
}
