/** Lowering of `uaddr`: where a symbol of the traced program is in the process that hit the probe. */

import { invariant } from "../../base/invariant.ts";
import type { CoreCall } from "../../core/core.ts";
import { ofContext, scalar, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { functionAddress } from "./context.ts";

export const userAddressLowerings = {
  uaddr: ofContext(scalar(userAddress)),
} satisfies Readonly<Record<string, LoweringRow>>;

/** A program that may be loaded anywhere is as far from its symbols there as in its file. */
function userAddress(emitter: Emitter, { detail }: CoreCall): IrOperand {
  invariant(detail.kind === "user-symbol", "the symbol was looked up");
  const { address, codeDistance } = detail;
  if (codeDistance === undefined) return constant("i64", address);
  const { build } = emitter;
  const distance = build.binary("sub", constant("i64", address - codeDistance), siteOffset(emitter));
  return build.binary("add", functionAddress(emitter), distance);
}

/** Offset in the file of the place that was hit. */
function siteOffset(emitter: Emitter): IrOperand {
  const { build, probe } = emitter;
  const sites = (probe?.targets ?? []).flatMap((target) =>
    target.kind === "uprobe" ? target.locations : [],
  );
  const [first, ...others] = sites;
  invariant(first !== undefined, "user probes have a place");
  if (others.length === 0) return constant("i64", first.offset);
  const hit = build.once("cookie", () => build.helper("get_attach_cookie", [emitter.context()]));
  const result = build.local("site", "i64");
  build.write(result, constant("i64", first.offset));
  for (const { offset, cookie } of others) {
    build.when(build.compare("eq", hit, constant("i64", cookie ?? 0n)), () => {
      build.write(result, constant("i64", offset));
    });
  }
  return build.read(result);
}
