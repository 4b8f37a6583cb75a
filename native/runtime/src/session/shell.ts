/** Commands of `system()`, run one after the other. */

import { spawn } from "node:child_process";

/** Runs `sh -c command`. @returns everything it wrote to its output, or the reason it could not run */
export function runCommand(command: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", command], { stdio: ["ignore", "pipe", "inherit"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => parts.push(chunk));
    child.on("error", (error) => {
      resolve(Buffer.from(`system: ${error.message}\n`));
    });
    child.on("close", () => {
      resolve(Buffer.concat(parts));
    });
  });
}
