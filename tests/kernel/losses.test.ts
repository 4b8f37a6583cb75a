/** Nothing is lost silently: what a workload did, what arrived and what was reported lost add up, whatever gets in the way. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { execute, start, type Execution } from "./execute.ts";
import { openWorkshop, type Workshop } from "./workload.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "gcc");

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

const COUNT = 200_000;
const onCalls = "tracepoint:syscalls:sys_enter_close /pid == cpid && (int32)args.fd < 0/";
const numbered = `${onCalls} { printf("%d\\n", (int32)args.fd); }`;

/** The exit summary, however it is spelt at the end of standard error. */
function books({ stderr }: Execution): {
  readonly produced: number;
  readonly delivered: number;
  readonly lost: number;
} {
  const match = /(\d+) events? produced = (\d+) delivered \+ (\d+) lost/.exec(stderr);
  assert.ok(match !== null, stderr);
  return { produced: Number(match[1]), delivered: Number(match[2]), lost: Number(match[3]) };
}

interface JsonLine {
  readonly type: string;
  readonly sites?: unknown;
  readonly data?: object;
}

/** The numbers of the calls that were printed; each may come once, and in order. */
function assertSequence(text: string): number {
  const numbers = text
    .split("\n")
    .filter((line) => line !== "")
    .map(Number);
  let last = 0;
  for (const number of numbers) {
    assert.ok(number < last, `${number.toString()} after ${last.toString()}`);
    last = number;
  }
  return numbers.length;
}

test("a flood to a file arrives whole, or its losses are counted exactly", { skip }, async () => {
  const out = join(shop.folder, "flood.txt");
  const run = await execute([
    ...["run", "-v", "-o", out, "-e", numbered],
    ...["-c", `${shop.build("flood")} ${COUNT.toString()}`],
  ]);
  assert.equal(run.code, 0, run.stderr);
  const { produced, delivered, lost } = books(run);
  assert.equal(produced, COUNT);
  assert.equal(produced, delivered + lost);
  assert.equal(assertSequence(readFileSync(out, "utf8")), delivered);
});

test("a tiny ring buffer loses, says where, and adds up; --max-loss 0 makes that an error", {
  skip,
}, async () => {
  const run = await execute([
    ...["run", "--max-loss", "0", "-e", `config = { perf_rb_pages = 1 } ${numbered}`],
    ...["-c", `${shop.build("flood")} ${COUNT.toString()}`],
  ]);
  const { produced, delivered, lost } = books(run);
  assert.ok(lost > 0);
  assert.equal(produced, COUNT);
  assert.equal(produced, delivered + lost);
  assert.equal(assertSequence(run.stdout), delivered);
  assert.match(run.stderr, /stdin:1:\d+: lost \d+ events of printf: the ring buffer was full/);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /more than --max-loss 0/);
});

test("a reader that stops for a while costs only what is counted", { skip }, async () => {
  const fifo = join(shop.folder, "slow");
  execFileSync("mkfifo", [fifo]);
  const reader = createReadStream(fifo, { highWaterMark: 1 << 16 });
  let text = "";
  reader.on("data", (chunk) => {
    text += chunk.toString();
    reader.pause();
    setTimeout(() => reader.resume(), 5);
  });
  const ended = once(reader, "end");
  const run = await execute([
    ...["run", "-o", fifo, "-e", `config = { perf_rb_pages = 16 } ${numbered}`],
    ...["-c", `${shop.build("flood")} ${COUNT.toString()}`],
  ]);
  await ended;
  const { produced, delivered, lost } = books(run);
  assert.equal(produced, COUNT);
  assert.equal(produced, delivered + lost);
  assert.equal(assertSequence(text), delivered);
});

test("a run that stood still for seconds goes on and still adds up", { skip }, async () => {
  const running = start([
    ...["run", "-v", "-e", `config = { perf_rb_pages = 16 } ${numbered}`],
    ...["-c", `${shop.build("flood")} ${COUNT.toString()} 100000`],
  ]);
  await running.seen("Attached 1 probe");
  running.child.kill("SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 3000));
  running.child.kill("SIGCONT");
  const run = await running.done;
  const { produced, delivered, lost } = books(run);
  assert.equal(produced, COUNT);
  assert.equal(produced, delivered + lost);
  assert.equal(assertSequence(run.stdout), delivered);
});

test("a full map loses updates by place, and no event", { skip }, async () => {
  const program = `config = { max_map_keys = 100 } ${onCalls} { @seen[args.fd] = 1; printf("%d\\n", (int32)args.fd); }`;
  const run = await execute([
    ...["run", "-v", "--max-loss", "899", "-e", program, "-c", `${shop.build("flood")} 1000`],
  ]);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /900 events and updates were lost, more than --max-loss 899/);
  assert.match(run.stderr, /stdin:1:\d+: lost 900 updates of @seen/);
  assert.equal(books(run).delivered, 1000 + (run.stderr.match(/map_update_elem/g)?.length ?? 0));
  assert.equal(run.stdout.match(/^@seen\[/gm)?.length, 100);
});

test("losses are in the JSON output: by site while they happen, and in a summary", { skip }, async () => {
  const run = await execute([
    ...["run", "-f", "json", "-e", `config = { perf_rb_pages = 1 } ${numbered}`],
    ...["-c", `${shop.build("flood")} ${COUNT.toString()}`],
  ]);
  const lines = run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JsonLine);
  const printed = lines.filter(({ type }) => type === "printf").length;
  const lost = lines.find(({ type }) => type === "lost_events");
  assert.ok(Array.isArray(lost?.sites), run.stdout.slice(-1000));
  const summary = lines.at(-1);
  assert.ok(summary?.type === "summary");
  assert.deepEqual(
    { ...summary.data, missed_runs: [], losses: [] },
    { produced: COUNT, delivered: printed, lost: COUNT - printed, missed_runs: [], losses: [] },
  );
});

test("strings that were cut off and memory that could not be read are told at the end", {
  skip,
}, async () => {
  const cut =
    'config = { max_strlen = 8 } tracepoint:syscalls:sys_enter_openat /pid == cpid/ { printf("%s\\n", str(args.filename)); }';
  const short = await execute(["run", "-e", cut, "-c", "/bin/cat /etc/hostname"]);
  assert.match(short.stdout, /^\/etc\/hos\.\.$/m);
  assert.match(short.stderr, /stdin:1:\d+: \d+ strings? (was|were) cut off/);
  const unread = await execute(["run", "-e", 'begin { printf("%s\\n", str((uint8*)16)); }']);
  assert.match(unread.stderr, /stdin:1:\d+: 1 read of memory failed/);
});

test("an exit whose event found no room is heard", { skip }, async () => {
  const busy = spawn(shop.build("flood"), ["100000000"], { stdio: "ignore" });
  const program = `config = { perf_rb_pages = 1 } tracepoint:syscalls:sys_enter_close { printf("%d\\n", args.fd); @n++; if (@n > 100000) { exit(3); } }`;
  const run = await execute(["run", "-e", program]);
  busy.kill("SIGKILL");
  assert.equal(run.code, 3, run.stderr.slice(-500));
});
