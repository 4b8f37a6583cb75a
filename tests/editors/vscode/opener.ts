/** Programs that open files all the time, so that a machine at rest has something to trace. */

import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Opener {
  readonly pid: number;
  readonly end: () => void;
}

/** Starts one under a name of its own. */
export function startOpener(name: string): Opener {
  const folder = mkdtempSync(join(tmpdir(), "probewright-opener-"));
  copyFileSync("/bin/bash", join(folder, name));
  const work = "while sleep 0.05; do : < /etc/hostname; done";
  const child = spawn(join(folder, name), ["-c", work], { stdio: "ignore" });
  return {
    pid: child.pid ?? 0,
    end: () => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    },
  };
}
