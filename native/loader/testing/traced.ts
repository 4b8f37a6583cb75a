/** A running C program with a function to trace. */

import { execFileSync, spawn, type ChildProcessByStdio } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";

const source = new URL("traced.c", import.meta.url).pathname;

export class TracedProgram {
  readonly path: string;
  /** File offsets of the function `traced` and of its semaphore. */
  functionOffset = 0n;
  semaphoreOffset = 0n;
  /** Where in memory the variable `watched` is. */
  watchedAddress = 0n;
  private readonly folder: string;
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: Interface;

  private constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "probewright-traced-"));
    this.path = join(this.folder, "traced");
    execFileSync("gcc", ["-O1", "-o", this.path, source]);
    this.child = spawn(this.path, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout });
  }

  static async start(): Promise<TracedProgram> {
    const program = new TracedProgram();
    const [functionOffset = "", semaphoreOffset = "", watchedAddress = ""] = (await program.line()).split(
      " ",
    );
    program.functionOffset = BigInt(functionOffset);
    program.semaphoreOffset = BigInt(semaphoreOffset);
    program.watchedAddress = BigInt(watchedAddress);
    return program;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  private async line(): Promise<string> {
    return new Promise((resolve) => this.lines.once("line", resolve));
  }

  /** Lets it call the function 3 times. @returns the semaphore's value meanwhile */
  async call(): Promise<number> {
    const answer = this.line();
    this.child.stdin.write("\n");
    return Number((await answer).split(" ")[1]);
  }

  end(): void {
    this.child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true });
  }
}
