/** Functions of imported C files: which can be called, and with what. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel } from "../kernel/fake.ts";
import type { CModule, FactsSession, KernelFacts } from "../kernel/facts.ts";
import { show } from "../types/show.ts";
import { analyze, defaultOptions, type Analysis } from "./analyze.ts";
import { checkText, parse, smallKernel } from "./testing/check-text.ts";

const files = {
  "x.bpf.c": `
    struct point { int x; long y; };
    enum color { RED, GREEN };
    int add(int a, long b);
    long half(unsigned long value);
    _Bool is_even(unsigned char n);
    struct point *move(struct point *p, enum color c);
    void forget(void *p);
    struct point copy(struct point p);
  `,
  "y.bpf.c": "int add(int a);",
  "types.h": "struct shared { int of_header; };",
  "z.bpf.c": "struct shared *find_shared(void);",
  "lib.bt": 'import "x.bpf.c"; macro twice(n) { add(n, n) }',
  "o.bpf.o": "int of_object(int a);",
  "notes.txt": "",
};

function check(text: string, facts: KernelFacts = fakeKernel({ files })): readonly string[] {
  return checkText(text, {}, facts).findings.map(
    ({ code, text: of, message }) => `${code} ${of}: ${message}`,
  );
}

test("integers are brought to the type of the parameter, with a warning where they may change", () => {
  assert.deepEqual(check('import "x.bpf.c"; begin { print(add((int32)1, (int64)2)); print(half(3)); }'), []);
  assert.deepEqual(
    check('import "x.bpf.c"; begin { print(half(cpu)); print(is_even(4)); forget(curtask); }'),
    [],
  );
  assert.deepEqual(check('import "x.bpf.c"; begin { print(half((int64)1)); }'), [
    "PW3003 (int64)1: int64 becomes uint64 here, which can change the value",
  ]);
  assert.deepEqual(check('import "x.bpf.c"; begin { print(is_even(256)); }'), [
    "PW3004 256: 256 does not fit in uint8",
  ]);
});

test("any pointer goes where a pointer is wanted, and nothing else does", () => {
  const fields = 'import "x.bpf.c"; begin { let $n : int64 = 0; print(move(&$n, GREEN)->y); }';
  assert.deepEqual(check(fields), []);
  assert.deepEqual(check('import "x.bpf.c"; begin { forget("text"); }'), [
    "PW5034 \"text\": 'forget': p is void *, not string[5]",
  ]);
  assert.deepEqual(check('import "x.bpf.c"; begin { print(add("1", (int64)1)); }'), [
    "PW5034 \"1\": 'add': a is int, not string[2]",
  ]);
});

test("the type of the result is that of C", () => {
  const text =
    'import "x.bpf.c"; begin { $a = add((int32)1, (int64)2); $b = is_even(1); $c = move(curtask, RED); print(($a, $b, $c)); }';
  const { core } = checkText(text, {}, fakeKernel({ files })).analysis;
  const types = core?.probes[0]?.variables.map(({ type }) => show(type));
  assert.deepEqual(types, ["int32", "bool", "struct point *"]);
});

test("arguments are counted", () => {
  assert.deepEqual(check('import "x.bpf.c"; begin { print(add((int32)1)); }'), [
    "PW5001 add((int32)1): 'add' takes 2 arguments, not 1",
  ]);
});

test("what fits no register cannot be passed", () => {
  assert.deepEqual(check('import "x.bpf.c"; begin { copy(1); }'), [
    "PW7414 copy: the C function 'copy' cannot be called: 'p' is of type 'struct point'",
  ]);
});

test("a name means one function", () => {
  assert.deepEqual(check('import "x.bpf.c"; import "y.bpf.c"; begin { print(1); }'), [
    "PW7413 \"y.bpf.c\": the function 'add' of 'y.bpf.c' is also defined in 'x.bpf.c'",
  ]);
  assert.deepEqual(
    check('import "y.bpf.c"; fn add($a : int64) : int64 { return $a; } begin { print(add(1)); }'),
    ["PW7413 \"y.bpf.c\": the function 'add' of 'y.bpf.c' is also defined in the script"],
  );
});

test("builtins come before C functions of their name, and that is said", () => {
  const facts = fakeKernel({ files: { "s.bpf.c": "int strlen(const char *s);" } });
  assert.deepEqual(check('import "s.bpf.c"; begin { print(strlen("abc")); }', facts), [
    "PW7415 strlen: this calls the language's own 'strlen', not the function in 's.bpf.c'",
  ]);
});

test("C files reach headers that are imported, and scripts that import them their functions", () => {
  assert.deepEqual(
    check('import "types.h"; import "z.bpf.c"; begin { print(find_shared()->of_header); }'),
    [],
  );
  assert.deepEqual(
    check('import "z.bpf.c"; import "types.h"; begin { print(find_shared()->of_header); }'),
    [],
  );
  assert.deepEqual(check('import "lib.bt"; begin { print(twice(4)); print(add(1, 2)); }'), []);
});

test("static functions and programs are their file's own", () => {
  const facts = fakeKernel({ files });
  const marked: FactsSession = {
    ...facts,
    cModule: (request) => {
      const module = facts.cModule(request) as CModule; // a fake has all it is asked for
      const functions = module.functions.map((each) => ({
        ...each,
        isStatic: each.prototype.name === "add",
      }));
      return { ...module, functions, programs: ["on_open"] };
    },
  };
  assert.deepEqual(check('import "x.bpf.c"; begin { print(add((int32)1, (int64)1)); }', marked), [
    "PW7414 add: the C function 'add' cannot be called: it is static, so only 'x.bpf.c' can",
    "PW7412 \"x.bpf.c\": 'on_open' in 'x.bpf.c' will not be attached: only functions are taken from C files",
  ]);
});

test("until a C file is compiled its functions are taken on trust", () => {
  const text = 'import "x.bpf.c"; begin { print(add((int32)1, (int64)2)); print(unheard_of(1)); }';
  const withheld = fakeKernel({ files, withheld: ["c-module"] });
  assert.deepEqual(check(text, withheld), [
    "PW7411 \"x.bpf.c\": 'x.bpf.c' is compiled when the script is saved; until then its functions are taken on trust",
  ]);
  assert.deepEqual(withheld.missing(), [
    { kind: "c-module", from: "script.bt", path: "x.bpf.c", headers: [] },
  ]);
  assert.deepEqual(check(text), ["PW2012 unheard_of: unknown function 'unheard_of'"]);
});

test("objects are called like the C files they were made of", () => {
  assert.deepEqual(check('import "o.bpf.o"; import "y.bpf.c"; begin { print(add(of_object(1))); }'), []);
  assert.deepEqual(check('import "o.bpf.o"; begin { print(of_object()); }'), [
    "PW5001 of_object(): 'of_object' takes 1 argument, not 0",
  ]);
});

test("what cannot be imported is said in one sentence", () => {
  assert.deepEqual(check('import "notes.txt"; begin { print(1); }'), [
    "PW7402 \"notes.txt\": 'notes.txt' cannot be imported: it is no script (.bt), C file for BPF (.bpf.c), object of one (.bpf.o), header (.h) or folder of these",
  ]);
});

test("imports inside of code bring C files and objects, once they are enabled", () => {
  const enabled = "config = { unstable_import_statement = true } ";
  const program = 'begin { import "y.bpf.c"; import "o.bpf.o"; print(add(of_object(1))); }';
  assert.deepEqual(check(`${enabled}${program}`), []);
  assert.deepEqual(
    check(`${enabled}fn f() : int32 { import "y.bpf.c"; return add(1); } begin { print(f()); }`),
    [],
  );
  assert.deepEqual(check(`${enabled}begin { import "lib.bt"; print(1); }`), [
    "PW7402 \"lib.bt\": 'lib.bt' cannot be imported: inside a block only C files, objects of them and headers are",
  ]);
  const warned = check(`config = { unstable_import_statement = "warn" } ${program}`);
  assert.deepEqual(
    warned.map((each) => each.slice(0, 6)),
    ["PW7207"],
  );
  const [first, ...rest] = check('begin { import "no/such.bpf.c"; print(1); }');
  assert.match(first ?? "", /^PW7208 /);
  assert.deepEqual(rest, []);
});

test("what a probe imports is there for the others, and goes with it", () => {
  const facts = fakeKernel({ files });
  const options = { ...defaultOptions, environment: { BPFTRACE_UNSTABLE_IMPORT_STATEMENT: "true" } };
  const codes = (
    first: string,
    previous?: Analysis,
  ): { readonly codes: string[]; readonly analysis: Analysis } => {
    const text = `${first}\nend { print(add(1)); }`;
    const analysis = analyze({ script: parse(text), sourceName: "s.bt", facts, options, parse, previous });
    return { codes: analysis.diagnostics.map(({ code }) => code), analysis };
  };
  const without = codes("begin { }");
  const withImport = codes('begin { import "y.bpf.c"; }', without.analysis);
  const again = codes("begin { }", withImport.analysis);
  assert.deepEqual([without.codes, withImport.codes, again.codes], [["PW2012"], [], ["PW2012"]]);
});

test("the standard library is there without files", () => {
  assert.deepEqual(check('import "stdlib"; begin { print(1); }'), []);
  assert.deepEqual(check('import "stdlib/test"; begin { print(__always_true()); }', smallKernel()), []);
  const task = 'import "stdlib/test"; begin { print(__test_get_current_task()->pid); }';
  assert.deepEqual(check(task, smallKernel()), []);
  assert.deepEqual(check('import "stdlib/nothing"; begin { print(1); }'), [
    "PW7401 \"stdlib/nothing\": there is nothing to import at 'stdlib/nothing'",
  ]);
});

/** A kernel whose C files leave names open, by file. */
function withNeeds(needs: Readonly<Record<string, CModule["needs"]>>): FactsSession {
  const facts = fakeKernel({ files });
  return {
    ...facts,
    cModule: (request) => ({ ...(facts.cModule(request) as CModule), needs: needs[request.path] ?? [] }),
  };
}

