/** Lowering of clocks. */

import { effect, scalar, type LoweringRow } from "../../ir/emitter.ts";
import type { HelperName } from "../../ir/helpers.ts";
import { textArgument } from "./arguments.ts";

const clocks: Readonly<Record<string, HelperName>> = {
  boot: "ktime_get_boot_ns",
  monotonic: "ktime_get_ns",
  tai: "ktime_get_tai_ns",
  sw_tai: "ktime_get_boot_ns",
};

export const timeLowerings = {
  nsecs: scalar((emitter, { detail }) => {
    const { build } = emitter;
    const mode = detail.kind === "clock" ? detail.mode : "boot";
    const now = build.helper(clocks[mode] ?? "ktime_get_boot_ns", []);
    return mode === "sw_tai" ? build.binary("add", now, emitter.patched({ kind: "tai-offset" })) : now;
  }),
  elapsed: scalar((emitter) => {
    const { build } = emitter;
    return build.binary(
      "sub",
      build.helper("ktime_get_boot_ns", []),
      emitter.patched({ kind: "start-time" }),
    );
  }),
  jiffies: scalar(({ build }) => build.helper("jiffies64", [])),
  time: effect((emitter, call) => {
    emitter.event({ kind: "time", format: textArgument(call, 0) ?? "%H:%M:%S\n" }, []);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;
