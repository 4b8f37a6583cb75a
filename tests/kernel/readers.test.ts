/** A reader that takes nothing, and a terminal that goes away: the run stays in hand, and what it knows is not lost. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { PATIENCE_MS } from "../harness/patience.ts";
import { unmet } from "../harness/needs.ts";
import { sendSignal, start } from "./execute.ts";
import { loadedPrograms, newPrograms, openWorkshop, stillLoaded, type Workshop } from "./workload.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable");
const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

/** More than a pipe takes. */
const talkative =
  'begin { for ($i : 0..4000) { printf("a line of text that nobody reads: %d\\n", $i); } } interval:s:60 { } end { printf("the end\\n"); }';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Piped {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly stderr: () => string;
  readonly attached: Promise<void>;
  readonly ended: Promise<number | null>;
  /** Takes everything from the pipe, to its end. */
  readonly read: () => string;
  readonly leave: () => void;
}

/** Runs a script into a pipe that is read only when the test says so. */
function intoPipe(program: string): Piped {
  const path = join(shop.folder, `pipe-${Math.random().toString(36).slice(2)}`);
  execFileSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  const child = spawn(process.execPath, [executable, "run", "-e", program], {
    stdio: ["ignore", writer, "pipe"],
  });
  closeSync(writer);
  let stderr = "";
  const attached = new Promise<void>((resolve) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
      if (stderr.includes("Attached")) resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    kill: (signal) => child.kill(signal),
    stderr: () => stderr,
    attached,
    ended: new Promise((resolve) => {
      child.on("close", resolve);
    }),
    read: () => execFileSync("cat", [path], { encoding: "utf8" }),
    leave: () => {
      closeSync(reader);
    },
  };
}

for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  test(`a second ${signal} ends a run whose output nobody takes, and says what is lost`, {
    skip,
  }, async () => {
    const before = loadedPrograms();
    const run = intoPipe(talkative);
    await run.attached;
    await sendSignal(run, signal);
    await pause(800);
    await sendSignal(run, signal);
    assert.equal(await run.ended, status);
    assert.match(run.stderr(), /ended at once: output that was not written yet is lost/);
    assert.deepEqual(await stillLoaded(newPrograms(before, /^interval_/)), []);
    run.leave();
  });

test("a reader that reads on gets everything, in order, also after the run was asked to end", {
  skip,
}, async () => {
  const run = intoPipe(talkative);
  await run.attached;
  run.kill("SIGINT");
  await pause(300);
  const lines = run.read().split("\n");
  assert.equal(await run.ended, 0);
  const numbers = lines.flatMap((line) => /: (\d+)$/.exec(line)?.[1] ?? []);
  assert.deepEqual(
    numbers,
    Array.from({ length: 4000 }, (_, index) => index.toString()),
  );
  assert.ok(lines.includes("the end"));
  run.leave();
});

test("a terminal that is closed ends the run in good order: the file has its maps", {
  skip: unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "script"),
}, async () => {
  const file = join(shop.folder, "closed-terminal");
  const before = loadedPrograms();
  const program = 'interval:ms:10 { @ticks = count(); printf("tick\\n"); } end { printf("the end\\n"); }';
  const command = `'${process.execPath}' '${executable}' run -o '${file}' -e '${program}'`;
  const terminal = spawn("script", ["-qec", command, "/dev/null"], { stdio: ["pipe", "ignore", "ignore"] });
  const text = (): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const written = async (part: RegExp): Promise<void> => {
    const deadline = Date.now() + PATIENCE_MS;
    while (!part.test(text()) && Date.now() < deadline) await pause(50);
  };
  await written(/tick/);
  terminal.kill("SIGKILL");
  await written(/@ticks: \d+\n/);
  assert.match(text(), /the end\n\n\n@ticks: \d+\n/);
  assert.deepEqual(await stillLoaded(newPrograms(before, /^interval_/)), []);
});

test("without a terminal a run outlives one, as nohup has it", { skip }, async () => {
  const running = start(["run", "-e", 'interval:ms:10 { @ticks = count(); printf("tick %d\\n", nsecs); }']);
  await running.seen("tick");
  running.child.kill("SIGHUP");
  await pause(300);
  assert.equal(running.child.exitCode ?? running.child.signalCode, null);
  running.child.kill("SIGINT");
  assert.equal((await running.done).code, 0);
});
