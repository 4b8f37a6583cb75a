/** Programs by what is said of them and where: each a rule of the language that is easily got wrong. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText, serious } from "./testing/check-text.ts";

/** Each program with its errors and warnings, as code and marked text. */
function checkVerdicts(verdicts: Readonly<Record<string, readonly string[]>>): void {
  for (const [program, expected] of Object.entries(verdicts))
    assert.deepEqual(serious(checkText(program)), expected, program);
}

test("a constant condition chooses among literals before their types are compared", () => {
  checkVerdicts({
    'begin { print(1 ? "a" : 3); }': [],
    'begin { $a = if (0) { 1 } else { "a" }; print($a); }': [],
    'begin { print(0 ? (1, 2) : "x"); }': [],
    'begin { print(1 ? (uint8)1 : "x"); }': ['PW6016 1 ? (uint8)1 : "x"'],
    'begin { print(pid ? 1 : "x"); }': ['PW6016 pid ? 1 : "x"'],
  });
});

test("map declarations say how many elements there may be, and the last one counts", () => {
  checkVerdicts({
    "let @m = hash(0); begin { @m[1] = 2; }": ["PW4017 0"],
    "let @m = hash(4294967296); begin { @m[1] = 2; }": ["PW4017 4294967296"],
    "let @m = hash(4294967295); begin { @m[1] = 2; }": [],
    "let @m = hash(5); let @m = hash(9); begin { @m[1] = 2; }": ["PW4018 @m"],
    "let @m = hash(5); let @m = percpuhash(9); begin { @m[1] = count(); }": ["PW4018 @m"],
  });
});

test("what is missing in a definition is told once", () => {
  checkVerdicts({
    "let @m; begin { @m[1] = 3; }": ["PW1001 ;"],
    "fn f($a) : void { print($a); } begin { f(1); }": ["PW1001 )"],
    "fn f($a : int64,) : void { print($a); } begin { f(1); }": ["PW1003 )"],
    "begin { @x[1] = 1; if (find(@x, 1, $v)) { print($v); } }": ["PW2001 $v"],
  });
});

test("debugf has the kernel's conversions, for integers and strings", () => {
  checkVerdicts({
    'begin { debugf("%d %u %x", 1, pid, nsecs); }': ["PW5022 debugf"],
    'begin { debugf("%s %p %-5lld", comm, 1, 2); }': ["PW5022 debugf"],
    'begin { debugf("%c", 65); }': ['PW5009 "%c"', "PW5022 debugf"],
    'begin { debugf("%rx", buf("a", 1)); }': ['PW5009 "%rx"', "PW5022 debugf"],
    'begin { debugf("%s", 1); }': ["PW5010 1", "PW5022 debugf"],
    'begin { debugf("%d", true); }': ["PW5010 true", "PW5022 debugf"],
  });
});

test("what calls take", () => {
  checkVerdicts({
    'begin { print(getopt("n", (1, 2))); }': ["PW5002 (1, 2)"],
    "begin { print(ppid(1)); }": ["PW5002 1"],
    "begin { print(ppid(curtask)); print(pcomm(curtask)); }": [],
    'begin { print("abc" + 3); }': ['PW3034 "abc" + 3'],
    'begin { print("abc" + 2); }': [],
    'begin { print((string[2])"abc"); }': ['PW3038 (string[2])"abc"'],
  });
});

test("calls that read an address want to know whose memory it is of, in probes that cannot tell", () => {
  checkVerdicts({
    "begin { $x = (uint64)tid; print(str($x)); }": ["PW3035 $x"],
    "interval:s:1 { @x = nsecs; print(buf(@x, 3)); }": ["PW3035 @x"],
    "begin { print(macaddr(nsecs)); }": ["PW3035 nsecs"],
    "begin { join(nsecs); }": ["PW3035 nsecs"],
    "begin { print(str((int8 *)nsecs)); }": ["PW3035 (int8 *)nsecs"],
    "begin { print(str(kptr(nsecs))); print(str(uptr((int8 *)nsecs))); }": [],
    'begin { print(str(kaddr("jiffies"))); print(str(comm)); print(str(1)); }': [],
    "kprobe:f { $x = arg0; print(str($x)); print(buf(arg0, 3)); }": [],
    "begin { print(sizeof(str(nsecs))); }": [],
  });
});

