/**
 * Debug information that compilers write, of both versions and styles: functions, types and lines. Layouts are checked against
 * our own reader of C declarations, which must agree with the compiler on the same text.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { noTypes, readCDeclarations, type BinaryFacts, type StructDefinition } from "@probewright/compiler";
import { unmet } from "@probewright/tests/harness/needs";
import { readBinary } from "../binary.ts";
import { memorySource, openElf } from "../elf.ts";
import { openDebugInfo } from "./debug-info.ts";

const folder = mkdtempSync(join(tmpdir(), "dwarf-"));
after(() => {
  rmSync(folder, { recursive: true });
});

/** Debian names clang by its version. */
const clang = ["clang", "clang-19"].find(hasCommand);
/** Both compilers where they are, each with both versions of the format. */
const compilers = [
  { command: "gcc", lack: unmet("linux", "gcc") },
  { command: clang ?? "clang", lack: clang === undefined ? "needs clang on the PATH" : unmet("linux") },
];

function hasCommand(name: string): boolean {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const types = `
typedef struct { int q; char tag[3]; } point;
typedef enum { LOW = -1, HIGH = 5 } level;
enum plain { ZERO, TOP = 0x80000000 };
struct inner { char c; short s; };
struct packed { char c; int i; long l; } __attribute__((packed));
union either { int i; double d; char bytes[12]; };
struct sample {
  int a;
  char name[16];
  struct sample *next;
  union { int x; long y; };
  struct { int in1; } named;
  unsigned f1 : 3, f2 : 5;
  unsigned long long big : 40;
  int grid[4][2];
  int (*run)(struct sample *, int);
  level state;
  point where[2];
  _Bool flag;
  _Bool bit : 1;
  float ratio;
  unsigned char bytes[6];
  struct inner in;
  struct packed tight;
  union either either;
  enum plain plain;
  const char *const text;
  void *any;
  long tail[];
};
`;

const program = `${types}
__attribute__((noinline)) int visit(struct sample *item, const char *text, enum plain plain, unsigned long count, double ratio, point where) {
  return item->a + text[0] + plain + count + ratio + where.q;
}
static inline int product(int left, int right) { return left * right; }
__attribute__((noinline)) void nothing(void) { __asm__ volatile(""); }
struct packed tight; union either either;
int main(int argc, char **argv) {
  struct sample item = { 0 };
  item.a = product(argc, 2);
  nothing();
  return visit(&item, argv[0], ZERO, 2, 3.0, item.where[0]);
}
`;

const lineOf = (text: string): number => program.slice(0, program.indexOf(text)).split("\n").length;

for (const { command, lack } of compilers) {
  for (const version of [4, 5]) {
    const title = `${command}, version ${version}`;

    const compile = (flag = "-O0"): BinaryFacts => {
      const path = join(folder, `${command}-${version}${flag}`);
      writeFileSync(`${path}.c`, program);
      execFileSync(command, ["-g", `-gdwarf-${version}`, flag, "-o", path, `${path}.c`]);
      const found = readBinary(path, (_, open) => open());
      assert.ok(found !== undefined && !("error" in found));
      return found;
    };

    test(`${title}: parameters of functions have names and types`, { skip: lack }, () => {
      const binary = compile("-O1");
      assert.equal(binary.hasDebugInfo, true);
      const visit = binary.parameters("visit");
      assert.ok(visit !== undefined && visit !== "missing");
      assert.deepEqual(
        visit.parameters.map(({ name, cType, type }) => `${name}: ${cType} (${type.kind})`),
        [
          "item: struct sample * (pointer)",
          "text: const char * (pointer)",
          "plain: enum plain (integer)",
          `count: ${command === "gcc" ? "long unsigned int" : "unsigned long"} (integer)`,
          "ratio: double (none)",
          "where: point (struct)",
        ],
      );
      assert.equal(visit.returnsCType, "int");
      const nothing = binary.parameters("nothing");
      assert.ok(nothing !== undefined && nothing !== "missing");
      assert.deepEqual(nothing.parameters, []);
      assert.equal(nothing.returns.kind, "void");
      assert.equal(binary.parameters("nobody"), undefined);
    });

    test(`${title}: layouts are those that reading the C text gives`, { skip: lack }, () => {
      const binary = compile();
      const read = readCDeclarations([types], {
        outer: noTypes,
        origin: "binary",
        style: { space: "user", strings: "exact" },
      });
      assert.deepEqual(read.problems, []);
      for (const name of ["struct sample", "struct inner", "struct packed", "union either", "point"]) {
        const fromText = read.structs.find((definition) => definition.name === name);
        const fromDebug = binary.findStruct(name);
        assert.ok(fromText !== undefined && fromDebug !== undefined, name);
        assert.deepEqual(comparable(fromDebug), comparable(fromText), name);
      }
      assert.deepEqual(
        binary.findEnum("enum plain"),
        read.enums.find(({ name }) => name === "enum plain"),
      );
      assert.deepEqual(
        binary.findEnum("level")?.members.map(({ name, value }) => `${name}=${value}`),
        ["LOW=-1", "HIGH=5"],
      );
    });

    test(`${title}: lines lead to the code that they became`, { skip: lack }, () => {
      const binary = compile();
      const visit = binary.symbols.find(({ name }) => name === "visit");
      const main = binary.symbols.find(({ name }) => name === "main");
      assert.ok(visit !== undefined && main !== undefined);
      const file = `${command}-${version}-O0.c`;
      const inside = (line: number, symbol: typeof visit): readonly boolean[] =>
        (binary.addressesOfLine(file, line, 0) ?? []).map(
          (address) => address >= symbol.address && address < symbol.address + BigInt(symbol.size),
        );
      assert.deepEqual(inside(lineOf("return item->a"), visit), [true]);
      assert.deepEqual(inside(lineOf("nothing();"), main), [true]);
      assert.equal(binary.addressesOfLine(file, lineOf("int visit("), 0)?.[0], visit.address);
      assert.deepEqual(binary.addressesOfLine(file, 1, 0), []);
      assert.deepEqual(binary.addressesOfLine("other.c", lineOf("nothing();"), 0), []);
      assert.deepEqual(binary.addressesOfLine(`ry${file}`, lineOf("nothing();"), 0), []);
    });
  }
}

/** Without what C text and debug information may write differently: spellings, names of unnamed types, strings' elements. */
function comparable({ size, align, fields }: StructDefinition): unknown {
  return {
    size,
    align,
    fields: fields.map(({ name, offset, type, bitfield }) => {
      const unnamed = type.kind === "struct" && type.name.includes("(anonymous");
      return { name, offset, bitfield, type: unnamed ? "unnamed" : type };
    }),
  };
}

const lackOfCpp = hasCommand("g++") ? unmet("linux") : "needs g++ on the PATH";

test("C++ functions are found by plain, qualified and linkage name", { skip: lackOfCpp }, () => {
  const path = join(folder, "cpp");
  writeFileSync(
    `${path}.cc`,
    `namespace shop { struct Base { int id; }; class Cart : public Base { public: int add(int price, const char *label); long total; };
     int Cart::add(int price, const char *label) { return price + label[0] + id; } }
     int main() { shop::Cart cart; return cart.add(1, "x"); }`,
  );
  execFileSync("g++", ["-g", "-O0", "-o", path, `${path}.cc`]);
  const binary = readBinary(path, (_, open) => open());
  assert.ok(binary !== undefined && !("error" in binary));
  for (const name of ["add", "_ZN4shop4Cart3addEiPKc"]) {
    const found = binary.parameters(name);
    assert.ok(found !== undefined && found !== "missing", name);
    assert.deepEqual(
      found.parameters.map((parameter) => parameter.name),
      ["this", "price", "label"],
    );
  }
  assert.deepEqual(
    binary.findStruct("struct shop::Cart")?.fields.map(({ name, offset }) => [name, offset]),
    [
      ["id", 0],
      ["total", 8],
    ],
  );
});

test("damaged debug information tells nothing, and reading it ends", { skip: unmet("linux", "gcc") }, () => {
  const path = join(folder, "fuzzed");
  writeFileSync(
    `${path}.c`,
    "struct s { int a; struct s *next; }; int f(struct s *s) { return s->a; } int main(void) { return 0; }",
  );
  execFileSync("gcc", ["-g", "-c", "-o", path, `${path}.c`]);
  const good = openElf(memorySource(execFileSync("cat", [path])));
  assert.ok(good.ok);
  const { source, sections } = good.value;
  const bytes = source.read(0, source.size);
  const places = sections
    .filter(({ name }) => name.startsWith(".debug"))
    .flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i));
  const random = createRandom(7);
  for (let round = 0; round < 400; round += 1) {
    const changed = Buffer.from(bytes);
    for (let count = random(10); count >= 0; count -= 1) {
      changed[places[random(places.length)] ?? 0] = random(256);
    }
    const elf = openElf(memorySource(changed));
    if (!elf.ok) continue;
    const info = openDebugInfo(elf.value);
    info?.parameters("f");
    info?.findStruct("struct s");
    info?.addressesOfLine("fuzzed.c", 1, 0);
  }
});

/** Numbers below a limit, the same in every run. Constants are those of Numerical Recipes' generator. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
