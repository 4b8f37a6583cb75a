/** A `probewright` for editors to start that writes down what they and the server say to each other. */

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { PATIENCE_MS } from "../../harness/patience.ts";
import { executable } from "../../lsp/client.ts";
import { judge, type Recorded } from "../../lsp/schema/recording.ts";

const recorder = fileURLToPath(new URL("../../lsp/recorder.ts", import.meta.url));

/** Writes the executable into a folder; each server that it starts has a recording of its own. @returns its path */
export function recordingExecutable(folder: string): string {
  const path = join(folder, "probewright");
  const tsx = new URL(import.meta.resolve("tsx")).href;
  mkdirSync(join(folder, "recordings"), { recursive: true });
  const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");
  const lines = [
    "#!/bin/sh",
    `[ "$1" = lsp ] || exec ${quoted([process.execPath, executable])} "$@"`,
    // No exec: an editor that kills what it started, right after its last words, kills the shell, and they are still heard.
    `${quoted([process.execPath, "--conditions=source", "--import", tsx, recorder])} "${folder}/recordings/$$"`,
  ];
  writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o755 });
  return path;
}

/** What was said, a list for each server, once all have ended. */
export async function recordingsOf(folder: string): Promise<readonly (readonly Recorded[])[]> {
  const recordings = join(folder, "recordings");
  const unfinished = (): readonly string[] =>
    readdirSync(recordings).filter((name) => name.endsWith(".part"));
  const end = Date.now() + PATIENCE_MS;
  while (unfinished().length > 0 && Date.now() < end) await sleep(50);
  assert.deepEqual(unfinished(), [], "every server ends with its editor");
  return readdirSync(recordings).map(
    (name) =>
      readFileSync(join(recordings, name), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Recorded), // the recorder's own lines
  );
}

/** Every message of the server is of the protocol's types, and every request to it has its answer. */
export function assertByTheBook(messages: readonly Recorded[]): void {
  const problems = judge(messages, "server");
  // Some editors kill the server without waiting for the answer to `shutdown`; lsp/manners.test.ts shows that it comes.
  assert.deepEqual(
    problems.filter((each) => !/^shutdown .* has no answer$/.test(each)),
    [],
  );
}
