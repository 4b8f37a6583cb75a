/** Suggestions at a cursor. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { complete, type Completion, type CompletionSource } from "./completion.ts";
import { documentationOf } from "./completion/resolve.ts";
import { snippets, withoutStops } from "./completion/snippets.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

function at(marked: string): readonly Completion[] {
  const { snapshot, at: offset } = open(marked, testKernel());
  return [...complete(snapshot, offset).items].sort((left, right) => (left.rank ?? 0) - (right.rank ?? 0));
}

function labels(marked: string): readonly string[] {
  return at(marked).map(({ label }) => label);
}

function find(marked: string, label: string): Completion {
  const found = at(marked).find((each) => each.label === label);
  assert.ok(found !== undefined, `no ${label} in ${labels(marked).join(" ")}`);
  return found;
}

/** The program once a suggestion is accepted. */
function accepted(marked: string, label: string): string {
  const { source, at: offset } = open(marked, testKernel());
  const item = find(marked, label);
  return source.slice(0, item.from) + (item.insert ?? item.label) + source.slice(offset);
}

test("an empty script offers probe types, whole probes and what else may stand there", () => {
  const found = labels("<|>");
  for (const label of ["kprobe", "tracepoint", "begin", "latency of a kernel function", "macro"])
    assert.ok(found.includes(label), label);
  assert.equal(accepted("kpr<|>", "kprobe"), "kprobe:");
  assert.equal(accepted("begin { }\ntra<|> { }", "tracepoint"), "begin { }\ntracepoint: { }");
  assert.ok(!labels("kprobe:f, kp<|>").includes("macro"));
});

test("kernel functions are found by some of their letters, with signature and module", () => {
  assert.deepEqual(labels("kprobe:vfs_<|>").slice(0, 3), ["vfs_open", "vfs_read", "vfs_write"]);
  assert.equal(labels("kprobe:vrd<|> { }")[0], "vfs_read");
  assert.equal(accepted("kprobe:vfs_op<|> { }", "vfs_open"), "kprobe:vfs_open { }");
  assert.match(
    find("kprobe:vfs_re<|>", "vfs_read").signature ?? "",
    /struct file \* file, char \* buf|struct file \*/,
  );
  assert.equal(find("kprobe:nfs_o<|>", "nfs_open").detail, "nfs");
  assert.equal(find("kprobe:vfs_<|>", "vfs_*").detail, "3 functions");
  assert.equal(find("kprobe:vfs_*<|>", "vfs_*").detail, "3 probes");
  assert.deepEqual(labels("fentry:nfs:<|>"), ["nfs_open"]);
  assert.ok(!labels("fentry:ksys<|>").includes("ksys_read"), "it has no prototype");
  assert.ok(labels("kprobe:ksys<|>").includes("ksys_read"));
});

test("tracepoints come in two steps, and raw ones in one", () => {
  assert.equal(find("tracepoint:<|>", "sched").detail, "2 events");
  assert.equal(accepted("tracepoint:sys<|>", "syscalls"), "tracepoint:syscalls:");
  assert.deepEqual(labels("tracepoint:sched:<|>"), ["sched_switch", "sched_wakeup"]);
  assert.equal(find("tracepoint:syscalls:sys_e<|>", "sys_enter_openat").signature, "(dfd, filename, flags)");
  assert.deepEqual(labels("rawtracepoint:sch<|>"), ["sched_switch"]);
});

test("binaries offer their functions and probes", () => {
  assert.deepEqual(labels("uprobe:/bin/b<|>"), ["/bin/bash", "/bin/busybox"]);
  assert.equal(accepted("uprobe:/bin/ba<|>", "/bin/bash"), "uprobe:/bin/bash:");
  assert.deepEqual(labels("uretprobe:/bin/bash:read<|>"), ["readline", "read_command"]);
  assert.deepEqual(labels("usdt:/bin/bash:<|>"), ["bash:start"]);
  assert.deepEqual(labels("usdt:/bin/bash:bash:<|>"), ["start"]);
  assert.equal(find("usdt:/bin/bash:<|>", "bash:start").signature, "(arg0, arg1)");
});

