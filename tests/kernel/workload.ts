/** Programs of ours for scripts to trace, compiled when first wanted; and the kernel's own list of what is attached. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { PATIENCE_MS } from "../harness/patience.ts";

const sources = fileURLToPath(new URL("./programs/", import.meta.url));
const loader = fileURLToPath(new URL("../../native/loader/build/probewright-loader", import.meta.url));

export interface Workshop {
  readonly folder: string;
  /** @returns the path of the program made from `programs/NAME.c` */
  readonly build: (name: string) => string;
  readonly close: () => void;
}

/** A folder for a test's programs and files, readable by all. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), "probewright-work-"));
  execFileSync("chmod", ["0755", folder]);
  const built = new Set<string>();
  return {
    folder,
    build: (name) => {
      const program = join(folder, name);
      if (!built.has(name)) execFileSync("gcc", ["-O1", "-g", "-o", program, join(sources, `${name}.c`)]);
      built.add(name);
      return program;
    },
    close: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ids of loaded programs by name, from the kernel. */
export function loadedPrograms(): ReadonlyMap<number, string> {
  const lines = execFileSync(loader, ["--list"], { encoding: "utf8" }).split("\n");
  return new Map(
    lines.flatMap((line) => {
      const [kind, id, , name = ""] = line.split(" ");
      return kind === "program" ? [[Number(id), name] as const] : [];
    }),
  );
}

/** Programs with one of these names that were not there before. */
export function newPrograms(before: ReadonlyMap<number, string>, names: RegExp): readonly number[] {
  return [...loadedPrograms()].filter(([id, name]) => !before.has(id) && names.test(name)).map(([id]) => id);
}

/** Waits for the kernel to take these programs apart, which goes on for a while after their owner is gone. @returns those that stay */
export async function stillLoaded(ids: readonly number[]): Promise<readonly number[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const loaded = loadedPrograms();
    const left = ids.filter((id) => loaded.has(id));
    if (left.length === 0 || Date.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
