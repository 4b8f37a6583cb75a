/** Settings that the extension itself reads; their meaning and defaults stand in the server's table. */

import { type Uri, workspace } from "vscode";

export type Shown = "panel" | "terminal" | "both";

export interface RunSettings {
  readonly show: Shown;
  /** Undefined for never. */
  readonly mapInterval: number | undefined;
  /** Path of the bpftrace that runs scripts; undefined for our own loader. */
  readonly bpftrace: string | undefined;
}

export function runSettings(uri: Uri | undefined): RunSettings {
  const given = workspace.getConfiguration("probewright.run", uri ?? null);
  const interval = given.get<number>("mapInterval", 0);
  return {
    show: given.get<Shown>("show", "panel"),
    mapInterval: interval > 0 ? interval : undefined,
    bpftrace:
      given.get<string>("tool") === "bpftrace" ? given.get<string>("bpftracePath", "bpftrace") : undefined,
  };
}
