/**
 * Stands between an editor and the language server and writes down what they say, a JSON object a line:
 *
 *     node --conditions=source --import tsx tests/lsp/recorder.ts LOG [arguments of `probewright lsp --stdio`]
 *
 * It is called `LOG.part` until the server has ended. `judge` of schema/recording.ts says whether it is by the book.
 */

import { spawn } from "node:child_process";
import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Recorded } from "./schema/recording.ts";
import { splitMessages } from "./wire.ts";

const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));

const [log, ...args] = process.argv.slice(2);
if (log === undefined) throw new Error("name the file to record to");
const part = `${log}.part`;
writeFileSync(part, "");

const note = (from: Recorded["from"]): ((text: string) => void) => {
  return (text) => {
    appendFileSync(part, `{"from":"${from}","message":${text}}\n`);
  };
};
// A terminal that closes behind its editor hangs up on both before the editor's last words are read.
process.on("SIGHUP", () => undefined);
const server = spawn(process.execPath, [executable, "lsp", "--stdio", ...args], {
  stdio: ["pipe", "pipe", "inherit"],
  detached: true,
});
process.on("SIGTERM", () => server.kill());
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
process.stdout.on("error", () => undefined);
server.on("exit", (code) => {
  renameSync(part, log);
  process.exit(code ?? 1);
});
