/** What a loader says of itself when it starts, without asking it for anything. */

import { spawnSync } from "node:child_process";

import { err, type Result } from "@probewright/compiler";
import { type LoaderReady, readReady } from "./channel.ts";
import { noticeType } from "./frames.ts";
import { FrameReader, FrameSplitter } from "./wire.ts";

/** @returns its greeting, or in words why there is none */
export function askLoader(command: readonly [string, ...string[]]): Result<LoaderReady, string> {
  const [program, ...args] = command;
  const ran = spawnSync(program, args, { input: "", stdio: ["pipe", "pipe", "pipe"] });
  if (ran.error !== undefined) return err(ran.error.message);
  let greeting: ReturnType<typeof readReady> | undefined;
  const splitter = new FrameSplitter((type, payload) => {
    if (type === noticeType.READY) greeting = readReady(new FrameReader(payload));
  });
  splitter.push(ran.stdout);
  if (greeting === undefined) return err(ran.stderr.toString("utf8").trim());
  return greeting.ok ? greeting : err(greeting.error.text);
}