test("events and periods", () => {
  assert.ok(labels("software:<|>").includes("page-faults"));
  assert.ok(labels("profile:<|>").includes("hz"));
  assert.ok(labels("interval:s:<|>").includes("1"));
  assert.deepEqual(labels("watchpoint:0x1000:<|>"), ["8", "4", "2", "1"]);
  assert.deepEqual(labels("watchpoint:0x1000:8:<|>"), ["w", "rw", "x"]);
  assert.deepEqual(labels("iter:<|>"), ["task"]);
});

test("fields of args and of structs, through pointers, with their types", () => {
  const inArgs = "tracepoint:syscalls:sys_enter_openat { print(args.<|>); }";
  assert.deepEqual(labels(inArgs), ["dfd", "filename", "flags"]);
  assert.equal(find(inArgs, "filename").detail, "char *");
  const chain = "fentry:vfs_read { print(args.file->f_inode-><|>); }";
  assert.deepEqual(labels(chain), ["i_ino", "i_mode", "i_size"]);
  assert.deepEqual(labels("fentry:vfs_read { $f = args.file; print($f.f_inode.i_<|>); }"), [
    "i_ino",
    "i_mode",
    "i_size",
  ]);
  assert.deepEqual(labels("begin { $t = (1, comm); print($t.<|>); }"), ["0", "1"]);
  assert.deepEqual(labels("begin { print(1.<|>); }").includes("dfd"), false);
});

test("half-typed code without its brackets still knows the type", () => {
  assert.deepEqual(labels("fentry:vfs_read { $f = args.file; $f-><|>"), ["f_inode", "f_flags", "f_path"]);
});

test("builtins that this probe does not have are left out, and named with the reason when asked for", () => {
  const found = labels("kprobe:vfs_read { <|> }");
  assert.ok(found.includes("pid") && found.includes("printf") && found.includes("arg0"));
  assert.ok(!found.includes("args") || !found.includes("retval"));
  assert.ok(!labels("begin { <|> }").includes("arg0"));
  assert.match(
    find("kprobe:vfs_read { print(retv<|>); }", "retval").detail,
    /^not in kprobe: needs a return value/,
  );
});

test("variables in reach, maps of the whole script, parameters of a macro", () => {
  const program = `
    begin { @starts[tid] = nsecs; $other = 1; }
    end { $here = 2; print(<|>); $later = 3; }
  `;
  const found = labels(program);
  assert.ok(found.includes("$here") && found.includes("@starts"));
  assert.ok(!found.includes("$other") && !found.includes("$later"));
  assert.equal(find(program, "@starts").signature, "[uint32]");
  assert.ok(labels("macro m($v, n) { <|> }").includes("n"));
  assert.deepEqual(labels("begin { $abc = 1; print($<|>); }"), ["$abc"]);
});

test("macros, with the comment above them; those of other scripts bring their import", () => {
  const { snapshot, at: offset } = open("// Doubles.\nmacro twice(x) { x * 2 }\nbegin { print(tw<|>); }");
  const other = [{ path: "lib.bt", names: [{ name: "twenty", parameters: ["$x"] }] }];
  const { items } = complete(snapshot, offset, other);
  const own = items.find(({ label }) => label === "twice");
  assert.deepEqual([own?.signature, own?.documentation], ["(x)", "Doubles."]);
  const imported = items.find(({ label }) => label === "twenty");
  assert.deepEqual(imported?.also, [{ start: 0, end: 0, text: 'import "lib.bt";\n' }]);
});

test("settings and their values", () => {
  assert.equal(accepted("config = { max_map<|> }", "max_map_keys"), "config = { max_map_keys =  }");
  assert.deepEqual(labels("config = { missing_probes = <|> }"), ["error", "warn", "ignore"]);
  assert.ok(!labels("config = { max_strlen = 64; <|> }").includes("max_strlen"));
  assert.deepEqual(labels("config = { print_maps_on_exit = t<|> }"), ["true", "false"]);
});

