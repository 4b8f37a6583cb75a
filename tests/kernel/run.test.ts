/** `probewright run` on the kernel of this machine. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { execute, start } from "./execute.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable");

test("prints real opens, then the map sorted by count", { skip }, async () => {
  const program =
    'tracepoint:syscalls:sys_enter_openat { @[comm] = count(); printf("%s %s\\n", comm, str(args.filename)); } interval:s:2 { exit(); }';
  const running = start(["run", "-e", program]);
  await running.seen("Attached 2 probes");
  execFileSync("cat", ["/etc/hostname"]);
  const { code, stdout } = await running.done;
  assert.equal(code, 0);
  assert.match(stdout, /^cat \/etc\/hostname$/m);
  const counts = [...stdout.matchAll(/^@\[.*\]: (\d+)$/gm)].map((match) => Number(match[1]));
  assert.ok(counts.length > 0);
  assert.deepEqual(
    counts,
    counts.toSorted((a, b) => a - b),
  );
});

test("refuses a type error at its place, attaching nothing", { skip }, async () => {
  const { code, stdout, stderr } = await execute(["run", "-e", 'begin { $a = 1; $a = "x"; }']);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /stdin:1:\d+.*error\[PW\d{4}\]/);
  assert.match(stderr, /[~^]/);
  assert.doesNotMatch(stderr, /Attached/);
});

test("a command that fails is told of, with what it printed", { skip }, async () => {
  const program = 'begin { system("echo out; exit 3"); system("kill -9 $$"); system("true"); exit(); }';
  const { code, stdout, stderr } = await execute(["run", "--unsafe", "-e", program]);
  assert.equal(code, 0);
  assert.match(stdout, /^out$/m);
  assert.match(stderr, /^stdin:1:9-35: WARNING: system: 'echo out; exit 3' ended with status 3$/m);
  assert.match(stderr, /system: 'kill -9 \$\$' was ended by SIGKILL$/m);
  assert.doesNotMatch(stderr, /'true'/);
});

test("a listing of nothing says so, and why where that is known", { skip }, async () => {
  for (const [pattern, why] of [
    ["nosuch:x", ": there is no probe type 'nosuch'"],
    ["uprobe:/no/such/file:*", ": there is no file '/no/such/file'"],
    ["tracepoint:nosuch:*", ""],
  ] as const) {
    const { code, stdout, stderr } = await execute(["run", "-l", pattern]);
    assert.deepEqual([code, stdout, stderr], [0, "", `warning: nothing matches '${pattern}'${why}\n`]);
  }
});

test("a listing has what can be attached, and says what it leaves out", { skip }, async () => {
  const own = await execute(["run", "-l", "tracepoint:ftrace:*"]);
  assert.match(own.stderr, /^warning: nothing matches 'tracepoint:ftrace:\*'$/m);
  const { stdout, stderr } = await execute(["run", "-l", "kprobe:vfs_read"]);
  const attached = await execute(["run", "--dry-run", "-e", "kprobe:vfs_read { }"]);
  if (attached.stderr.includes("built without support for kprobe")) {
    assert.equal(stdout, "");
    assert.match(stderr, /^warning: kprobe probes are left out: .* was built without support for them$/m);
  } else assert.equal(stdout, "kprobe:vfs_read\n");
});

test("what the script lets be missing may be of a kind that the kernel does not have", { skip }, async () => {
  const rest = 'begin { print("runs"); exit(); }';
  const warned = await execute([
    "run",
    "-e",
    `config = { missing_probes = warn } kprobe:no_such_one { } ${rest}`,
  ]);
  assert.deepEqual([warned.code, warned.stdout.trim()], [0, "runs"], warned.stderr);
  assert.match(warned.stderr, /warning\[PW90\d\d\]/);
  const passed = await execute([
    "run",
    "-e",
    `config = { missing_probes = ignore } kprobe:no_such_one { } ${rest}`,
  ]);
  assert.deepEqual([passed.code, passed.stdout.trim()], [0, "runs"], passed.stderr);
});

test("an unknown tracepoint names the nearest existing one", { skip }, async () => {
  const { code, stderr } = await execute(["run", "-e", "tracepoint:syscalls:sys_enter_openta { }"]);
  assert.equal(code, 1);
  assert.match(stderr, /did you mean 'sys_enter_openat'\?/);
});

test("without privilege: one clear message with the way to get it", { skip }, async () => {
  const { code, stdout, stderr } = await execute(["run", "-e", "begin { exit(); }"], { user: 65534 });
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /privilege|may not execute/);
  assert.match(stderr, /sudo/);
  assert.doesNotMatch(stderr, /\n\s+at /);
});

test("killing the loader ends the run with a clear message, and nothing stays attached", {
  skip,
}, async () => {
  const running = start(["run", "-e", "tracepoint:sched:sched_switch { @ = count(); }"]);
  await running.seen("Attached 1 probe");
  const loader = childrenOf(running.child.pid ?? 0).find((pid) =>
    commandOf(pid).includes("probewright-loader"),
  );
  assert.ok(loader !== undefined);
  process.kill(loader, "SIGKILL");
  const { code, stderr } = await running.done;
  assert.notEqual(code, 0);
  assert.match(stderr, /the loader was ended by SIGKILL/);
  assert.equal(loadersAlive().includes(loader), false);
});

test("pid and tid of the tool's own probes are those of the process that people started", {
  skip,
}, async () => {
  const ids = "pid, tid, pid(init), tid(init)";
  const running = start([
    "run",
    "-q",
    "-e",
    `begin { printf("ids %d %d %d %d\\n", ${ids}); } self:signal:SIGUSR1 { printf("own %d\\n", pid); exit(); }`,
  ]);
  await running.seen("ids");
  // Where this runs in a pid namespace of its own, the first namespace has other numbers.
  running.child.kill("SIGUSR1");
  const { code, stdout } = await running.done;
  const own = String(running.child.pid);
  assert.equal(code, 0);
  assert.match(stdout, new RegExp(`^ids ${own} ${own} \\d+ \\d+$`, "m"));
  assert.match(stdout, new RegExp(`^own ${own}$`, "m"));
});

test("Ctrl-C prints the maps and exits with 0", { skip }, async () => {
  const running = start([
    "run",
    "-e",
    'begin { @start = 1; } interval:ms:50 { @ticks++; printf("tick\\n"); } end { printf("over\\n"); }',
  ]);
  await running.seen("tick");
  running.child.kill("SIGINT");
  const { code, stdout } = await running.done;
  assert.equal(code, 0);
  assert.match(stdout, /over/);
  assert.match(stdout, /^@start: 1$/m);
  assert.match(stdout, /^@ticks: [1-9]\d*$/m);
});

function childrenOf(pid: number): readonly number[] {
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return parent === pid ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** Programs are attached through descriptors of a loader, so no loader means nothing attached. */
function loadersAlive(): readonly number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => commandOf(pid).includes("probewright-loader"));
}