test("names from elsewhere lead to those of the language", () => {
  const suggestions: Readonly<Record<string, string>> = {
    "begin { print(NULL); }": "unknown name 'NULL'; did you mean '0'?",
    "begin { print(True); }": "unknown name 'True'; did you mean 'true'?",
    "begin { print(PID); }": "unknown name 'PID'; did you mean 'pid'?",
    "begin { print(execname); }": "unknown name 'execname'; did you mean 'comm'?",
    "begin { $total = 1; print(total); }": "unknown name 'total'; did you mean '$total'?",
    "begin { puts(1); }": "unknown function 'puts'; did you mean 'print'?",
  };
  for (const [program, message] of Object.entries(suggestions))
    assert.deepEqual(
      checkText(program)
        .findings.filter(({ severity }) => severity === "error")
        .map((found) => found.message),
      [message],
    );
});

test("what cannot be assigned to is told once", () => {
  checkVerdicts({
    "begin { x = 1; }": ["PW1019 x ="],
    "begin { f() = 1; }": ["PW1019 f() ="],
    "begin { $a[1] = 1; }": ["PW1019 $a[1] ="],
    "begin { $a = 1; $a.b = 2; }": ["PW1018 $a.b ="],
    "begin { x++; }": ["PW1020 x++"],
  });
});

test("of macros with one name the more special comes first", () => {
  checkVerdicts({
    "macro m(a) { a } macro m($b) { $b } begin { $x = 1; print(m($x)); }": ["PW7001 m"],
    "macro m(a, b) { a + b } macro m($a, b) { $a + b } begin { print(m(1, 2)); }": ["PW7001 m"],
    "macro m($b) { $b } macro m(a) { a } begin { $x = 1; print(m($x)); print(m(1)); }": [],
    "macro m($a, b) { $a + b } macro m(a, $b) { a + $b } begin { $x = 1; print(m($x, 1)); print(m(1, $x)); }":
      [],
  });
});

test("what a probe does not have is to be found elsewhere", () => {
  const hintsOf = (program: string): readonly string[] =>
    checkText(program).findings.flatMap(({ diagnostic }) => diagnostic.hints);
  assert.match(hintsOf("kretprobe:f { print(arg0); }").join(""), /in a map/);
  assert.match(hintsOf("kprobe:f { print(retval); }").join(""), /kretprobe/);
  assert.match(hintsOf("fentry:vfs_read { print(arg0); }").join(""), /args\.NAME/);
  assert.deepEqual(serious(checkText("fentry:security_file_open { print(path(1)); }")), ["PW5002 1"]);
});

test("branches whose values nobody asks for need nothing in common", () => {
  checkVerdicts({
    'begin { pid ? 1 : "a"; }': ["PW6014 1", 'PW6014 "a"'],
    "begin { pid ? print(1) : 3 }": ["PW6014 3"],
    'begin { pid ? (tid ? 1 : "x") : print(3); }': ["PW6014 1", 'PW6014 "x"'],
    'begin { { pid ? 1 : "a" } }': ["PW6014 1", 'PW6014 "a"'],
    'begin { _ = pid ? 1 : "a"; }': ['PW6016 pid ? 1 : "a"'],
    "begin { pid ? print(1) : exit(); }": [],
  });
});

test("a literal beyond int64 stands for its bits as an operand, and for nothing where it is kept", () => {
  checkVerdicts({
    "begin { $a = (int64)5; print($a == 0xffffffffffffffff); }": ["PW3003 0xffffffffffffffff"],
    "begin { $a = (int64)5; print($a & 0xfffffffffffffff0); }": ["PW3003 0xfffffffffffffff0"],
    "begin { print(nsecs == 0xffffffffffffffff); }": [],
    "begin { let $a : int64 = 0xffffffffffffffff; print($a); }": ["PW3004 0xffffffffffffffff"],
  });
});

test("one mistake has one message, at what is wrong", () => {
  checkVerdicts({
    "begin { print(1.5); }": ["PW3040 1.5"],
    "begin { $b = &@a; print($b); }": ["PW2008 @a"],
    "begin { if () { print(1); } }": ["PW1029 ()"],
    "begin { if { print(1); } }": ["PW1029 {"],
    "begin { @x = {1, 2}; }": ["PW1024 {"],
    "begin { @x = [1, 2]; print(@x); }": ["PW1024 ["],
    "fn foo($a) { print($a); } begin { foo(1); }": ["PW1001 )"],
    "fn foo($a : int64) { print($a); } begin { foo(1); }": ["PW1001 {"],
    "fn foo(int64 $a) : void { print($a); } begin { foo(1); }": ["PW1024 int64"],
    "import nosuch; begin { print(1); }": ["PW1001 nosuch"],
    "interval:1 { print(1); }": ["PW9006 interval:1"],
    "uprobe:/bin/sh:0 { print(1); }": ["PW9004 uprobe:/bin/sh:0"],
  });
});

