/** Commands of `system()`, run one after the other. */

import { spawn } from "node:child_process";

export interface CommandResult {
  /** Everything it wrote to its output. */
  readonly bytes: Buffer;
  /** How it failed, as what follows its name in a sentence. */
  readonly failure?: string;
}

/** Runs `sh -c command`. */
export function runCommand(command: string): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", command], { stdio: ["ignore", "pipe", "inherit"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => parts.push(chunk));
    child.on("error", (error) => {
      resolve({ bytes: Buffer.alloc(0), failure: `could not be started: ${error.message}` });
    });
    child.on("close", (code, signal) => {
      const bytes = Buffer.concat(parts);
      if (code === 0) resolve({ bytes });
      else if (signal !== null) resolve({ bytes, failure: `was ended by ${signal}` });
      else resolve({ bytes, failure: `ended with status ${code}` });
    });
  });
}