test("text of any language, and bytes that are none, come out as they were written", { skip }, async () => {
  const program = String.raw`begin {
    printf("é \xc3\xa9 %s|%r|%d\n", "日本", buf("a\xff", 2), strlen("é"));
    print("ü"); @["ö"] = "ß"; @same = "é" == "\xc3\xa9"; printf("%s %s\n", str($1), getopt("name", "ñ")); exit(); }`;
  const { code, stdout } = await execute(["run", "-q", "-e", program, "ž"]);
  assert.equal(code, 0);
  assert.equal(stdout, "é é 日本|a\\xff|2\nü\nž ñ\n\n\n@[ö]: ß\n@same: true\n");
});

test("a time series is told by the wall clock, in whole intervals", { skip }, async () => {
  const before = Date.now();
  const { code, stdout } = await execute([
    "run",
    "-q",
    "-f",
    "json",
    "-e",
    "begin { @ = tseries(3, 100ms, 5); exit(); }",
  ]);
  const after = Date.now();
  assert.equal(code, 0);
  const start = /"interval_start":"([\d-]+) ([\d:]+\.\d{3})000000"/.exec(stdout);
  const at = Date.parse(`${start?.[1] ?? ""}T${start?.[2] ?? ""}Z`);
  assert.equal(at % 100, 0);
  assert.ok(before - 200 <= at && at <= after, `${start?.[0] ?? stdout} between ${before} and ${after}`);
});

test("-d shows what the stages make: trees and the verifier's log beside the output, code in it", {
  skip,
}, async () => {
  const program = "begin { @x = 1 << 10; exit(); }";
  const trees = await execute(["run", "-d", "parse,types,verifier", "-e", program]);
  assert.equal(trees.code, 0, trees.stderr);
  assert.match(trees.stdout, /^\s*@x: 1024\s*$/);
  assert.match(trees.stderr, /^Syntax tree\n-+\nprobe\n/m);
  assert.match(trees.stderr, /^Typed program\n-+\nmap @x: int\d+/m);
  assert.match(trees.stderr, /^verifier log of begin:\n(?:.*\n)*processed \d+ insns/m);
  const code = await execute(["run", "-d", "codegen", "-d", "codegen-opt,dis", "-e", program]);
  assert.equal(code.code, 0, code.stderr);
  assert.equal(code.stdout.match(/^define .*@begin_1\(/gm)?.length, 2);
  assert.match(code.stdout, /^BPF assembly\n-+\nbegin_1 .*: \d+ instructions/m);
});

test("-d shows the tree of a script with errors too, and no run", { skip }, async () => {
  const { code, stdout, stderr } = await execute(["run", "-d", "all", "-e", "begin { print($none); }"]);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /^Syntax tree\n/);
  assert.match(stderr, /error\[PW\d{4}\]/);
});

