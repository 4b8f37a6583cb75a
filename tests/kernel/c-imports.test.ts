/** Scripts that call functions of C files and of objects, on the kernel of this machine. */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { execute } from "./execute.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "clang");
const folder = mkdtempSync(join(tmpdir(), "c-imports-"));
after(() => {
  rmSync(folder, { recursive: true });
});

writeFileSync(join(folder, "step.h"), "#define STEP 10\nstruct pair { int first; long second; };\n");
writeFileSync(
  join(folder, "library.bpf.c"),
  `#include "step.h"
struct {
  int (*type)[1];
  int (*max_entries)[16];
  int *key;
  long *value;
} visits __attribute__((section(".maps"), used));
static void *(*lookup)(void *map, const void *key) = (void *)1;
static long (*update)(void *map, const void *key, const void *value, unsigned long flags) = (void *)2;
char LICENSE[] __attribute__((section("license"), used)) = "GPL";

static int counter;
int count_up(void) { return counter += STEP; }
char narrow(char c, unsigned short n) { return c + n; }
_Bool is_even(unsigned long n) { return n % 2 == 0; }
void store(long *to, long value) { *to = value; }
int is_in(void *map, long *key) { return lookup(map, key) != 0; }
long visit(int whom) {
  long first = 1, *seen = lookup(&visits, &whom);
  if (seen) return ++*seen;
  update(&visits, &whom, &first, 0);
  return first;
}
static struct pair both = { 3, 4 };
struct pair *find_pair(void) { return &both; }
struct odd { char name[3]; char next; int low : 3; unsigned high : 5; };
static struct odd odd = { "abc", 'd', -1, 21 };
struct odd *find_odd(void) { return &odd; }
enum color { RED, GREEN };
enum color other(enum color c) { return c == RED ? GREEN : RED; }
`,
);

