/** C declarations: layouts, names, macros, problems with their places, and text that is no C. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { show } from "../types/show.ts";
import type { StructDefinition } from "../types/type.ts";
import {
  type CDeclarations,
  evaluateCConstant,
  kernelStyle,
  noTypes,
  readCDeclarations,
  scriptStyle,
} from "./c-declarations.ts";
import { fakeKernel } from "./fake.ts";

function read(...texts: readonly string[]): CDeclarations {
  return readCDeclarations(texts, { outer: noTypes, origin: "script", style: scriptStyle });
}

/** Fields as `offset name: type`. */
function rowsOf(declarations: CDeclarations, name: string): readonly string[] {
  const found = declarations.structs.find((definition) => definition.name === name);
  assert.ok(
    found !== undefined,
    `no ${name} among ${declarations.structs.map((one) => one.name).join(", ")}`,
  );
  return rows(found);
}

function rows({ fields }: StructDefinition): readonly string[] {
  return fields.map(({ name, offset, type, bitfield }) => {
    const bits = bitfield === undefined ? "" : ` ${bitfield.shift}+${bitfield.width}`;
    return `${offset} ${name}: ${show(type)}${bits}`;
  });
}

const layouts: readonly (readonly [c: string, name: string, size: number, rows: readonly string[]])[] = [
  ["struct a { char c; int i; short s; };", "struct a", 12, ["0 c: int8", "4 i: int32", "8 s: int16"]],
  ["union u { char c; long l; };", "union u", 8, ["0 c: int8", "0 l: int64"]],
  ["struct __attribute__((packed)) p { char c; int i; };", "struct p", 5, ["0 c: int8", "1 i: int32"]],
  ["struct p { char c; int i; } __attribute__((__packed__));", "struct p", 5, ["0 c: int8", "1 i: int32"]],
  ["struct q { char c; int i __attribute__((packed)); };", "struct q", 5, ["0 c: int8", "1 i: int32"]],
  ["struct l { char c; int i __attribute__((aligned(16))); };", "struct l", 32, ["0 c: int8", "16 i: int32"]],
  [
    "struct n { char name[16]; char two[2][8]; };",
    "struct n",
    32,
    ["0 name: string[17]", "16 two: string[8][2]"],
  ],
  ["struct f { int n; long tail[]; };", "struct f", 8, ["0 n: int32", "8 tail: int64[0]"]],
  ["struct m { int a[2][3]; };", "struct m", 24, ["0 a: int32[3][2]"]],
  [
    "struct i { int a; union { int b; struct { long c; int d; }; }; int e; };",
    "struct i",
    32,
    ["0 a: int32", "8 b: int32", "8 c: int64", "16 d: int32", "24 e: int32"],
  ],
  [
    "struct b { unsigned a:3, b:5; unsigned :0; unsigned c:30; unsigned d:4; };",
    "struct b",
    12,
    ["0 a: uint32 0+3", "0 b: uint32 3+5", "4 c: uint32 0+30", "8 d: uint32 0+4"],
  ],
  [
    "struct bb { char a; _Bool b:1; long c:33; };",
    "struct bb",
    8,
    ["0 a: int8", "0 c: int64 9+33", "1 b: bool 0+1"],
  ],
  ["struct fp { int (*run)(int, char *); void *any; };", "struct fp", 16, ["0 run: void *", "8 any: void *"]],
  ["struct fl { float a; double b; int c; };", "struct fl", 24, ["0 a: none", "8 b: none", "16 c: int32"]],
  ["struct last { int a; int b }", "struct last", 8, ["0 a: int32", "4 b: int32"]],
  ["struct self { struct self *next; };", "struct self", 8, ["0 next: struct self *"]],
  ["enum e { A, B }; struct h { enum e state; };", "struct h", 4, ["0 state: enum e"]],
  [
    "typedef unsigned char byte; struct t { byte b[4]; uint64_t n; };",
    "struct t",
    16,
    ["0 b: uint8[4]", "8 n: uint64"],
  ],
  ["typedef struct { int x; } point; struct o { point p[2]; };", "struct o", 8, ["0 p: point[2]"]],
  ["#define N 4\nstruct d { int a[N * 2]; };", "struct d", 32, ["0 a: int32[8]"]],
  ["struct s { int a[sizeof(struct { char x; long y; })]; };", "struct s", 64, ["0 a: int32[16]"]],
  ["enum { SIZE = 3 }; struct z { int a[SIZE + 1]; };", "struct z", 16, ["0 a: int32[4]"]],
];

