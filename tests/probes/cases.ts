/** All cases, by probe type in the order of the compiler's table. */

import type { ProbeCase } from "./case.ts";
import { kernelCases } from "./cases/kernel.ts";
import { ownCases } from "./cases/own.ts";
import { perfCases } from "./cases/perf.ts";
import { typedCases } from "./cases/typed.ts";
import { usdtCases } from "./cases/usdt.ts";
import { userCases } from "./cases/user.ts";

export const probeCases: readonly ProbeCase[] = [
  ...ownCases,
  ...kernelCases,
  ...typedCases,
  ...userCases,
  ...usdtCases,
  ...perfCases,
];
