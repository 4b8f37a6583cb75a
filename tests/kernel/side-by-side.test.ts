/** Scripts of every style by bpftrace and by us on the same workload: the same text, but for what differs from run to run. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { toolPaths, unmet } from "../harness/needs.ts";
import { PATIENCE_MS } from "../harness/patience.ts";
import { buildPrograms } from "../programs/build.ts";

const skip = unmet("linux", "root", "bpf", "gcc", "loader", "llvm-bindings", "executable", "bpftrace");

const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));

/** By style; values of maps are 64 bits wide, as narrower ones are not sorted there (docs/differences.md). `args` go before the script. */
const scripts: Readonly<Record<string, { readonly script: string; readonly args?: readonly string[] }>> = {
  "printf of every conversion": {
    script:
      'begin { printf("%d %i %u %x %X %o %c %5d|%-5d|%05d %s %p %llx %hhd\\n", -1, 2, 3, 255, 255, 8, 65, 4, 5, 6, "text", 4096, -1, 300); exit(); }',
  },
  "printf of zero in other bases": {
    script: 'begin { printf("%#o %#x %#X %o %#hho %#3o|%p\\n", 0, 0, 0, 0, 256, 0, 0); exit(); }',
  },
  "widths of values made of parts": {
    script:
      'begin { printf("%10s|%-10s|%10s|%-10s|%9s|%-9s|%2s\\n", (1, 2), (1, 2), (a=1), (a=1), pton("1.2.3.4"), pton("1.2.3.4"), (3, 4)); exit(); }',
  },
  "values of every type": {
    script:
      'begin { print(1); print(-1); print("text"); print((1, "two", (3, 4))); print(true); print((uint8)255); print(buf("ab\\x01", 3)); print(macaddr("abcdef")); print(ntop(0x0100007f)); exit(); }',
  },
  "maps, sorted": {
    script:
      'begin { @a["x"] = (uint64)3; @a["y"] = (uint64)1; @a["z"] = (uint64)2; @b[1, "k"] = 5; @c = 7; @d["only"] = "text"; @e[3] = (1, 2); exit(); }',
  },
  aggregations: {
    script:
      'begin { @count = count(); @sum = sum(5); @sum = sum(-2); @min = min(4); @min = min(2); @max = max(9); @avg = avg(3); @avg = avg(6); @stats = stats(10); @stats = stats(20); @k["a"] = count(); @k["b"] = count(); @k["b"] = count(); exit(); }',
  },
  histograms: {
    script:
      'begin { @h = hist(0); @h = hist(1); @h = hist(5); @h = hist(5); @h = hist(3000); @h = hist(-4); @l = lhist(3, 0, 10, 2); @l = lhist(30, 0, 10, 2); @l = lhist(-3, 0, 10, 2); @k["one"] = hist(7); exit(); }',
  },
  "histograms of finer buckets": {
    script:
      "begin { @a = hist(5, 1); @a = hist(3000000, 1); @b = hist(900, 3); @b = hist(70000, 3); @c = hist(1 << 62, 5); @c = hist((1 << 62) + (1 << 60), 5); exit(); }",
  },
  "linear histograms with a rest below the maximum": {
    script:
      "begin { @ = lhist(50, 10, 100, 25); @ = lhist(99, 10, 100, 25); @ = lhist(100, 10, 100, 25); exit(); }",
  },
  "aggregations that were zeroed": {
    script:
      "begin { @c = count(); @a = avg(9); @m = min(3); @s = stats(4); @h = hist(5); @sum = sum(2); zero(@c); zero(@a); zero(@m); zero(@s); zero(@h); zero(@sum); print(@c); print(@h); } interval:ms:300 { @m = min(5); @a = avg(4); exit(); }",
  },
  "histograms without samples": {
    script:
      'begin { @h = hist(5); @l = lhist(1, 0, 10, 1); clear(@h); clear(@l); print(@h); print(@l); printf("done\\n"); exit(); }',
  },
  "print with top and divisor": {
    script:
      "begin { @[1] = (uint64)1000; @[2] = (uint64)3000; @[3] = (uint64)2000; print(@, 2); print(@, 2, 10); clear(@); exit(); }",
  },
  "loops and branches": {
    script:
      'begin { for ($i : 0..5) { if ($i == 1) { continue; } if ($i == 4) { break; } printf("%d ", $i); } $n = 3; while ($n > 0) { printf("w%d ", $n); $n--; } @m[1] = (uint64)10; @m[2] = (uint64)20; for ($kv : @m) { @sum = sum($kv.1); } printf("%s\\n", 1 < 2 ? "yes" : "no"); exit(); }',
  },
  strings: {
    script:
      'begin { $s = "hello world"; printf("%d %d %s %s\\n", strcontains($s, "wor"), strncmp($s, "help", 3), str($1), str("cut off", 4)); exit(); }',
  },
  "paths of control groups": {
    script:
      'begin { printf("%s\\n", cgroup_path(cgroup)); print((1, cgroup_path(cgroup, "unified"))); print(cgroup_path(123456789)); exit(); }',
  },
  "tracepoint with its fields": {
    script:
      'tracepoint:syscalls:sys_enter_openat /comm == "syscall"/ { printf("%s %d %s\\n", comm, args.flags, str(args.filename)); }',
    args: ["-c", "./testprogs/syscall openat"],
  },
  "functions of a program": {
    script:
      'uprobe:./testprogs/uprobe_symres:test { printf("%s %d\\n", func, arg0); @[probe] = count(); } uretprobe:./testprogs/uprobe_symres:test { printf("%d\\n", retval); }',
    args: ["-c", "./testprogs/uprobe_symres"],
  },
  "user stacks": {
    script:
      "config = { show_debug_info = 0 } uprobe:./testprogs/uprobe_symres:test { print(ustack(3)); print(ustack(perf, 3)); }",
    args: ["-c", "./testprogs/uprobe_symres"],
  },
  "static probes": {
    script: 'usdt:./testprogs/usdt_args:usdt_args:reg_* { printf("%s %lld\\n", probe, arg0); }',
    args: ["-c", "./testprogs/usdt_args"],
  },
  "structures of a program": {
    script:
      'struct Foo { int m; int n; } uprobe:./testprogs/simple_struct:func { $f = (struct Foo *)arg0; printf("%d %d\\n", $f->m, $f->n); print(*$f); @ = *$f; }',
    args: ["-c", "./testprogs/simple_struct"],
  },
  json: {
    script:
      'begin { @a["x"] = 1; @h = hist(5); @s = stats(4); print((1, "two")); printf("text\\n"); exit(); }',
    args: ["-q", "-f", "json"],
  },
  "json of a map with top and divisor": {
    script:
      "begin { @c[1] = (uint64)1000; @c[2] = (uint64)3000; @a[1] = avg(10); @h[1] = hist(5); @h[1] = hist(6); print(@c, 1, 10); print(@a, 1, 3); print(@h, 1, 2); exit(); }",
    args: ["-q", "-f", "json"],
  },
  "what a divisor divides": {
    script:
      'enum E { ONE = 1, TEN = 10 } begin { @a = (a=10, b=(7, "x", true)); print(@a, 5, 3); @b = TEN; print(@b, 5, 3); @c = pton("9.8.7.6"); print(@c, 5, 2); @d = (int8*)100; print(@d, 5, 3); @s = stats(-7); print(@s, 5, 2); @t[1] = stats(7); print(@t, 5, 2); @v = avg(-7); print(@v, 5, 2); exit(); }',
  },
  "enums as values, sorted": {
    script: "enum E { ONE = 1, TWO = 2, TEN = 10 } begin { @[3] = ONE; @[1] = TEN; @[2] = TWO; exit(); }",
  },
  "hardware addresses behind numbers and pointers": {
    script:
      'begin { $s = "\\x01\\x02\\x03\\x0f\\x05\\x06"; print(macaddr(&$s)); print(macaddr((uint64)&$s)); @m[macaddr((int8*)&$s)] = macaddr(0); exit(); }',
  },
  "bytes in another order": {
    script:
      'begin { print((bswap((int16)-2), bswap(0x1234567890abcdef), bswap((int8)-1), bswap((int32)5))); printf("%d\\n", bswap((int32)200)); exit(); }',
  },
  "addresses of no family": {
    script: "begin { print((ntop(3, 5), ntop(2, 5))); @a = ntop(1); print(@b[1]); @b[2] = ntop(1); exit(); }",
  },
  "commands, each with a newline behind its output": {
    script:
      'begin { system("printf x"); system("echo %s", "a"); system("true"); printf("b\\n"); exit(); } end { printf("e\\n"); }',
    args: ["--unsafe"],
  },
  "symbols of no address": {
    script: "begin { print(usym(0)); print((ksym(0), usym(1))); @[usym(0)] = 1; exit(); }",
  },
  "a filter leaves what the tool runs itself": {
    script:
      'begin { printf("begin\\n"); } interval:ms:1 { printf("no\\n"); exit(); } end { printf("end\\n"); }',
    args: ["--probe-filter", "nothing"],
  },
  "allocation flags": {
    script: 'begin { printf("%gr|%6gr|%llld %.3d\\n", 0, 1, 5, 6); exit(); }',
  },
  "json of histograms that were cleared": {
    script:
      "begin { @h = hist(5); clear(@h); print(@h); @l = lhist(5, 0, 10, 1); zero(@l); print(@l); exit(); }",
    args: ["-q", "-f", "json"],
  },
  "begin and end": {
    script: 'begin { printf("begin %d\\n", $#); exit(); } end { printf("end\\n"); }',
  },
};

/** Pids, addresses and times differ from run to run. */
function masked(text: string): string {
  return text
    .replace(/0x[0-9a-f]{5,}/g, "0xADDRESS")
    .replace(/\t[0-9a-f]{8,} /g, "\tADDRESS ")
    .replace(/\bpid \d+/g, "pid N")
    .trimEnd();
}

async function outputOf(command: readonly string[], folder: string): Promise<string> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PATIENCE_MS,
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  await new Promise((resolve) => child.on("close", resolve));
  return masked(text);
}

for (const [style, { script, args = [] }] of Object.entries(scripts)) {
  test(`bpftrace and probewright print the same: ${style}`, { skip }, async () => {
    const folder = buildPrograms();
    const rest = [...args, "-e", script, "parameter"];
    const ours = await outputOf([process.execPath, executable, "run", ...rest], folder);
    const theirs = await outputOf([toolPaths.bpftrace, ...rest], folder);
    assert.equal(ours, theirs);
  });
}
