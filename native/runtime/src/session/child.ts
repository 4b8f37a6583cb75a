/** The child of `-c`: started stopped, let go when the probes are attached, ended with the run. */

import { spawn, type ChildProcess } from "node:child_process";

import { err, ok, type Result } from "@probewright/compiler";

export interface TracedChild {
  readonly pid: number;
  /** Lets the command start. */
  readonly release: () => void;
  /** Resolves when the child is gone. */
  readonly ended: Promise<void>;
  /** SIGTERM, then SIGKILL after a second. */
  readonly stop: () => Promise<void>;
}

/** Who the command runs as: the user who invoked us, also when that was through sudo. */
function invokingUser(): { readonly uid?: number; readonly gid?: number } {
  const uid = Number(process.env["SUDO_UID"]);
  const gid = Number(process.env["SUDO_GID"]);
  const throughSudo =
    process.getuid?.() === 0 &&
    Number.isInteger(uid) &&
    Number.isInteger(gid) &&
    process.env["SUDO_UID"] !== undefined;
  return throughSudo ? { uid, gid } : {};
}

/**
 * Starts a command that waits before its first instruction. The shell stops itself and then becomes the command, so
 * the process id is the command's from the start.
 * @param command split at blanks; no quoting, as bpftrace does
 */
export async function startChild(command: string): Promise<Result<TracedChild, string>> {
  const words = command.split(/\s+/).filter((word) => word !== "");
  const [program] = words;
  if (program === undefined) return err("-c needs a command");
  const child = spawn("/bin/sh", ["-c", 'kill -STOP $$; exec "$@"', "sh", ...words], {
    stdio: ["inherit", "inherit", "inherit"],
    ...invokingUser(),
  });
  const { pid } = child;
  if (pid === undefined) return err(`cannot start '${program}'`);
  const ended = new Promise<void>((resolve) => {
    child.on("exit", () => {
      resolve();
    });
    child.on("error", () => {
      resolve();
    });
  });
  await Promise.race([stopped(pid), ended]);
  return ok({
    pid,
    ended,
    release: () => {
      child.kill("SIGCONT");
    },
    stop: () => stop(child, ended),
  });
}

async function stopped(pid: number): Promise<void> {
  const { readFile } = await import("node:fs/promises");
  for (let tries = 0; tries < 2000; tries += 1) {
    const stat = await readFile(`/proc/${pid.toString()}/stat`, "utf8").catch(() => "");
    if (stat === "" || stat.includes(") T ")) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 1000);
  await ended;
  clearTimeout(timer);
}
