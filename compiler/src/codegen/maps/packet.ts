/** Packets to user space: the kernel copies them into a buffer of each CPU, for no program can. */

import type { PacketCapture } from "../../ir/emitter.ts";
import { constant, globalAddress, type IrOperand } from "../../ir/ir.ts";
import { PACKET_HEADER, packetHeader } from "../../manifest/packet-header.ts";
import { PACKETS } from "../program/program.ts";
import type { Scope } from "../program/scope.ts";
import { countLost, countProduced } from "./counting.ts";
import { checkHelper } from "./event.ts";

/** What a record of perf, whose size is a u16, has room for behind the header. The rest of a longer packet is cut off. */
const MOST_CAPTURED = 65_472;
/** BPF_F_CURRENT_CPU; the bytes of the packet stand above it. Source: include/uapi/linux/bpf.h. */
const THIS_CPU = 0xffffffffn;
/** Source: include/uapi/asm-generic/errno-base.h. */
const NO_ROOM = -28n;

/** @returns 0 or a negative error number, an i64 */
export function sendPacket(scope: Scope, { file, offset, packet, length }: PacketCapture): IrOperand {
  const { build, program } = scope;
  const site = program.addSite(build.place, {
    action: { kind: "skb-output", file, offset },
    fields: [],
    size: PACKET_HEADER,
  });
  const key = program.siteCounterKey(site);
  const captured = scope.atMost(length, MOST_CAPTURED);
  const header = scope.temporary("skboutput()", PACKET_HEADER, 8);
  const store = (at: number, value: IrOperand): void => {
    build.store(build.offset(header.pointer, at), value, 8);
  };
  store(0, constant("i64", site));
  store(packetHeader.time, build.helper("ktime_get_boot_ns", []));
  store(packetHeader.captured, captured);
  store(packetHeader.length, length);
  const flags = build.binary(
    "or",
    build.binary("shl", captured, constant("i64", 32n)),
    constant("i64", THIS_CPU),
  );
  const size = constant("i64", PACKET_HEADER);
  const result = build.helper("skb_output", [packet, globalAddress(PACKETS), flags, header.pointer, size]);
  build.either(
    build.isZero(result),
    () => {
      countProduced(build, key, program.exclusive.counters);
    },
    () => {
      build.either(
        build.compare("eq", result, constant("i64", NO_ROOM)),
        () => {
          countProduced(build, key, program.exclusive.counters);
          countLost(build, key);
        },
        () => {
          checkHelper(scope, "skb_output", result, undefined);
        },
      );
    },
  );
  return result;
}
