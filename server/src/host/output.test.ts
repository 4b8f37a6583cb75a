/** What is said stands in its place among the lines, and is waited for like them. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { createOutput, createSpokenOutput, type BufferedOutput } from "./output.ts";

const folder = mkdtempSync(join(tmpdir(), "output-"));
after(() => {
  rmSync(folder, { recursive: true });
});

const nobodyWaits = (): void => undefined;

function outputTo(descriptor: number): BufferedOutput {
  const onFailure = (): never => assert.fail("nothing is wrong with the file");
  return createOutput({ descriptor, buffering: "line", onFailure, onWait: nobodyWaits });
}

test("what is said comes between the lines that were printed before and after it", async () => {
  const path = join(folder, "both");
  const descriptor = openSync(path, "w");
  const output = outputTo(descriptor);
  const spoken = createSpokenOutput(output, { outputTo: descriptor, descriptor, onWait: nobodyWaits });
  output.write("before\n");
  spoken.write("said\n");
  output.write("after\n");
  await output.close();
  await spoken.close();
  closeSync(descriptor);
  assert.equal(readFileSync(path, "utf8"), "before\nsaid\nafter\n");
});

test("a reader that does not take what is said is waited for, and gets all of it", async () => {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const descriptor = openSync(path, constants.O_WRONLY);
  const lines = openSync(join(folder, "lines"), "w");
  const waits: boolean[] = [];
  const spoken = createSpokenOutput(outputTo(lines), {
    outputTo: lines,
    descriptor,
    onWait: (waiting) => waits.push(waiting),
  });
  const said = Array.from({ length: 20_000 }, (_, number) => `said ${number}\n`);
  for (const each of said) spoken.write(each);
  assert.deepEqual(waits, [true]);
  let heard = "";
  const buffer = Buffer.alloc(1 << 16);
  const taking = setInterval(() => (heard += takeFrom(reader, buffer)), 1);
  await spoken.close();
  clearInterval(taking);
  heard += takeFrom(reader, buffer);
  assert.equal(heard, said.join(""));
  assert.equal(waits.at(-1), false);
  [reader, descriptor, lines].forEach(closeSync);
});

/** What is in the pipe now. */
function takeFrom(reader: number, buffer: Buffer): string {
  try {
    return buffer.toString("utf8", 0, readSync(reader, buffer));
  } catch {
    return "";
  }
}
