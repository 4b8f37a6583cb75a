/** What processes map is told before the events that they make, also of those that are gone. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { afterEach, before, test } from "node:test";

import { attach, burst, onTracepoint, refusal } from "./testing/attaching.ts";
import { endLoaders } from "./testing/client.ts";
import { numberOf, Payload, text } from "./testing/frames.ts";
import { buildLoader, cannotLoad, startProbes } from "./testing/probes.ts";

before(buildLoader);
afterEach(endLoaders);

const skip = cannotLoad();
const EEXIST = 17;
const EPERM = 1;

interface Told {
  readonly kind: number;
  readonly pid: number;
  readonly parent?: number;
  readonly path?: string;
  readonly offset?: bigint;
  readonly length?: bigint;
  readonly buildId?: Buffer;
}

function readTold(payload: Payload): readonly Told[] {
  const told: Told[] = [];
  while (payload.left() > 0) {
    const kind = payload.u16();
    payload.u64();
    const pid = payload.u32();
    if (kind === numberOf("MAPPING_FORK")) told.push({ kind, pid, parent: payload.u32() });
    else if (kind === numberOf("MAPPING_MAP")) {
      payload.u64();
      const [length, offset] = [payload.u64(), payload.u64()];
      told.push({ kind, pid, length, offset, path: payload.text(), buildId: payload.bytes() });
    } else told.push({ kind, pid });
  }
  return told;
}

test("a program that is gone was forked, and mapped its own file and the dynamic linker", {
  skip,
}, async () => {
  const host = await startProbes([burst]);
  await host.request("WATCH_MAPPINGS");
  await host.request("SEAL");
  execFileSync("true");
  await host.request("STOP_EVENTS");
  const told = host.frames
    .filter(({ type }) => type === numberOf("NOTICE_MAPPINGS"))
    .flatMap(({ payload }) => readTold(new Payload(payload)));

  const program = realpathSync("/bin/true");
  const mapped = told.find(({ path, length }) => path === program && (length ?? 0n) > 0n);
  assert.ok(mapped !== undefined, `${program} is told`);
  const linker = told.find(({ pid, path }) => pid === mapped.pid && /\/ld-[^/]*$/.test(path ?? ""));
  assert.equal((linker?.offset ?? -1n) % 4096n, 0n);
  const fork = told.find(({ kind, pid }) => kind === numberOf("MAPPING_FORK") && pid === mapped.pid);
  assert.equal(fork?.parent, process.pid);
});

test("watching is asked for once, before the loader is sealed", { skip }, async () => {
  const host = await startProbes([onTracepoint]);
  await host.request("WATCH_MAPPINGS");
  assert.equal((await refusal(host.request("WATCH_MAPPINGS"))).errno, EEXIST);
  await attach(host, 1, "on_tracepoint", 1n, "TRACEPOINT", text("syscalls"), text("sys_enter_getppid"));
  await host.request("STOP_EVENTS");
  await host.request("SEAL");
  assert.equal((await refusal(host.request("WATCH_MAPPINGS"))).errno, EPERM);
});