const refusals: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  [
    "a header that is missing",
    ["--include", "nofile.h", "-e", "begin { exit(); }"],
    2,
    /no header 'nofile.h'/,
  ],
  ["C that is none", ["-e", "struct s { bad x; } begin { exit(); }"], 2, /unknown type name 'bad'/],
  [
    "a mistake of the script before one of its C",
    ["-e", "struct s { bad x; } begin { 1 +; }"],
    1,
    /error\[PW1/,
  ],
  ["a filter that is no pattern", ["--probe-filter", "(", "-e", "begin { exit(); }"], 255, /--probe-filter/],
  ["two things to list", ["-l", "a", "b"], 1, /one pattern or file/],
];

for (const [what, args, status, message] of refusals) {
  test(`exits with ${status} for ${what}`, { skip }, async () => {
    const { code, stdout, stderr } = await execute(["run", ...args]);
    assert.equal(code, status, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, message);
  });
}

test("warns of a file of kernel types that is not there, and of a colour setting without a meaning", {
  skip,
}, async () => {
  const env = { BPFTRACE_BTF: "/nonexistent/btf", BPFTRACE_COLOR: "blue" };
  const { code, stdout, stderr } = await execute(["run", "-e", "begin { print(1); exit(); }"], { env });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^1\n/);
  assert.match(stderr, /BPFTRACE_BTF: there is no file '\/nonexistent\/btf'/);
  assert.match(stderr, /BPFTRACE_COLOR is 'blue'/);
});

test("BPFTRACE_COLOR decides about colour", { skip }, async () => {
  const colored = async (value: string): Promise<boolean> => {
    const { stderr } = await execute(["run", "-e", "begin { print($none); }"], {
      env: { BPFTRACE_COLOR: value },
    });
    return stderr.includes("\x1b[31m");
  };
  assert.deepEqual(
    [await colored("always"), await colored("never"), await colored("auto")],
    [true, false, false],
  );
});

test("-k tells of reads of maps that find nothing, each at its place; without it they are zero", {
  skip,
}, async () => {
  const program =
    'begin { $a = @m[5]; @m[1] = $a; $b = @m[1]; $c = @s; @s = "x"; $d = @s; $e = @n; @n = $b; $f = @t[1]; @t[2] = (1, 2); print(($a, $b, $c, $d, $e, $f)); exit(); }';
  const told = await execute(["run", "-k", "-e", program]);
  const silent = await execute(["run", "-e", program]);
  assert.match(told.stdout, /^\(0, 0, , x, 0, \(0, 0\)\)\n/);
  assert.equal(silent.stdout, told.stdout);
  assert.doesNotMatch(silent.stderr, /WARNING/);
  const places = [...told.stderr.matchAll(/^stdin:1:(\d+)-\d+: WARNING: (.*)$/gm)].map(
    ([, column = "", message]) =>
      `${(/^@\w+/.exec(program.slice(Number(column) - 1)))?.[0] ?? column} ${message}`,
  );
  assert.deepEqual(places, [
    "@m there is no such key in @m",
    "@s @s has no value yet",
    "@n @n has no value yet",
    "@t there is no such key in @t",
  ]);
});

test("the status is that of the first exit(), and of an exit() in an end probe before that", {
  skip,
}, async () => {
  const statusOf = async (program: string): Promise<number | null> =>
    (await execute(["run", "-q", "-e", program])).code;
  assert.equal(await statusOf("begin { exit(4); } end { print(1); }"), 4);
  assert.equal(await statusOf("begin { exit(4); } end { exit(3); }"), 3);
  assert.equal(await statusOf("end { exit(5); } begin { print(1); }"), 5);
  assert.equal(await statusOf("begin { exit(7); } end { exit(); }"), 0);
  const { code } = await execute(["run", "-e", "begin { exit(); }"], { env: { BPFTRACE_LOG_SIZE: "abc" } });
  assert.equal(code, 2);
});
