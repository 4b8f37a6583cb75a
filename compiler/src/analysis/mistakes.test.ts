/** Slips that people make: one message each, at the slip, and with what is meant where that can be told. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText, serious } from "./testing/check-text.ts";

/** Each program with its errors and warnings, as code and marked text. */
function checkVerdicts(verdicts: Readonly<Record<string, readonly string[]>>): void {
  for (const [program, expected] of Object.entries(verdicts))
    assert.deepEqual(serious(checkText(program)), expected, program);
}

/** The messages of a program's errors. */
function said(program: string): readonly string[] {
  return checkText(program)
    .findings.filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

function checkMeant(meant: Readonly<Record<string, string | undefined>>): void {
  for (const [program, wanted] of Object.entries(meant)) {
    const [message = "", ...others] = said(program);
    assert.deepEqual(others, [], program);
    assert.equal(/did you mean '(.*)'\?$/.exec(message)?.[1], wanted, `${program}: ${message}`);
  }
}

test("arguments in another order are told once, with the order", () => {
  checkVerdicts({
    "kprobe:f { @[ustack(5, perf)] = count(); }": ["PW5040 5"],
    'begin { print(strftime(nsecs, "%H")); }': ["PW5040 nsecs"],
    'begin { print(strncmp(comm, 4, "bash")); }': ["PW5040 4"],
    'begin { print(strncmp(4, comm, "bash")); }': ["PW5040 4"],
    "begin { @m[1] = 1; print(has_key(1, @m)); }": ["PW5040 1"],
    'begin { print(strncmp(1, 2, "bash")); }': ["PW5002 1", "PW5002 2", 'PW5002 "bash"'],
    "kprobe:f { @[ustack(perf, 5)] = count(); }": [],
  });
  const text = 'begin { print(strftime(nsecs, "%H")); }';
  const [edits = []] = checkText(text).findings.flatMap(({ diagnostic }) =>
    diagnostic.fixes.map((fix) => fix.edits),
  );
  assert.deepEqual(
    edits.map((edit) => edit.text),
    ['"%H"', "nsecs"],
  );
  assert.match(said("begin { print(len(comm)); }").join(), /its argument must be a stack or a map, not/);
});

test("text without quotes is told once", () => {
  checkVerdicts({
    "begin { cat(/etc/passwd); }": ["PW1025 /etc/passwd"],
    "begin { time(%H:%M:%S); }": ["PW1025 %H:%M:%S"],
    "begin { print(strftime(%H:%M, nsecs)); }": ["PW1025 %H:%M"],
    "begin { printf(hello world); }": ["PW1025 hello world"],
    "begin { print(comm pid); }": ["PW1001 pid"],
  });
});

test("casts without parentheses, and values that are nothing, are told once", () => {
  checkVerdicts({
    "fentry:vfs_read { $t = struct file *args.file; print($t); }": ["PW1024 struct file *"],
    "begin { $t = struct task_struct *curtask; print($t->pid); }": ["PW1024 struct task_struct *"],
    "begin { $x = struct task_struct; }": ["PW1024 struct task_struct"],
    "begin { @x = {}; }": ["PW3002 {}"],
    "/bin/sh:readline { print(arg0); }": ["PW1024 /bin/sh:readline"],
    "begin { @x = []; print(@x); }": ["PW1024 ["],
    "begin { $x = []; print($x); }": ["PW1024 ["],
    "config = [ max_map_keys = 1 ] begin { print(1); }": ["PW1024 ["],
  });
});

test("C that cannot be as it is written is told", () => {
  checkVerdicts({
    "struct A { enum nosuch e; }; begin { print(1); }": ["PW7408 e"],
    "struct A { enum nosuch e[2]; }; begin { print(1); }": ["PW7408 e"],
    "enum known { ONE }; struct A { enum known e; enum other *p; }; begin { print(1); }": [],
    "#include linux/sched.h\nbegin { print(1); }": ["PW1071 linux/sched.h"],
    "#include\nbegin { print(1); }": ["PW1071 #include"],
    '#include "sched.h\nbegin { print(1); }': ['PW1071 "sched.h'],
    "#define\nbegin { print(1); }": ["PW1071 #define"],
    "#include linux/sched.h\nbegin { print( }": ["PW1071 linux/sched.h", "PW1002 }"],
  });
});

test("attach points that lack something lead to the one that is meant", () => {
  checkMeant({
    "tracepoint:syscalls:openat { print(1); }": "sys_enter_openat",
    "tracepoint:syscalls:sys_openat { print(1); }": "sys_enter_openat",
    "tracepoint:syscalls:exit_openat { print(1); }": "sys_exit_openat",
    "tracepoint:sched:switch { print(1); }": "sched_switch",
    "tracepoint:sys_enter_openat { print(1); }": "tracepoint:syscalls:sys_enter_openat",
    "tracepoint:sched_switch { print(1); }": "tracepoint:sched:sched_switch",
    "tracepoint:sched/sched_switch { print(1); }": "tracepoint:sched:sched_switch",
    "tracepoint:nothing { print(1); }": undefined,
    "vfs_read { print(1); }": "kprobe:vfs_read",
    "sys_enter_openat { print(1); }": "tracepoint:syscalls:sys_enter_openat",
    "kprobe:sys_openat { print(1); }": "tracepoint:syscalls:sys_enter_openat",
    "kretprobe:__x64_sys_openat { print(1); }": "tracepoint:syscalls:sys_exit_openat",
    "kprobe:fvs_read { print(1); }": "vfs_read",
    "fentry:fs_write { print(1); }": "vfs_write",
    "profile:99hz { print(1); }": "profile:hz:99",
    "profile:99 { print(1); }": "profile:hz:99",
    "profile:99:hz { print(1); }": "profile:hz:99",
    "interval:5sec { print(1); }": "interval:s:5",
    "interval:seconds:5 { print(1); }": "interval:s:5",
    "interval:min:2 { print(1); }": "interval:s:120",
    "interval:fortnights:1 { print(1); }": undefined,
  });
});

test("a field of a tracepoint without args leads to it, though args are not named", () => {
  checkMeant({
    'tracepoint:syscalls:sys_enter_openat { printf("%s", str(filename)); }': "args.filename",
    "tracepoint:sched:sched_switch { print(prev_comm); }": "args.prev_comm",
    "tracepoint:sched:sched_switch { print(prev_nothing); }": undefined,
  });
});

test("a macro that no type information holds is told with its definition", () => {
  const program = "kprobe:f { if (arg0 == AF_INET6) { print(1); } }";
  const hints = checkText(program).findings.flatMap(({ diagnostic }) => diagnostic.hints);
  assert.match(hints.join(), /#define AF_INET6 10/);
  assert.deepEqual(serious(checkText(`#define AF_INET6 10\n${program}`)), []);
});

test("a range that never has a round has a hint", () => {
  const hinted = (program: string): readonly string[] =>
    checkText(program)
      .findings.filter(({ code }) => code === "PW8020")
      .map(({ text }) => text);
  assert.deepEqual(hinted("begin { for ($i : 10..0) { print($i); } }"), ["10..0"]);
  assert.deepEqual(hinted("begin { for ($i : 5..5) { print($i); } }"), ["5..5"]);
  assert.deepEqual(hinted("begin { for ($i : 0..1) { print($i); } }"), []);
  assert.deepEqual(hinted("macro m(n) { for ($i : 0..n) { print($i); } } begin { m(0); }"), []);
});
