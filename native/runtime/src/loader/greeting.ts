/** What a loader says of itself, and of what the kernel lets it do, without a run. */

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

/** As the loader names it. */
const trials = ["program", "ring", "event", "memory", "fentry", "iter"] as const;

/**
 * What every run needs: loading programs, ring buffers, perf events; and what a kernel has and may refuse: reading its memory,
 * fentry programs, iterators.
 */
export type Trial = (typeof trials)[number];

/** Has the loader do the smallest of what runs need. @returns the errno of each, 0 for what works; empty when it cannot be started */
export function tryLoader(command: readonly [string, ...string[]]): ReadonlyMap<Trial, number> {
  const [program, ...args] = command;
  const { stdout } = spawnSync(program, [...args, "--try"], { encoding: "utf8" });
  const lines = (stdout as string | null) ?? "";
  return new Map(
    trials.flatMap((trial) => {
      const code = new RegExp(`^trial ${trial} (\\d+)$`, "m").exec(lines)?.[1];
      return code === undefined ? [] : [[trial, Number(code)]];
    }),
  );
}