test("attach points of other tracers are told how they are written here", () => {
  const said = (text: string): string | undefined =>
    checkText(text).findings.find(({ code }) => code === "PW9001")?.message;
  const wanted = {
    "timer:s:1": "interval:s:1",
    "tick-1s": "interval:s:1",
    "profile-99": "profile:hz:99",
    "syscalls:sys_enter_openat": "tracepoint:syscalls:sys_enter_openat",
    "syscall::open:entry": "tracepoint:syscalls:sys_enter_open",
    "fbt::vfs_read:return": "kretprobe:vfs_read",
    "raw_tp:sched_switch": "rawtracepoint:sched_switch",
  };
  for (const [written, meant] of Object.entries(wanted)) {
    assert.match(said(`${written} { print(1); }`) ?? "", new RegExp(`did you mean '${meant}'`), written);
  }
  assert.doesNotMatch(said("timer { print(1); }") ?? "", /interval/);
});

test("parameters of a macro are told apart by what they take", () => {
  checkVerdicts({
    "macro m(x, $x, @x) { @x = $x + x; } begin { $y = 1; m(2, $y, @z); }": [],
    "macro m($x, $x) { $x } begin { $y = 1; print(m($y, $y)); }": ["PW7002 $x"],
  });
});

test("tuples of literals may differ in their types, others not", () => {
  checkVerdicts({
    "begin { print((1, 2) == (1, true)); }": [],
    "begin { print((1, (int64)2) == (1, 2)); }": [],
    "begin { print((1, (int64)-1) == (1, true)); }": ["PW3006 (1, (int64)-1) == (1, true)"],
    "begin { print((a = (int16)1) == (a = true)); }": ["PW3006 (a = (int16)1) == (a = true)"],
  });
});

test("what doubles at each step is stopped, in one message", () => {
  const doubled = Array.from({ length: 40 }, (_, i) => `#define A${i} A${i + 1} + A${i + 1}\n`).join("");
  checkVerdicts({ [`${doubled}#define A40 1\nbegin { print(A0); }`]: ["PW7015 A0"] });
  const nested = "begin { unroll(100) { unroll(100) { unroll(100) { unroll(100) { print(1); } } } } }";
  checkVerdicts({ [nested]: ["PW6017 100"], "begin { unroll(100) { unroll(100) { print(1); } } }": [] });
  const steps = Array.from({ length: 40 }, (_, i) => `$a${i + 1} = ($a${i}, $a${i});`).join(" ");
  const found = serious(checkText(`begin { $a0 = 1; ${steps} print($a40); }`));
  assert.deepEqual(found, ["PW3041 ($a11, $a11)"]);
});

test("a condition in the wrong place is told once, with its place", () => {
  checkVerdicts({
    'kprobe:f /comm = "a"/ { print(1); }': ["PW1010 ="],
    'kprobe:f { /comm == "a"/ print(1); }': ["PW1024 /"],
    "/pid == 1/ kprobe:f { print(1); }": ["PW1024 /pid == 1/"],
    "kprobe:f /pid == 1/ if (tid == 1) { print(1); }": ["PW1024 if"],
    "kprobe:f /pid == 1/ /tid == 1/ { print(1); }": ["PW1024 /"],
    'begin { if (comm =~ "a") { print(1); } }': ["PW1024 =~"],
    'begin { if ("ab" =~ "a") { print(1); } }': ["PW1024 =~"],
    'begin { $y = 1; if (comm = "a") { print(1); } if (x = $y) { print(2); } }': [
      "PW1010 =",
      "PW1010 =",
      "PW2011 x",
    ],
    "begin { if (comm ~ /bash/) { print(1); } }": ["PW1024 ~"],
    'begin { if (comm like "a*") { print(1); } }': ["PW1024 like"],
    "begin { $a = ~pid; print(~1); print($a / 2 / 3); }": [],
  });
});

