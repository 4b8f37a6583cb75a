/** A host that attaches a tracepoint, prints the loader's pid, and waits to be killed. For life.test.ts. */

import { setTimeout as sleep } from "node:timers/promises";

import { numberOf, text, u16, u32, u64 } from "./frames.ts";
import { programType, startProbes } from "./probes.ts";

const host = await startProbes([{ name: "on_tracepoint", type: programType.tracepoint }]);
const kind = u16(numberOf("ATTACH_TRACEPOINT"));
await host.request(
  "ATTACH",
  u32(1),
  text("on_tracepoint"),
  u64(0n),
  kind,
  text("sched"),
  text("sched_switch"),
);
process.stdout.write(`${host.child.pid ?? 0}\n`);
await sleep(60_000);