for (const [c, name, size, expected] of layouts) {
  test(`layout of ${c.replaceAll("\n", " ")}`, () => {
    const declarations = read(c);
    assert.deepEqual(declarations.problems, []);
    assert.deepEqual(rowsOf(declarations, name), expected);
    assert.equal(declarations.structs.find((one) => one.name === name)?.size, size);
  });
}

test("types of the kernel are used by value, and later texts know what earlier ones declared", () => {
  const outer = fakeKernel({ c: "struct list { struct list *next, *prev; }; typedef struct list list_t;" });
  const declarations = readCDeclarations(
    ["struct first { char c; struct list l; list_t m; };", "struct second { char c; struct first f; };"],
    {
      outer: {
        findStruct: (name) => present(outer.findStruct(name)),
        findEnum: (name) => present(outer.findEnum(name)),
        findTypedef: (name) => present(outer.findTypedef(name)),
        findEnumConstant: outer.findEnumConstant,
      },
      origin: "script",
      style: scriptStyle,
    },
  );
  assert.deepEqual(declarations.problems, []);
  assert.deepEqual(rowsOf(declarations, "struct first"), [
    "0 c: int8",
    "8 l: struct list",
    "24 m: struct list",
  ]);
  assert.deepEqual(rowsOf(declarations, "struct second"), ["0 c: int8", "8 f: struct first"]);
});

function present<T>(value: T | undefined | "missing"): T | undefined {
  return value === "missing" ? undefined : value;
}

test("enums count on, take constants, and grow when a value needs it", () => {
  const { enums } = read("enum a { X, Y = 1 << 4, Z, N = -2, M }; enum b { BIG = 0x100000000 };");
  assert.deepEqual(
    enums.map(({ name, size, members }) => [
      name,
      size,
      members.map((one) => `${one.name}=${one.value}`).join(" "),
    ]),
    [
      ["enum a", 4, "X=0 Y=16 Z=17 N=-2 M=-1"],
      ["enum b", 8, "BIG=4294967296"],
    ],
  );
});

test("prototypes and definitions of functions give parameters and what they return", () => {
  const { functions, problems } = readCDeclarations(
    [
      "static inline long vfs_read(struct file *file, char __user *buf, int fd[2], void (*done)(int), ...) { return f(x); }\nvoid quiet(void);",
    ],
    { outer: noTypes, origin: "kernel", style: kernelStyle },
  );
  assert.deepEqual(problems, []);
  const [first, second] = functions;
  assert.deepEqual(
    first?.parameters.map(
      ({ name, cType, type }) => `${name}: ${cType} ${type.kind === "pointer" ? type.space : ""}`,
    ),
    ["file: struct file * kernel", "buf: char * user", "fd: int * kernel", "done: void (*)(int) kernel"],
  );
  assert.equal(first.returnsCType, "long");
  assert.deepEqual(second?.parameters, []);
});

test("directives choose text; object-like macros are kept as they are written", () => {
  const { structs, macros, problems } = read(`
    #define A 1 /* one */
    #define B (A + \\
      1)
    #define F(x) x
    #if defined(A) && B == 2
    struct yes { int a; };
    #elif 1
    struct no { int a; };
    #else
    struct never { int a; };
    #endif
    #ifndef A
    struct hidden { int a; };
    #endif
    #undef A
    #ifdef A
    struct gone { int a; };
    #endif
  `);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    structs.map(({ name }) => name),
    ["struct yes"],
  );
  assert.deepEqual([...macros.keys()], ["B"]);
  assert.match(macros.get("B") ?? "", /^\(A \+\s+1\)$/);
});

const constants: readonly (readonly [text: string, value: bigint | undefined])[] = [
  ["1 + 2 * 3", 7n],
  ["(1 << 4) | 0x0f", 31n],
  ["-1 >> 1", -1n],
  ["~0", -1n],
  ["!5", 0n],
  ["1 ? 2 : 3", 2n],
  ["0 && 1 || 1", 1n],
  ["'a'", 97n],
  ["'\\n'", 10n],
  ["010", 8n],
  ["10UL", 10n],
  ["0b101", 5n],
  ["(unsigned long)7", 7n],
  ["sizeof(int) * 2", 8n],
  ["sizeof(char *)", 8n],
  ["LIMIT - 1", 41n],
  ["RED + 1", 6n],
  ["7 / 2", 3n],
  ["1 / 0", undefined],
  ["1.5", undefined],
  ["nobody", undefined],
  ["1 +", undefined],
  ["LOOP", undefined],
  ["", undefined],
];

