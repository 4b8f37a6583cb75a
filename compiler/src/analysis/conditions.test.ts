/** Directives of the C preprocessor in scripts: which C they leave out, and what is said of them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel } from "../kernel/fake.ts";
import { checkText, serious } from "./testing/check-text.ts";

function check(text: string, kernel = fakeKernel({ lacks: [] })): readonly string[] {
  return serious(checkText(text, {}, kernel));
}

const two = "struct a { int x; long y; };\n#else\nstruct a { int x; };\n#endif\n";

test("a condition leaves out definitions, macros and headers", () => {
  const size = "begin { print(1 / (sizeof(struct a) - 4)); }";
  assert.deepEqual(check(`#define WIDE 1\n#if WIDE\n${two}${size}`), []);
  assert.deepEqual(check(`#ifdef WIDE\n${two}${size}`), ["PW3032 1 / (sizeof(struct a) - 4)"]);
  assert.deepEqual(check("#if 0\n#define A 1\n#endif\nbegin { print(A); }"), ["PW2011 A"]);
  assert.deepEqual(check("#if 1\n#define A 1\n#else\n#include <no.h>\n#endif\nbegin { print(A); }"), []);
  assert.deepEqual(
    check("#if 0\n#if 1\n#error no\n#endif\n#elif 2 > 1\n#define A 1\n#endif\nbegin { print(A); }"),
    [],
  );
});

test("kernels with type information define BPFTRACE_HAVE_BTF, headers their macros", () => {
  assert.deepEqual(check("#ifndef BPFTRACE_HAVE_BTF\n#include <no.h>\n#endif\nbegin { print(1); }"), []);
  const files = { "own.h": "#define PORT 80\n" };
  const text = '#include "own.h"\n#if PORT == 80\n#define A 1\n#endif\nbegin { print(A); }';
  assert.deepEqual(check(text, fakeKernel({ files })), []);
});

test("a script can speak, unless a condition keeps it from it", () => {
  assert.deepEqual(check("#error first\n#warning second\nbegin { print(1); }"), [
    "PW7417 #error first",
    "PW7418 #warning second",
  ]);
  assert.deepEqual(check("#ifdef NEVER\n#error first\n#endif\nbegin { print(1); }"), []);
});

test("conditions have both ends", () => {
  assert.deepEqual(check("#if 1\n#ifdef A\n#endif\nbegin { print(1); }"), ["PW7419 #if 1"]);
  assert.deepEqual(check("#endif\n#else\nbegin { print(1); }"), ["PW7419 #endif", "PW7419 #else"]);
});

test("a condition that is no constant is told, unless a header that was not read may make it one", () => {
  assert.deepEqual(check("#if V(5, 8)\n#endif\nbegin { print(1); }"), ["PW7420 #if V(5, 8)"]);
  assert.deepEqual(check("#if\n#endif\nbegin { print(1); }"), ["PW7420 #if"]);
  const unread = fakeKernel({ withheld: ["include"], files: { "v.h": "" } });
  assert.deepEqual(check('#include "v.h"\n#if V(5, 8)\n#endif\nbegin { print(1); }', unread), []);
});
