/** Which files names in scripts mean, what imports may read, and headers through a C compiler. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { noTypes, readCDeclarations, scriptStyle } from "@probewright/compiler";
import { unmet } from "@probewright/tests/harness/needs";

import { findBinaryPaths, mappedFiles } from "./binary-paths.ts";
import { readImport } from "./imports.ts";
import { findCompiler, includeReader } from "./includes.ts";
import { parseLibraryCache } from "./library-cache.ts";

const folder = mkdtempSync(join(tmpdir(), "files-"));
after(() => {
  rmSync(folder, { recursive: true });
});
const linux = unmet("linux");

mkdirSync(join(folder, "bin"));
mkdirSync(join(folder, "sbin"));
if (linux === false) {
  for (const name of ["bin/tool", "bin/tool2", "sbin/tool", "bin/.hidden"])
    copyFileSync("/bin/sh", join(folder, name));
  symlinkSync(join(folder, "bin/tool"), join(folder, "sbin/same"));
}
writeFileSync(join(folder, "bin/tool.txt"), "no program");
const options = {
  environment: { PATH: `${folder}/bin:${folder}/sbin` },
  workingDirectory: folder,
};
const found = (pattern: string): readonly string[] =>
  findBinaryPaths(pattern, options).map((path) => path.replace(`${folder}/`, ""));

test("a bare name is looked for in PATH, every folder that has it", { skip: linux }, () => {
  assert.deepEqual(found("tool"), ["bin/tool", "sbin/tool"]);
  assert.deepEqual(found("same"), ["sbin/same"]);
  assert.deepEqual(found("nothing"), []);
});

test("a name with a slash is a path, relative to the working directory, and stays as written", {
  skip: linux,
}, () => {
  assert.deepEqual(found("./bin/tool"), ["./bin/tool"]);
  assert.deepEqual(found("./*bin/tool"), ["./bin/tool", "./sbin/tool"]);
  assert.deepEqual(found("bin/tool"), ["bin/tool"]);
  assert.deepEqual(found(join(folder, "bin/tool")), ["bin/tool"]);
  assert.deepEqual(found("bin/none"), []);
});

test("wildcards match ELF files only, one file once", { skip: linux }, () => {
  assert.deepEqual(found("bin/tool*"), ["bin/tool", "bin/tool2"]);
  assert.deepEqual(found(`${folder}/*/tool`), ["bin/tool", "sbin/tool"]);
  assert.deepEqual(found("to*"), ["bin/tool", "bin/tool2", "sbin/tool"]);
  assert.deepEqual(
    found("sa*"),
    ["sbin/same"],
    "a link to a file already matched elsewhere is found by its own name",
  );
});

test("with a pid, paths are those that the process sees", { skip: linux }, () => {
  const paths = findBinaryPaths("/bin/sh", { ...options, pid: process.pid });
  assert.deepEqual(paths, [`/proc/${process.pid}/root/bin/sh`]);
  assert.ok(mappedFiles(process.pid).length > 0);
  const [program] = findBinaryPaths(`/proc/${process.pid}/exe`, options);
  assert.equal(program, `/proc/${process.pid}/root${realpathSync(process.execPath)}`);
});

test("a program that runs is found when its file was deleted or replaced", { skip: linux }, async () => {
  const path = join(folder, "running");
  copyFileSync(process.execPath, path);
  const child = spawn(path, ["-e", "setInterval(() => {}, 1000); console.log()"]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const running = `/proc/${String(child.pid)}/exe`;
  assert.deepEqual(findBinaryPaths(running, options), [
    `/proc/${String(child.pid)}/root${realpathSync(path)}`,
  ]);
  copyFileSync("/bin/sh", `${path}.new`);
  renameSync(`${path}.new`, path);
  assert.deepEqual(findBinaryPaths(running, options), [running]);
  child.kill();
});

test("the C library is found by its short name", { skip: linux }, () => {
  const [path] = findBinaryPaths("libc", options);
  assert.match(path ?? "", /\/libc\.so|\/libc\.musl/);
});

/** A cache as the dynamic linker writes it: header, entries, strings. */
function cacheOf(libraries: readonly (readonly [name: string, path: string, flags: number])[]): Buffer {
  const head = Buffer.alloc(48 + libraries.length * 24);
  head.write("glibc-ld.so.cache1.1", "latin1");
  head.writeUInt32LE(libraries.length, 20);
  const strings: Buffer[] = [];
  let at = head.length;
  const add = (text: string): number => {
    const start = at;
    strings.push(Buffer.from(`${text}\0`, "latin1"));
    at += text.length + 1;
    return start;
  };
  libraries.forEach(([name, path, flags], i) => {
    head.writeUInt32LE(flags, 48 + i * 24);
    head.writeUInt32LE(add(name), 52 + i * 24);
    head.writeUInt32LE(add(path), 56 + i * 24);
  });
  return Buffer.concat([head, ...strings]);
}

test("the linker's cache gives the libraries of one architecture", () => {
  const cache = cacheOf([
    ["libc.so.6", "/lib/x86_64/libc.so.6", 0x0303],
    ["libc.so.6", "/lib/i386/libc.so.6", 0x0003],
    ["libz.so.1", "/lib/x86_64/libz.so.1", 0x0303],
  ]);
  assert.deepEqual(
    parseLibraryCache(cache, "x64").map(({ path }) => path),
    ["/lib/x86_64/libc.so.6", "/lib/x86_64/libz.so.1"],
  );
  const behindOld = Buffer.concat([Buffer.from("ld.so-1.7.0\0\0\0\0\0", "latin1"), cache]);
  assert.equal(parseLibraryCache(behindOld, "x64").length, 2);
  assert.deepEqual(parseLibraryCache(cache.subarray(0, 60), "x64"), []);
  assert.deepEqual(parseLibraryCache(Buffer.from("nonsense"), "x64"), []);
});

test("imports are looked for beside the script, then in the configured folders", () => {
  mkdirSync(join(folder, "scripts/lib"), { recursive: true });
  mkdirSync(join(folder, "shared"));
  writeFileSync(join(folder, "scripts/near.bt"), "near");
  writeFileSync(join(folder, "shared/near.bt"), "far");
  writeFileSync(join(folder, "shared/far.bt"), "far");
  writeFileSync(join(folder, "scripts/lib/b.bt"), "b");
  writeFileSync(join(folder, "scripts/lib/a.bpf.c"), "a");
  writeFileSync(join(folder, "scripts/lib/readme.md"), "no");
  const from = join(folder, "scripts/main.bt");
  const texts = (path: string): unknown => {
    const read = readImport(from, path, { importPaths: [join(folder, "shared")] });
    return Array.isArray(read) ? read.map((one: { readonly text: string }) => one.text) : read;
  };
  assert.deepEqual(texts("near.bt"), ["near"]);
  assert.deepEqual(texts("far.bt"), ["far"]);
  assert.deepEqual(texts("lib"), ["a", "b"]);
  assert.equal(texts("none.bt"), undefined);
});

test("what everyone may change is not imported", { skip: linux }, () => {
  const path = join(folder, "open.bt");
  writeFileSync(path, "x");
  chmodSync(path, 0o666);
  const read = readImport(join(folder, "main.bt"), "open.bt", {});
  assert.ok(read !== undefined && "error" in read);
  assert.match(read.error, /everyone may change it/);
});

const compiler = findCompiler(process.env);
const noCompiler = compiler === undefined ? "needs a C compiler on the PATH" : linux;

test("headers come preprocessed, with their macros, and are read", { skip: noCompiler }, () => {
  const from = join(folder, "main.bt");
  for (const header of ["stdint.h", "netinet/in.h", "sys/socket.h", "stdio.h", "linux/tcp.h", "sys/stat.h"]) {
    const read = includeReader(from, header, true, { environment: process.env }).now?.();
    assert.ok(read !== undefined && "text" in read, `${header}: ${JSON.stringify(read)}`);
    const { problems, structs, macros } = readCDeclarations([read.text], {
      outer: noTypes,
      origin: "script",
      style: scriptStyle,
    });
    assert.deepEqual(problems, [], header);
    if (header === "netinet/in.h") {
      const address = structs.find(({ name }) => name === "struct sockaddr_in");
      assert.equal(address?.size, 16);
      assert.equal(macros.get("INADDR_LOOPBACK"), "((in_addr_t) 0x7f000001)");
    }
  }
});

test("headers are fetched without waiting too, and beside the script first", {
  skip: noCompiler,
}, async () => {
  writeFileSync(join(folder, "own.h"), "#define MINE 5\nstruct own { int x[MINE]; };\n");
  const reader = includeReader(join(folder, "main.bt"), "own.h", false, { environment: process.env });
  const read = await reader.later?.();
  assert.ok(read !== undefined && "text" in read);
  assert.match(read.text, /struct own/);
  assert.match(read.text, /#define MINE 5/);
});

test("headers that are missing or wrong say so", { skip: noCompiler }, () => {
  const from = join(folder, "main.bt");
  const read = (header: string): unknown =>
    includeReader(from, header, false, { environment: process.env }).now?.();
  assert.equal(read("no-such-header.h"), undefined);
  writeFileSync(join(folder, "needs.h"), '#include "also-missing.h"\n');
  assert.deepEqual(read("needs.h"), { error: "needs.h needs also-missing.h, which is not there" });
  writeFileSync(join(folder, "wrong.h"), "#error not like this\n");
  const wrong = read("wrong.h");
  assert.match(JSON.stringify(wrong), /not like this/);
});

test("without a C compiler there is one clear message", () => {
  const read = includeReader("/main.bt", "stdio.h", true, { environment: { PATH: "/nowhere" } }).now?.();
  assert.ok(read !== undefined && "error" in read);
  assert.match(read.error, /headers need a C compiler/);
});
