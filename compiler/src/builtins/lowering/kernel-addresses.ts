/** Lowering of addresses of the kernel's own variables. */

import { invariant } from "../../base/invariant.ts";
import type { CoreCall } from "../../core/core.ts";
import { scalar, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";

export const kernelAddressLowerings = {
  percpu_kaddr: scalar(perCpuAddress),
} satisfies Readonly<Record<string, LoweringRow>>;

/** Through the kernel's own table, for the helpers want a variable that the program is linked to. 0 for a CPU beyond it. */
function perCpuAddress(emitter: Emitter, { detail, arguments: [, wanted] }: CoreCall): IrOperand {
  invariant(detail.kind === "per-cpu-symbol", "the symbol was looked up");
  const { build } = emitter;
  const cpu =
    wanted === undefined
      ? build.once("cpu", () => build.helper("get_smp_processor_id", []))
      : emitter.scalar(wanted);
  const index = build.resize(cpu, "i64", false);
  const result = build.local("address", "i64");
  build.write(result, constant("i64", 0n));
  build.when(build.compare("ult", index, emitter.patched({ kind: "cpu-count" })), () => {
    const distance = emitter.temporary("percpu_kaddr()", 8, 8);
    const slot = build.binary("shl", index, constant("i64", 3n));
    emitter.read(distance, 8, build.binary("add", constant("i64", detail.distances), slot), "kernel");
    const own = build.load("i64", distance.pointer, 8);
    build.write(result, build.binary("add", own, constant("i64", detail.address)));
  });
  return build.read(result);
}
