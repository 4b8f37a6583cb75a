/** Small questions to the running machine. */

import { readFileSync } from "node:fs";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and not ours.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether a system call filter holds us, as it does in most containers. */
export function isFiltered(): boolean {
  try {
    return /^Seccomp:\s+[12]$/m.test(readFileSync("/proc/self/status", "utf8"));
  } catch {
    // Without /proc it cannot be told.
    return false;
  }
}

/** What to do about a system call filter. */
export const OPEN_FILTER =
  "a system call filter holds this process, as in a container: allow bpf and perf_event_open there (docker: --security-opt seccomp=unconfined), or run it on the host";

export function readFile(
  path: string,
  limit: number,
): { readonly bytes: Buffer } | { readonly error: string } {
  try {
    return { bytes: readFileSync(path).subarray(0, limit) };
  } catch (error) {
    return { error: failureText(error) };
  }
}

/** Why a file could not be read or written, for people. */
export function failureText(error: unknown): string {
  return error instanceof Error ? reasonIn(error.message) : "no reason given";
}

/** `ENOENT: no such file or directory, open '/x'` without what the reader knows already. */
function reasonIn(message: string): string {
  return /^E[A-Z0-9]+: (.*?)(?:, .*)?$/.exec(message)?.[1] ?? message;
}