for (const [text, value] of constants) {
  test(`constant '${text}' is ${value ?? "not known"}`, () => {
    const declarations = read("#define LIMIT 42\n#define LOOP LOOP + 1\nenum { RED = 5 };");
    assert.equal(evaluateCConstant(text, declarations, noTypes), value);
  });
}

const problems: readonly (readonly [c: string, at: string, message: RegExp])[] = [
  ["struct a { unknown_t x; };", "unknown_t", /unknown type name 'unknown_t'/],
  ["struct a { struct never n; };", "n;", /size of 'struct never' is not known/],
  ["struct a { int x[y]; };", "y", /not a known constant/],
  ["struct a { int x:99; };", "99", /width/],
  ["struct a { int };", "}", /needs a name|expected/],
  ["struct a { int x y; };", "y", /expected ';'/],
  ["struct a { char x; struct { int x; } ; };", "; };", /a member 'x' already/],
  ["struct a { int x; char *x; };", "*x", /a member 'x' already/],
  ["enum e { A, B, A };", "A }", /a constant 'A' already/],
  ["int f(int a) int b;", "int b", /expected ';'/],
  ["= 4;", "=", /does not start a declaration/],
  ["enum e { A = B };", "B", /value of this constant is not known/],
  ["struct;", ";", /expected a name or '\{'/],
];

for (const [c, at, message] of problems) {
  test(`problem in ${c}`, () => {
    const [first] = read(c).problems;
    assert.ok(first !== undefined);
    assert.match(first.message, message);
    assert.equal(first.start, c.indexOf(at));
    assert.ok(first.end > first.start);
  });
}

test("one mistake does not hide the declarations around it", () => {
  const { structs } = read("struct a { int x; }; %%% ; struct b { bad_t y; int z; }; struct c { int w; };");
  assert.deepEqual(
    structs.map(({ name }) => name),
    ["struct a", "struct b", "struct c"],
  );
});

test("a header as a C compiler leaves it is read", () => {
  const { structs, typedefs, problems, functions } = read(`
    # 1 "/usr/include/x.h" 1
    typedef unsigned long int __dev_t; typedef struct { int __val[2]; } __fsid_t;
    extern int *__errno_location (void) __attribute__ ((__nothrow__ , __leaf__)) __attribute__ ((__const__));
    extern void qsort (void *__base, unsigned long __n, int (*__cmp) (const void *, const void *)) __attribute__ ((__nonnull__ (1, 4)));
    __extension__ typedef long long int __quad_t;
    struct _IO_FILE; typedef struct _IO_FILE FILE; extern FILE *stdin;
    struct timespec { __dev_t tv_sec; long tv_nsec; };
    typedef _Float128 f128; typedef __builtin_va_list va; int printf (const char *__restrict __format, ...);
    static __inline unsigned short swap (unsigned short __bsx) { return ((unsigned short) ((((__bsx) >> 8) & 0xff) | (((__bsx) & 0xff) << 8))); }
    _Static_assert(sizeof(int) == 4, "int");
    extern char *names[] ; extern int (*table[4])(void);
  `);
  assert.deepEqual(problems, []);
  assert.ok(structs.some(({ name }) => name === "struct timespec"));
  assert.ok(typedefs.some(({ name }) => name === "FILE"));
  assert.deepEqual(
    functions.map(({ name }) => name),
    ["__errno_location", "qsort", "printf", "swap"],
  );
});

test("any text ends in declarations and problems", () => {
  const pieces = fc.constantFrom(
    ..."struct union enum typedef int char unsigned { } ( ) [ ] * ; , : = a b 1 0x \" ' ... #if #endif\n #define\\\n sizeof __attribute__ ((packed)) /* */ // < > ? && A(".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 60 }).map((all) => all.join(" ")),
        fc.string(),
      ),
      (text) => {
        read(text);
      },
    ),
    { numRuns: 1000 },
  );
});

test("nesting without end is cut off", () => {
  const deep = 5000;
  read(`struct a { ${"struct { ".repeat(deep)}`);
  read(`int ${"(".repeat(deep)}x${")".repeat(deep)};`);
  read(`int ${"*".repeat(deep)}x;`);
  read(`int a[${"(".repeat(deep)}1${")".repeat(deep)}];`);
  read(`#define A B\n#define B A\nint x[A];`);
  read(
    `#define A0 1 1\n${Array.from({ length: 40 }, (_, i) => `#define A${i + 1} A${i} A${i}`).join("\n")}\nint x[A40];`,
  );
});
