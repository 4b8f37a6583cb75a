/** ELF files of this machine and of a compiler's making, and bytes that are none. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import type { BinaryFacts } from "@probewright/compiler";

import { unmet } from "@probewright/tests/harness/needs";
import { readBinary } from "./binary.ts";
import { findBinaryPaths } from "./binary-paths.ts";
import { buildId, elfSymbols, fileSource, memorySource, notesIn, openElf } from "./elf.ts";
import { splitArguments, usdtProbes } from "./usdt.ts";

const folder = mkdtempSync(join(tmpdir(), "elf-"));
after(() => {
  rmSync(folder, { recursive: true });
});
const skip = unmet("linux", "gcc");

function compile(name: string, source: string, ...flags: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(`${path}.c`, source);
  execFileSync("gcc", ["-o", path, `${path}.c`, ...flags]);
  return path;
}

function binaryOf(path: string): BinaryFacts {
  const found = readBinary(path, (_, open) => open());
  assert.ok(found !== undefined && !("error" in found));
  return found;
}

test("the program that runs this is read", {
  skip: process.platform === "linux" ? false : "needs Linux",
}, () => {
  const elf = openElf(fileSource(process.execPath));
  assert.ok(elf.ok);
  const symbols = elfSymbols(elf.value);
  assert.ok(symbols.length > 100);
  assert.ok(symbols.every(({ address }, i) => address >= (symbols[i - 1]?.address ?? 0n)));
});

test("the shell is a program whose segments give file offsets", { skip: unmet("linux") }, () => {
  const shell = binaryOf("/bin/sh");
  assert.equal(shell.executable, true);
  const [symbol] = shell.symbols.filter(({ kind }) => kind === "function");
  if (symbol !== undefined) assert.ok((shell.fileOffset(symbol.address) ?? 0n) > 0n);
  assert.equal(shell.fileOffset(1n << 60n), undefined);
});

const program = `
int counter; static int hidden(int a) { return a * counter; }
int visible(int a) { return hidden(a) + 1; }
int main(int argc, char **argv) { return visible(argc); }
`;

test("symbols are functions and objects with their sizes", { skip }, () => {
  const binary = binaryOf(compile("plain", program, "-O0", "-no-pie"));
  const byName = new Map(binary.symbols.map((symbol) => [symbol.name, symbol]));
  assert.equal(byName.get("visible")?.kind, "function");
  assert.equal(byName.get("hidden")?.kind, "function");
  assert.equal(byName.get("counter")?.kind, "object");
  assert.equal(byName.get("counter")?.size, 4);
  assert.ok((byName.get("visible")?.size ?? 0) > 0);
  assert.equal(binary.positionIndependent, false);
  assert.equal(binary.hasDebugInfo, false);
  assert.equal(
    binary.symbols.filter(({ name }) => name === "main").length,
    1,
    "a name in both tables is given once",
  );
});

test("shared libraries are position independent, objects are no programs", { skip }, () => {
  assert.equal(binaryOf(compile("lib.so", program, "-shared", "-fPIC")).positionIndependent, true);
  assert.equal(binaryOf(compile("part.o", program, "-c")).executable, false);
});

test("file offsets lead to the code", { skip }, () => {
  const path = compile("code", program, "-O0", "-pie", "-fPIE");
  const binary = binaryOf(path);
  const visible = binary.symbols.find(({ name }) => name === "visible");
  assert.ok(visible !== undefined);
  const offset = binary.fileOffset(visible.address);
  assert.ok(offset !== undefined);
  const dumped = execFileSync("objdump", ["-d", "--disassemble=visible", path], { encoding: "latin1" });
  const first = /^\s*[0-9a-f]+:\t((?:[0-9a-f]{2} )+)/m.exec(dumped)?.[1]?.trim().split(" ") ?? [];
  assert.ok(first.length > 0);
  const bytes = [...fileSource(path).read(Number(offset), first.length)];
  assert.deepEqual(
    bytes.map((byte) => byte.toString(16).padStart(2, "0")),
    first,
  );
});

test("debug information in a file of its own is found by the build id and by its name", { skip }, () => {
  const path = compile("split", program, "-g", "-Wl,--build-id");
  const full = openElf(fileSource(path));
  assert.ok(full.ok);
  assert.match(buildId(full.value) ?? "", /^[0-9a-f]{40}$/);
  execFileSync("objcopy", ["--only-keep-debug", path, `${path}.debug`]);
  execFileSync("objcopy", ["--strip-all", `--add-gnu-debuglink=${path}.debug`, path]);
  const binary = binaryOf(path);
  assert.equal(binary.hasDebugInfo, true);
  assert.ok(
    binary.symbols.some(({ name }) => name === "hidden"),
    "symbols of the other file count",
  );
  const found = binary.parameters("visible");
  assert.ok(found !== undefined && found !== "missing");
  assert.equal(found.parameters[0]?.name, "a");
});

/** What `sys/sdt.h` would leave for two sites of one probe and one of another, without needing that header. */
const usdtProgram = `
unsigned short sema __attribute__((section(".probes"), used));
#define NOTE(provider, name, args, semaphore) __asm__ volatile ("990: nop\\n" \\
  ".pushsection .note.stapsdt,\\"\\",\\"note\\"\\n.balign 4\\n.4byte 992f-991f, 994f-993f, 3\\n" \\
  "991: .asciz \\"stapsdt\\"\\n992: .balign 4\\n993: .8byte 990b\\n.8byte _.stapsdt.base\\n.8byte " semaphore "\\n" \\
  ".asciz \\"" provider "\\"\\n.asciz \\"" name "\\"\\n.asciz \\"" args "\\"\\n994: .balign 4\\n.popsection\\n" \\
  ".ifndef _.stapsdt.base\\n.pushsection .stapsdt.base,\\"aG\\",\\"progbits\\",.stapsdt.base,comdat\\n" \\
  ".weak _.stapsdt.base\\n.hidden _.stapsdt.base\\n_.stapsdt.base: .space 1\\n.size _.stapsdt.base, 1\\n.popsection\\n.endif\\n")
int main(void) {
  NOTE("app", "start", "-4@$1 8@%rdi", "sema");
  NOTE("app", "stop", "", "0");
  NOTE("app", "start", "-4@$2 8@%rsi", "sema");
  return 0;
}
`;

