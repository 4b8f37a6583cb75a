/**
 * Compiles the programs that tests trace, once: into `.cache/programs/testprogs` and `testlibs`, under the names that the
 * conformance cases use. Tests run in that folder's parent, so `./testprogs/NAME` is a program here.
 */

import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { zipOf } from "./zip.ts";

const sources = fileURLToPath(new URL("./", import.meta.url));

/** The folder that holds `testprogs` and `testlibs`. */
export const programsFolder = fileURLToPath(new URL("../../.cache/programs/", import.meta.url));

/** Frame pointers, so that the kernel can walk the stack; calls stay calls. */
const common = ["-g", "-O0", "-fno-omit-frame-pointer", "-gdwarf-5"];

interface Recipe {
  /** Source, without its folder. */
  readonly from: string;
  readonly flags?: readonly string[];
  /** Replaces `common`. */
  readonly instead?: readonly string[];
  readonly compiler?: string;
}

/** By the file it makes; what is not listed is `NAME.c` with the common flags. */
const recipes: Readonly<Record<string, Recipe>> = {
  "testlibs/libsimple.so": { from: "libsimple.c", flags: ["-shared", "-fPIC"] },
  "testlibs/libusdt_tp.so": { from: "libusdt_tp.c", flags: ["-shared", "-fPIC"] },
  "testprogs/usdt_lib": {
    from: "usdt_lib.c",
    flags: ["-Ltestlibs", "-lusdt_tp", `-Wl,-rpath,$ORIGIN/../testlibs`],
  },
  "testprogs/uprobe_test": { from: "uprobe_test.c", flags: ["-no-pie"] },
  "testprogs/uprobe_test-pie": { from: "uprobe_test.c", flags: ["-pie", "-fPIE"] },
  "testprogs/uprobe_static": { from: "uprobe_test.c", flags: ["-static"] },
  "testprogs/uprobe_symres_exited_process": { from: "uprobe_symres.c", flags: ["-DEXIT"] },
  "testprogs/uprobe_nofp": {
    from: "uprobe_nofp.c",
    instead: ["-g", "-O1", "-fomit-frame-pointer", "-fno-optimize-sibling-calls"],
  },
  "testprogs/multi_threads": { from: "multi_threads.c", flags: ["-pthread"] },
  "testprogs/watchpoint_threaded": { from: "watchpoint_threaded.c", flags: ["-pthread"] },
  "testprogs/watchpoint": { from: "watchpoint.c", flags: ["-no-pie"] },
  "testprogs/usdt_args": { from: "usdt_args.c", instead: ["-g", "-O2"] },
  "testprogs/cpp": { from: "cpp.cc", compiler: "g++" },
  "testprogs/external_debug/dwo/uprobe_test-split": { from: "uprobe_test.c", flags: ["-gsplit-dwarf"] },
  // Debian's dwp knows DWARF 4.
  "testprogs/external_debug/dwp/uprobe_test-split": {
    from: "uprobe_test.c",
    flags: ["-gdwarf-4", "-gsplit-dwarf"],
  },
};

/** Sources that are no program of their own. */
const parts: ReadonlySet<string> = new Set(["libsimple.c", "libusdt_tp.c"]);

/**
 * Compiles what is missing or older than its source.
 *
 * @returns the folder that holds `testprogs`
 * @throws {Error} with the compiler's words
 */
export function buildPrograms(): string {
  const wanted = new Map<string, Recipe>(Object.entries(recipes));
  for (const source of readdirSync(sources)) {
    const output = `testprogs/${source.replace(/\.c$/, "")}`;
    if (source.endsWith(".c") && !parts.has(source) && !wanted.has(output))
      wanted.set(output, { from: source });
  }
  for (const [output, recipe] of wanted) build(output, recipe);
  derive("testprogs/usdt_test-copy", "testprogs/usdt_test", copyFileSync);
  derive("testprogs/archive.zip", "testprogs/true", (from, to) => {
    writeFileSync(to, zipOf("true", readFileSync(from)));
  });
  derive("testprogs/uprobe_test-stripped", "testprogs/uprobe_test", strip);
  derive(
    "testprogs/external_debug/dwp/uprobe_test-split.dwp",
    "testprogs/external_debug/dwp/uprobe_test-split",
    pack,
  );
  if (isThere("rustc")) buildRust();
  return programsFolder;
}

function isNewer(file: string, than: string): boolean {
  return existsSync(file) && statSync(file).mtimeMs >= statSync(than).mtimeMs;
}

function build(output: string, { from, flags = [], instead = common, compiler = "gcc" }: Recipe): void {
  const target = join(programsFolder, output);
  const source = join(sources, from);
  if (isNewer(target, source) && isNewer(target, join(sources, "build.ts"))) return;
  mkdirSync(dirname(target), { recursive: true });
  call(compiler, ["-Wall", "-Wextra", "-Werror", ...instead, "-o", output, source, ...flags]);
}

function derive(output: string, from: string, make: (from: string, to: string) => void): void {
  const target = join(programsFolder, output);
  const source = join(programsFolder, from);
  if (!isNewer(target, source)) make(source, target);
}

/** Symbols and debug information of `uprobe_test-stripped` lie in a file that only `--debuginfo` finds. */
function strip(from: string, to: string): void {
  const folder = join(programsFolder, "testprogs/external_debug");
  const debug = join(folder, "uprobe_test-stripped.debug");
  call("objcopy", ["--only-keep-debug", from, debug]);
  call("strip", ["-o", to, from]);
  call("objcopy", [`--add-gnu-debuglink=${debug}`, to]);
}

/** Moves the debug information of the split program into one package beside it. */
function pack(from: string, to: string): void {
  if (isThere("dwp")) call("dwp", ["-e", from, "-o", to]);
}

function buildRust(): void {
  const target = join(programsFolder, "testprogs/hello_rust");
  const source = join(sources, "hello_rust.rs");
  if (!isNewer(target, source)) call("rustc", ["-g", "-O", "-o", target, source]);
}

function isThere(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

function call(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd: programsFolder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
}
