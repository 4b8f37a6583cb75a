/** All cases, by probe type in the order of the compiler's table. */

import type { ProbeCase } from "./case.ts";
import { kernelCases } from "./cases/kernel.ts";
import { ownCases } from "./cases/own.ts";
import { perfCases } from "./cases/perf.ts";
import { userCases } from "./cases/user.ts";

export const probeCases: readonly ProbeCase[] = [...ownCases, ...kernelCases, ...userCases, ...perfCases];
