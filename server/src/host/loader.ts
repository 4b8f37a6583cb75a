/** The loader of this installation, and whether it may do what it must. */

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { err, ok, type Result } from "@probewright/compiler";

import type { Obstacle } from "./obstacle.ts";

export function loaderPath(): string {
  return (
    process.env["PROBEWRIGHT_LOADER"] ??
    fileURLToPath(new URL("../../../native/loader/build/probewright-loader", import.meta.url))
  );
}

/**
 * The command that starts the loader with enough privilege: as it is for root, or when the file carries capabilities
 * that let this user load programs.
 */
export function loaderCommand(): Result<readonly [string, ...string[]], Obstacle> {
  const path = loaderPath();
  if (process.platform !== "linux") {
    return err({
      message: "scripts run on Linux only",
      advice: ["check and stack work here; run the script on the machine you want to trace"],
    });
  }
  if (!existsSync(path)) return err(isClone() ? notBuilt : notPackaged);
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return err({
      message: `you may not execute the loader ${path}`,
      advice: ["join the group that owns it, or run as root: sudo probewright run …"],
      rootHelps: true,
    });
  }
  if (process.geteuid?.() === 0 || hasCapabilities(path)) return ok([path]);
  return err({
    message: "loading BPF programs needs privilege, and this user has none",
    advice: [
      "run as root: sudo probewright run …",
      "or give the loader capabilities once: probewright doctor shows the commands",
    ],
    rootHelps: true,
  });
}

const notBuilt: Obstacle = {
  message: "the loader is not built",
  advice: ["npm run setup builds it, or says what is missing"],
};

const notPackaged: Obstacle = {
  message: "this package has no loader: it checks scripts, and runs none",
  advice: [
    "install the package for Linux on x86-64",
    "or use the command of a clone: npm start there builds it; in VS Code name it in probewright.server.path",
  ],
};

/** Whether this is the repository rather than a package of it. */
function isClone(): boolean {
  return existsSync(fileURLToPath(new URL("../../../scripts/setup.sh", import.meta.url)));
}

/** File capabilities show in an extended attribute that Node cannot read; a file owned by root with a group's execute bit is the sign. */
function hasCapabilities(path: string): boolean {
  const { uid, mode } = statSync(path);
  return uid === 0 && (mode & 0o007) === 0 && (mode & 0o010) !== 0;
}