test("static probes are gathered from their notes, with sites, semaphores and arguments", { skip }, () => {
  const elf = openElf(fileSource(compile("usdt", usdtProgram, "-O0")));
  assert.ok(elf.ok);
  const probes = usdtProbes(elf.value);
  assert.deepEqual(
    probes.map(({ provider, name, sites }) => [
      provider,
      name,
      sites.map((site) => site.arguments.join("|")),
    ]),
    [
      ["app", "start", ["-4@$1|8@%rdi", "-4@$2|8@%rsi"]],
      ["app", "stop", [""]],
    ],
  );
  const symbols = elfSymbols(elf.value);
  const main = symbols.find(({ name }) => name === "main");
  const semaphore = symbols.find(({ name }) => name === "sema");
  assert.ok(main !== undefined && semaphore !== undefined);
  const [start, stop] = probes;
  assert.equal(start?.sites[0]?.semaphore, semaphore.address);
  assert.equal(stop?.sites[0]?.semaphore, 0n);
  for (const { address } of start.sites) {
    assert.ok(address >= main.address && address < main.address + BigInt(main.size));
  }
});

test("arguments of static probes are split where the next one starts", () => {
  assert.deepEqual(splitArguments("-4@%edi 8@-16(%rbp) 4@[sp, 12] 8f@%xmm0 -2@$-5"), [
    "-4@%edi",
    "8@-16(%rbp)",
    "4@[sp, 12]",
    "8f@%xmm0",
    "-2@$-5",
  ]);
  assert.deepEqual(splitArguments(""), []);
});

/** A ZIP archive of one file that is stored, not compressed. */
function archiveOf(name: string, contents: Buffer, method: number): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(contents.length, 20);
  entry.writeUInt32LE(contents.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const body = Buffer.concat([local, Buffer.from(name), contents]);
  const directory = Buffer.concat([entry, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, directory, end]);
}

test("a program in a ZIP archive is probed at its place in the archive", { skip }, () => {
  const path = compile("packed", program, "-O0");
  const plain = binaryOf(path);
  const archive = join(folder, "app.zip");
  writeFileSync(archive, archiveOf("lib/packed", readFileSync(path), 0));
  const [named = ""] = findBinaryPaths(`${archive}!/lib/packed`, {
    environment: {},
    workingDirectory: folder,
  });
  const packed = binaryOf(named);
  assert.equal(packed.path, archive);
  assert.deepEqual(packed.symbols, plain.symbols);
  const address = plain.symbols.find(({ name }) => name === "visible")?.address ?? 0n;
  const moved = BigInt(30 + "lib/packed".length);
  assert.equal(packed.fileOffset(address), (plain.fileOffset(address) ?? 0n) + moved);
  writeFileSync(archive, archiveOf("lib/packed", readFileSync(path), 8));
  const errorOf = (name: string): string => {
    const found = readBinary(`${archive}!/${name}`, (_, open) => open());
    return found !== undefined && "error" in found ? found.error : "";
  };
  assert.match(errorOf("lib/packed"), /compressed/);
  assert.match(errorOf("lib/other"), /holds no lib\/other/);
  writeFileSync(archive, "no archive");
  assert.match(errorOf("lib/packed"), /no ZIP archive/);
});

test("files that are missing, no ELF, or damaged say so", () => {
  assert.equal(
    readBinary(join(folder, "none"), (_, open) => open()),
    undefined,
  );
  writeFileSync(join(folder, "text"), "hello");
  const text = readBinary(join(folder, "text"), (_, open) => open());
  assert.ok(text !== undefined && "error" in text);
  assert.match(text.error, /not an ELF file/);
  const cut = openElf(memorySource(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])));
  assert.equal(cut.ok ? "" : cut.error.kind, "damaged");
  const narrow = Buffer.alloc(64);
  narrow.write("\x7fELF\x01\x01", "latin1");
  const other = openElf(memorySource(narrow));
  assert.equal(other.ok ? "" : other.error.kind, "unsupported");
});

test("notes that are cut off end the list", () => {
  const note = Buffer.alloc(24);
  note.writeUInt32LE(4, 0);
  note.writeUInt32LE(4, 4);
  note.writeUInt32LE(7, 8);
  note.write("GNU\0", 12, "latin1");
  assert.equal(notesIn(note).length, 1);
  assert.deepEqual(notesIn(note.subarray(0, 18)), []);
  note.writeUInt32LE(0xffffffff, 4);
  assert.deepEqual(notesIn(note), []);
});
