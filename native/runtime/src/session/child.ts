/** The child of `-c`: started stopped, let go when the probes are attached, ended with the run. */

import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";

import { err, ok, type Result } from "@probewright/compiler";

export interface TracedChild {
  readonly pid: number;
  /** Path of what it becomes. */
  readonly program: string;
  /** Lets the command start. */
  readonly release: () => void;
  /** Resolves when the child is gone. */
  readonly ended: Promise<void>;
  /** SIGTERM, then SIGKILL after a second. */
  readonly stop: () => Promise<void>;
}

/** Who invoked us, when that was through sudo. */
function invokingUser(): { readonly uid: number; readonly gid: number } | undefined {
  const { SUDO_UID, SUDO_GID } = process.env;
  const isId = (text: string | undefined): boolean => /^\d+$/.test(text ?? "");
  if (process.getuid?.() !== 0 || !isId(SUDO_UID) || !isId(SUDO_GID)) return undefined;
  return { uid: Number(SUDO_UID), gid: Number(SUDO_GID) };
}

/** Where a command is: as it is written, or in a folder of `PATH`. */
function findProgram(name: string): string | undefined {
  const folders = name.includes("/")
    ? [""]
    : (process.env["PATH"] ?? "").split(":").map((each) => `${each}/`);
  return folders.map((folder) => `${folder}${name}`).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Makes a program die with us, as one that waits to be let go would wait for ever; and another user's, whole. */
const SETPRIV = "/usr/bin/setpriv";

function startWaiting(words: readonly string[]): ChildProcess {
  const waiting = ["-c", 'kill -STOP $$; exec "$@"', "sh", ...words];
  const stdio = "inherit";
  const user = invokingUser();
  if (!isProgram(SETPRIV)) return spawn("/bin/sh", waiting, { stdio, ...user });
  const become =
    user === undefined
      ? []
      : [`--reuid=${user.uid.toString()}`, `--regid=${user.gid.toString()}`, "--init-groups"];
  return spawn(SETPRIV, [...become, "--pdeathsig", "KILL", "/bin/sh", ...waiting], { stdio });
}

/**
 * Starts a command that waits before its first instruction, as the user who invoked us, also when that was through sudo.
 * The shell stops itself and then becomes the command, so the process id is the command's from the start.
 * @param command split at blanks; no quoting, as bpftrace does
 */
export async function startChild(command: string): Promise<Result<TracedChild, string>> {
  const [name, ...rest] = command.split(/\s+/).filter((word) => word !== "");
  if (name === undefined) return err("-c needs a command");
  const program = findProgram(name);
  if (program === undefined) return err(`there is no program '${name}' to run`);
  const child = startWaiting([program, ...rest]);
  const { pid } = child;
  if (pid === undefined) return err(`cannot start '${name}'`);
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
    program,
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