test("what a called function uses must be defined in an imported file", () => {
  const facts = withNeeds({ "x.bpf.c": [{ name: "helper", functions: ["inner", "add"] }] });
  assert.deepEqual(check('import "x.bpf.c"; begin { print(half(3)); }', facts), []);
  assert.deepEqual(check('import "x.bpf.c"; begin { print(add(1, 2)); print(add(3, 4)); }', facts), [
    "PW7416 \"x.bpf.c\": 'helper' is used in 'x.bpf.c' by 'inner' and defined in no imported file",
  ]);
  // By way of another file.
  const chained = withNeeds({
    "x.bpf.c": [{ name: "find_shared", functions: ["add"] }],
    "z.bpf.c": [{ name: "helper", functions: ["find_shared"] }],
  });
  const text = 'import "x.bpf.c"; import "z.bpf.c"; begin { print(add(1, 2)); }';
  assert.deepEqual(check(text, chained), [
    "PW7416 \"z.bpf.c\": 'helper' is used in 'z.bpf.c' by 'find_shared' and defined in no imported file",
  ]);
});

test("objects come as a whole, and find each other's names only", () => {
  const facts = withNeeds({ "o.bpf.o": [{ name: "half", functions: ["unused"] }] });
  assert.deepEqual(check('import "o.bpf.o"; begin { print(1); }', facts), []);
  assert.deepEqual(check('import "x.bpf.c"; import "o.bpf.o"; begin { print(half(3)); }', facts), [
    "PW7416 \"o.bpf.o\": 'half' is used in 'o.bpf.o' by 'unused' and defined in 'x.bpf.c' only: objects cannot use what C files define",
  ]);
});