async function run(body: string, definitions = ""): Promise<string> {
  const script = join(folder, "script.bt");
  writeFileSync(script, `${definitions}\nimport "library.bpf.c";\nimport "step.h";\n${body}`);
  const { code, stdout, stderr } = await execute(["run", "-q", script]);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

test("values go to C and come back", { skip }, async () => {
  const body = `begin {
    print((count_up(), count_up()));
    print(narrow(65, 300));
    print((is_even(4), is_even(5)));
    print(other(RED));
    exit();
  }`;
  // 65 + 300 is 365, of which a char keeps 109.
  assert.equal(await run(body), "(10, 20)\n109\n(true, false)\nGREEN");
});

test("C writes through pointers, reads maps of the script, and has maps of its own", { skip }, async () => {
  const body = `begin {
    let $n : int64 = 0;
    store(&$n, 42);
    @known[(int64)42] = 1;
    print(($n, is_in(&@known, &$n)));
    $n = 43;
    print(is_in(&@known, &$n));
    print((visit(7), visit(7), visit(8)));
    clear(@known);
    exit();
  }`;
  assert.equal(await run(body), "(42, 1)\n0\n(1, 2, 1)");
});

test("structures of C have their fields", { skip }, async () => {
  assert.equal(await run("begin { print((find_pair()->first, find_pair()->second)); exit(); }"), "(3, 4)");
});

test("characters end with their array, and bits are taken as they are", { skip }, async () => {
  const definition = "struct mine { char name[3]; char next; int low : 3; unsigned int high : 5; };";
  const body = `begin {
    $odd = (struct mine *)kptr(find_odd());
    @by[$odd->name] = 1;
    print(($odd->name, $odd->next, $odd->low, $odd->high));
    print(*$odd);
    print(@by["abc"]);
    clear(@by);
    exit();
  }`;
  const expected = "(abc, 100, 7, 21)\n{ .name = abc, .next = 100, .low = 7, .high = 21 }\n1";
  assert.equal(await run(body, definition), expected);
});

test("loops and functions of the script call C, too", { skip }, async () => {
  const body = `fn twice($n : int64) : int64 { return (int64)visit((int32)$n); }
  begin { for $i : 0..3 { @sum = sum(visit(1)); } print((int64)@sum); print(twice(1)); clear(@sum); exit(); }`;
  assert.equal(await run(body), "6\n4");
});

test("a library of the language needs no compiler", {
  skip: unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable"),
}, async () => {
  const program = 'import "stdlib/test"; begin { print(__always_true()); exit(); }';
  const { code, stdout } = await execute(["run", "-q", "-e", program]);
  assert.equal(code, 0);
  assert.equal(stdout.trim(), "1");
});

test("a mistake in C is told at the import, with its place in the file", { skip }, async () => {
  writeFileSync(join(folder, "broken.bpf.c"), "int f(void) {\n  return unknown_name;\n}\n");
  const script = join(folder, "broken.bt");
  writeFileSync(script, 'import "broken.bpf.c"; begin { print(f()); }');
  const { code, stdout } = await execute(["check", script]);
  assert.equal(code, 1);
  assert.match(stdout, /broken\.bt:1:8-21: error\[PW7402\]: .*broken\.bpf\.c:2:10: error: .*unknown_name/);
  assert.equal(stdout.match(/error\[/g)?.length, 1);
});

/** Its map has the name of one that every script has; a field of the kernel is looked up where it is loaded. */
const object = `
struct task_struct { int tgid; } __attribute__((preserve_access_index));
static void *(*current)(void) = (void *)158;
static void *(*lookup)(void *map, const void *key) = (void *)1;
static long (*update)(void *map, const void *key, const void *value, unsigned long flags) = (void *)2;
struct {
  int (*type)[1];
  int (*max_entries)[16];
  int *key;
  long *value;
} events __attribute__((section(".maps"), used));
extern int LINUX_KERNEL_VERSION __attribute__((section(".kconfig")));
static int calls, base = 3;
int counters = 40;
const volatile int fixed = 7;
static __attribute__((noinline)) int inner(int a) { volatile char room[100]; room[a & 63] = a; return room[a & 63] + base; }
int own_tgid(void) { struct task_struct *task = current(); return task->tgid; }
int major(void) { return LINUX_KERNEL_VERSION >> 16; }
int all(int a) { calls++; return counters + fixed + inner(a) + calls; }
long seen(int whom) {
  long first = 1, *times = lookup(&events, &whom);
  if (times) return ++*times;
  update(&events, &whom, &first, 0);
  return first;
}
`;

function compile(text: string, path: string): void {
  const compiler = ["clang-19", "clang"].find((each) => spawnSync(each, ["--version"]).error === undefined);
  const flags = ["--target=bpf", "-g", "-O2", "-c", "-o", path, "-x", "c", "-"];
  execFileSync(compiler ?? "clang", flags, { input: text });
}

test("objects are linked: data, maps, fields of the kernel, calls among their functions", {
  skip,
}, async () => {
  const path = join(folder, "made.bpf.o");
  compile(object, path);
  const script = join(folder, "object.bt");
  writeFileSync(
    script,
    `import "made.bpf.o";
    import "library.bpf.c";
    fn through($n : int32) : int64 { return seen($n); }
    begin {
      print((own_tgid() == (uint32)curtask.tgid, major() > 4, all((int32)5), all((int32)5)));
      print((seen(7), seen(7), seen(8), through((int32)7)));
      print(count_up());
      exit();
    }`,
  );
  const expected = "(true, true, 56, 57)\n(1, 2, 1, 3)\n10";
  const { code, stdout, stderr } = await execute(["run", "-q", script]);
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trim(), expected);
  const packed = join(folder, "object.out");
  assert.equal((await execute(["emit", "--object", "-o", packed, script])).code, 0);
  rmSync(path);
  assert.equal((await execute(["run", "-q", packed])).stdout.trim(), expected);
});

test("the stack of an object's functions counts", { skip }, async () => {
  const path = join(folder, "deep.bpf.o");
  const body = "{ volatile char room[300]; room[a & 255] = a; return NEXT; }";
  const functions = [
    `static __attribute__((noinline)) int inner(int a) ${body.replace("NEXT", "room[a & 127]")}`,
    `int deep(int a) ${body.replace("NEXT", "inner(room[a & 127])")}`,
  ];
  compile(functions.join("\n"), path);
  const script = join(folder, "deep.bt");
  writeFileSync(script, 'import "deep.bpf.o"; begin { print(deep((int32)1)); }');
  const { code, stdout } = await execute(["check", script]);
  assert.equal(code, 1, stdout);
  assert.match(stdout, /deep\.bt:1:22-26: error\[PW76/);
});