test("types, loops, keys and functions of other languages are told once", () => {
  checkVerdicts({
    "begin { print((unsigned long)pid); }": ["PW1024 unsigned long"],
    "begin { let $a : unsigned char = 1; print($a); }": ["PW1024 unsigned char"],
    "begin { print(sizeof(long long)); }": ["PW1024 long long"],
    "begin { print((long)pid); }": ["PW3011 long"],
    "begin { for (i = 0; i < 3; i++) { print(1); } }": ["PW1011 ="],
    "begin { for (int i = 0; i < 3; i++) { print(1); } }": ["PW1011 ="],
    "begin { @(comm) = count(); }": ["PW1024 ("],
    "begin { @{comm} = count(); }": ["PW1024 {"],
    "begin { @x(1, 2) = 3; print(@x(1, 2)); }": ["PW1024 (", "PW1024 ("],
    "begin { @x[1] = 1; if (@x[1]) { print(1); } if (@x[1]) { print(1); } }": [],
    "begin { fn f() : void { print(1); } print(2); }": ["PW1024 fn"],
    "begin {\n  fn f() : void {\n    print(1);\n  }\n  print(2);\n}": ["PW1024 fn"],
    "begin { /* never closed\n print(1); }": ["PW1006 /*"],
    'begin { print("a" . "b"); }': ['PW1003 "'],
    "begin { @x[1] = 1; delete @x[1]; }": ["PW1026 @"],
    "begin { print($0); }": ["PW1048 $0"],
    "begin { @m[1] = 1; if (pid in @m) { print(1); } }": ["PW1024 in"],
    "begin { @p[1] = 1; @p.add(pid); print(comm.upper()); }": ["PW1024 add", "PW1024 upper"],
    "fn f($a : int64) -> int64 { return $a; } begin { print(f(1)); }": ["PW1024 ->"],
    "int f(int a) { return a; } begin { print(1); }": ["PW1024 int"],
    "begin { print(“hello”); }": ["PW1025 “hello”"],
    'begin { printf("%s %s", comm pid); }': ["PW1001 pid"],
    'begin { printf("%s, comm); }': ['PW1040 "%s, comm); }'],
  });
  const hints = checkText("macro m($x) { $x } begin { $a = 1; print(m($a, 2)); }").findings;
  assert.deepEqual(
    hints.map(({ code }) => code),
    ["PW7003"],
  );
});

test("a name without its sigil, or with the wrong one, leads to the right one", () => {
  const said = (program: string): readonly string[] =>
    checkText(program)
      .findings.filter(({ severity }) => severity === "error")
      .map(({ message }) => message);
  const wanted: Readonly<Record<string, string>> = {
    "begin { @x = 1; print($x); }": "undefined variable '$x'; did you mean '@x'?",
    "begin { $x = 1; print(@x); }": "map '@x' is never written; did you mean '$x'?",
    "begin { @x = 1; print(x); }": "unknown name 'x'; did you mean '@x'?",
    "fexit:vfs_read { print($retval); }": "undefined variable '$retval'; did you mean 'retval'?",
    "fentry:vfs_read { print(file); }": "unknown name 'file'; did you mean 'args.file'?",
    "begin { quantize(1); }": "unknown function 'quantize'; did you mean 'hist'?",
    "begin { print((long)pid); }": "unknown type 'long'; did you mean 'int64'?",
  };
  for (const [program, message] of Object.entries(wanted))
    assert.deepEqual(said(program), [message], program);
  for (const nameless of ["begin { $ = 1; print(@); print($k); }", "macro (x) { x } begin { print(m); }"])
    assert.doesNotMatch(said(nameless).join(), /did you mean '[$@]?'/, nameless);
  assert.equal(said('config = { "max_strlen" = 64 } begin { print(1); }').length, 1);
});

test("where arguments are not, it is said where they are", () => {
  const hints = (program: string): readonly (readonly string[])[] =>
    checkText(program)
      .findings.filter(({ severity }) => severity === "error")
      .map(({ diagnostic }) => diagnostic.hints);
  assert.match(hints("kprobe:vfs_read { print(args.count); }").flat().join(), /fentry.*arg0/);
  assert.match(hints("fentry:vfs_read { print(args.nosuch); }").flat().join(), /it has file, buf, count/);
  assert.match(hints("kprobe:f /arg0->f_flags/ { print(1); }").flat().join(), /\(\(struct file \*\)arg0\)->/);
  const compared = 'tracepoint:syscalls:sys_enter_openat /args.filename == "a"/ { print(1); }';
  assert.match(hints(compared).flat().join(), /str\(args\.filename\)/);
  assert.match(hints("fexit:vfs_read { print(args.retval); }").flat().join(), /'retval'/);
});
