/** How each builtin's call becomes code, by the name of its row. */

import type { LoweringRow } from "../../ir/emitter.ts";
import { contextLowerings } from "./context.ts";
import { joinLowerings } from "./join.ts";
import { kernelAddressLowerings } from "./kernel-addresses.ts";
import { kernelPrintLowerings } from "./kernel-print.ts";
import { mapLowerings } from "./maps.ts";
import { outputLowerings } from "./output.ts";
import { processLowerings } from "./process.ts";
import { stringLowerings } from "./strings.ts";
import { controlLowerings } from "./control.ts";
import { parameterLowerings } from "./parameters.ts";
import { stackLowerings } from "./stacks.ts";
import { textLowerings } from "./text.ts";
import { unwindLowerings } from "./unwind.ts";
import { userAddressLowerings } from "./user-addresses.ts";
import { valueLowerings } from "./values.ts";
import { timeLowerings } from "./time.ts";

export const lowerings: Readonly<Record<string, LoweringRow>> = {
  ...contextLowerings,
  ...controlLowerings,
  ...joinLowerings,
  ...kernelAddressLowerings,
  ...kernelPrintLowerings,
  ...mapLowerings,
  ...outputLowerings,
  ...parameterLowerings,
  ...processLowerings,
  ...stackLowerings,
  ...stringLowerings,
  ...textLowerings,
  ...timeLowerings,
  ...unwindLowerings,
  ...userAddressLowerings,
  ...valueLowerings,
};
