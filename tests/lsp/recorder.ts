/**
 * Stands between an editor and the language server and writes down what they say, a JSON object a line:
 *
 *     node --conditions=source --import tsx tests/lsp/recorder.ts LOG [arguments of `probewright lsp --stdio`]
 *
 * `readRecording` reads it, `judge` of schema/recording.ts says whether it is by the book.
 */

import { spawn } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Recorded } from "./schema/recording.ts";
import { splitMessages } from "./wire.ts";

const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));

const [log, ...args] = process.argv.slice(2);
if (log === undefined) throw new Error("name the file to record to");
writeFileSync(log, "");

const note = (from: Recorded["from"]): ((text: string) => void) => {
  return (text) => {
    appendFileSync(log, `{"from":"${from}","message":${text}}\n`);
  };
};
const server = spawn(process.execPath, [executable, "lsp", "--stdio", ...args], {
  stdio: ["pipe", "pipe", "inherit"],
});
const fromClient = splitMessages(note("client"));
const fromServer = splitMessages(note("server"));
process.stdin.on("data", (bytes: Buffer) => {
  fromClient.push(bytes);
  server.stdin.write(bytes);
});
process.stdin.on("end", () => {
  server.stdin.end();
});
server.stdin.on("error", () => undefined);
server.stdout.on("data", (bytes: Buffer) => {
  fromServer.push(bytes);
  process.stdout.write(bytes);
});
server.on("exit", (code) => {
  process.exit(code ?? 1);
});
