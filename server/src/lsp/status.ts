/** What the server tells of the facts in use, and of whether scripts can run. */

import type { ServerStatus } from "../protocol.ts";
import { VERSION } from "../version.ts";
import type { Runner } from "./host.ts";
import { kernelStatus, type OpenedKernel } from "./kernels.ts";

export function statusOf(
  kernels: readonly [OpenedKernel, ...OpenedKernel[]],
  runner: Runner | undefined,
): ServerStatus {
  const [first] = kernels;
  const obstacle = runner === undefined ? { message: "scripts do not run in a browser" } : runner.obstacle();
  return {
    kernel: first.facts.name,
    gaps: first.problem === undefined ? first.facts.gaps : [first.problem],
    kernels: kernels.map(kernelStatus),
    canRun: obstacle === undefined,
    whyNot: obstacle?.message,
    version: VERSION,
  };
}