test("conversions that fit the argument", () => {
  const inFormat = (text: string, value: string): readonly string[] =>
    labels(`begin { printf("${text}<|>\\n", ${value}); }`);
  assert.equal(inFormat("%", "comm")[0], "%s");
  assert.equal(inFormat("%", "nsecs")[0], "%llu");
  assert.equal(inFormat("%d %", "pid, comm")[0], "%s");
  assert.equal(inFormat("%", "(int32)1")[0], "%d");
  assert.deepEqual(inFormat("100%% ", "comm"), []);
  assert.deepEqual(labels('begin { print("%<|>"); }'), []);
});

test("conversions of times", () => {
  assert.equal(labels('begin { print(strftime("%<|>", nsecs)); }')[0], "%H");
  assert.ok(labels('begin { time("%H:%<|>"); }').includes("%M"));
  assert.deepEqual(labels('begin { time("%H:<|>"); }'), []);
  assert.deepEqual(labels('begin { print(strftime("%T", "%<|>")); }'), []);
});

test("members in calls that are not all there, or more than that", () => {
  for (const call of [
    "@ = lhist(args.<|>)",
    "lhist(args.<|>)",
    "@ = count(args.<|>)",
    "print(strftime(args.<|>))",
  ])
    assert.deepEqual(
      labels(`tracepoint:syscalls:sys_enter_openat { ${call}; }`),
      ["dfd", "filename", "flags"],
      call,
    );
});

test("types, with the kernel's behind struct", () => {
  assert.equal(labels("begin { $t = (struct tas<|>) }")[0], "task_struct");
  assert.ok(labels("begin { let $x : <|> }").includes("uint64"));
  assert.ok(labels("struct pair { int a; }\nbegin { print(sizeof(struct pa<|>)); }").includes("pair"));
  assert.deepEqual(labels("let @m = per<|>").slice(0, 2), ["hash", "lruhash"]);
});

test("nothing is offered in comments and in plain texts", () => {
  assert.deepEqual(labels("begin { // k<|>\n }"), []);
  assert.deepEqual(labels('begin { print("k<|>"); }'), []);
});

function documented(source: CompletionSource, label = ""): string | undefined {
  const { snapshot } = open("struct job { int number; char name[8]; }", testKernel());
  return documentationOf(source, label, {
    facts: snapshot.facts,
    structs: () => snapshot.analysis().structs,
  });
}

test("what is rested on is explained", () => {
  assert.match(documented({ kind: "builtin", name: "hist" }) ?? "", /hist_t/);
  assert.match(
    documented({ kind: "function", name: "vfs_read", module: "vmlinux" }) ?? "",
    /long.* vfs_read\(/,
  );
  assert.match(documented({ kind: "tracepoint", name: "sched:sched_switch" }) ?? "", /prev_comm\[16\];/);
  assert.match(documented({ kind: "type", name: "struct file" }) ?? "", /f_flags/);
  assert.match(
    documented({ kind: "field", struct: "struct job" }, "name") ?? "",
    /char name\[8\];\n```\n\nOffset 4, 8 bytes, in `struct job`/,
  );
  assert.match(documented({ kind: "field", struct: "struct file" }, "f_flags") ?? "", /Offset 8, 4 bytes/);
  assert.equal(documented({ kind: "field", struct: "struct file" }, "gone"), undefined);
});

test("functions of imported C files", () => {
  const kernel = testKernel({ "lib.bpf.c": "int add(int a, char *b);" });
  const { snapshot, at: offset } = open('import "lib.bpf.c"; begin { print(ad<|>); }', kernel);
  const found = [...complete(snapshot, offset).items].find(({ label }) => label === "add");
  assert.equal(found?.signature, "(a, b)");
});

for (const { label, where, body } of snippets) {
  test(`the snippet '${label}' is a sound program`, () => {
    const text = withoutStops(body);
    const inCode = `kprobe:vfs_read { @map[1] = 1; ${text} }`;
    const { snapshot } = open(where === "top" ? `${text}\nend { @counts = 1; }` : inCode);
    const errors = snapshot.analysis().diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
      text,
    );
  });
}

test("where a type is declared there are types only, and nothing is offered twice", () => {
  for (const marked of ["fn f($a : <|>", "fn f($a: int64): <|>", "begin { let $x : in<|>"]) {
    const found = labels(marked);
    assert.ok(found.includes("int64") && !found.includes("comm"), `${marked}: ${found.join(" ")}`);
  }
  for (const marked of ["<|>", "begin { <|>", "begin { print(<|>", "kprobe:f /<|>"]) {
    const found = labels(marked);
    assert.equal(new Set(found).size, found.length, marked);
  }
  assert.ok(labels("kprobe:f / <|> / { }").includes("pid"));
});

test("where only a comma, a brace or a predicate can stand, and in lines that are no probes, nothing is offered", () => {
  for (const marked of [
    "kprobe:vfs_read <|>",
    "kprobe:vfs_read /pid == 1/ <|>",
    "import <|>",
    "#include <<|>",
    "#!/usr/bin/env <|>",
    "macro na<|>",
    "begin { let na<|> }",
    "begin { $x = 12<|> }",
    "begin { $x = 0x<|> }",
    "begin { print(1.<|>); }",
    'begin { $s = "@<|>"; }',
    "begin { } // kpr<|>",
  ])
    assert.deepEqual(labels(marked), [], marked);
  for (const marked of ["kprobe:vfs_read, <|>", "kprobe:vfs_read,\n<|>", "begin { } <|>", "/* c */ <|>"])
    assert.ok(labels(marked).includes("tracepoint"), marked);
});

test("a variable is offered in its block only", () => {
  assert.deepEqual(labels("begin { if (pid) { $in = 1; } $out = 2; print($<|>); }"), ["$out"]);
  assert.deepEqual(labels("begin { if (pid) { $in = 1; print($<|>); } }"), ["$in"]);
  assert.deepEqual(labels("begin { for ($i : 0..3) { print($<|>); } }"), ["$i"]);
  assert.deepEqual(labels("begin { for ($i : 0..3) { } print($<|>); }"), []);
  assert.deepEqual(labels("begin { while (1) { $a = 1; if ($a) { $<|>"), ["$a"]);
});

test("behind a blank at the end of the text the open probe goes on", () => {
  assert.ok(labels("begin { $x = 1; <|>").includes("$x"));
  assert.ok(!labels("kprobe:vfs_read / <|>").includes("retval"));
  assert.ok(labels("begin { } <|>").includes("kprobe"));
});

test("tracepoints are found without their category, and all is said of what a character accepts", () => {
  const label = "syscalls:sys_enter_openat";
  assert.equal(accepted("tracepoint:sys_enter_op<|>", label), "tracepoint:syscalls:sys_enter_openat");
  assert.equal(find("tracepoint:sys_enter_op<|>", label).signature, "(dfd, filename, flags)");
  // A colon that accepts `sched:` would be typed behind it.
  for (const marked of ["tracepoint:sc<|>", "uprobe:/bin/ba<|>", "kprobe:vfs_re<|>"])
    assert.ok(
      at(marked).every(({ commit }) => commit === undefined),
      marked,
    );
});

test("typed arguments and the context are offered where there are some", () => {
  assert.ok(!labels("kprobe:vfs_read { <|> }").includes("args"));
  assert.ok(labels("fentry:vfs_read { <|> }").includes("args"));
  assert.ok(!labels("begin { <|> }").includes("ctx"));
  assert.match(find("kprobe:vfs_read { ar<|> }", "args").detail, /^not in kprobe: needs typed arguments/);
});

test("small numbers are printed as everybody does first", () => {
  assert.deepEqual(labels('begin { printf("%<|>", pid); }'), ["%d", "%u", "%x", "%c"]);
});

test("functions come first where a statement begins, values where one is asked for", () => {
  const first = (marked: string, one: string, other: string): boolean =>
    labels(marked).indexOf(one) < labels(marked).indexOf(other);
  assert.ok(first("begin { <|> }", "printf", "comm"));
  assert.ok(first("begin { print(1); <|> }", "print", "pid"));
  assert.ok(first("begin { print(<|>); }", "comm", "printf"));
});
