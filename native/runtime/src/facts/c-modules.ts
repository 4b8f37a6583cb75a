/**
 * C files that scripts import: compiled by an installed clang, once to code that can be linked, once to an object that tells
 * the types. An object that somebody compiled before is both.
 */

import { execFile, execFileSync, type ExecFileSyncOptions } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";

import { type CModule, type CModuleRequest, readCTypeInformation } from "@probewright/compiler";
import { type BpfObject, definedNames, readObject } from "@probewright/llvm-bindings";

import { openNames } from "./c-needs.ts";
import { stackOfFunctions } from "./c-stack.ts";
import type { FactReader } from "./cache.ts";
import { findProgram, type IncludeOptions } from "./includes.ts";

type Compiled = CModule | { readonly error: string };

const MAX_OUTPUT_BYTES = 64 << 20;
const LIMIT_MS = 60_000;
const run = promisify(execFile);

/**
 * The IR that a clang writes is read by LLVM 19, which knows what older ones write; that of newer ones only may be
 * understood.
 */
const compilers: readonly string[] = [
  ...[19, 18, 17, 16, 15, 14, 13, 12].map((version) => `clang-${version}`),
  "clang",
  ...[20, 21, 22, 23].map((version) => `clang-${version}`),
];

export function cModuleReader(request: CModuleRequest, options: IncludeOptions): FactReader<Compiled> {
  if (request.path.endsWith(".o")) return { now: () => readCompiled(request.path) };
  const settings = {
    encoding: "buffer",
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: LIMIT_MS,
    cwd: dirname(request.path),
    stdio: ["ignore", "pipe", "pipe"],
  } satisfies ExecFileSyncOptions;
  const [code, object] = [
    argumentsFor(request, options, codeOutput),
    argumentsFor(request, options, objectOutput),
  ];
  return {
    now: () => {
      const compiler = findProgram(compilers, options.environment);
      if (compiler === undefined) return withoutCompiler;
      try {
        return moduleOf(
          request,
          execFileSync(compiler, code, settings),
          execFileSync(compiler, object, settings),
        );
      } catch (error) {
        return failed(error);
      }
    },
    later: async () => {
      const compiler = findProgram(compilers, options.environment);
      if (compiler === undefined) return withoutCompiler;
      try {
        const [first, second] = await Promise.all([
          run(compiler, code, settings),
          run(compiler, object, settings),
        ]);
        return moduleOf(request, first.stdout, second.stdout);
      } catch (error) {
        return failed(error);
      }
    },
  };
}

const withoutCompiler = {
  error: "C files are compiled by clang, and none is installed (on Debian or Ubuntu: apt-get install clang)",
};

const codeOutput: readonly string[] = ["-S", "-emit-llvm", "-gdwarf-5", "-gembed-source"];
const objectOutput: readonly string[] = ["-c"];

function argumentsFor(
  { from, path, headers }: CModuleRequest,
  options: IncludeOptions,
  output: readonly string[],
): readonly string[] {
  const folders = [
    ...(options.includePaths ?? []),
    dirname(from),
    ...headers.map((header) => dirname(header)),
    ...machineFolders.filter((folder) => existsSync(folder)),
  ];
  return [
    "-target",
    "bpf",
    "-O2",
    "-g",
    `-D__TARGET_ARCH_${process.arch === "arm64" ? "arm64" : "x86"}`,
    ...folders.map((folder) => `-I${folder}`),
    ...output,
    "-o",
    "-",
    "-x",
    "c",
    path,
  ];
}

/** Compilers for BPF do not look where headers of one architecture are. */
const machineFolders: readonly string[] = [
  `/usr/include/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`,
];

/** What clang complains of first; that names its place. */
function failed(error: unknown): Compiled {
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  const errors = stderr.split("\n").filter((line) => /\berror: /.test(line));
  const first = errors[0] ?? stderr.trim().split("\n")[0] ?? "clang failed without a word";
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return { error: `${first}${more}` };
}

function moduleOf({ path }: CModuleRequest, code: Buffer, object: Buffer): Compiled {
  const read = readObject(object);
  if (read.kind === "error") return { error: `clang made no object: ${read.message}` };
  const ir = code.toString("utf8");
  // A file without functions and types has no need to tell of any.
  const types = typeSection(read.object) ?? noTypes;
  return moduleWith(path, read.object, types, { programs: programsIn(ir), code: privateToObject(ir) });
}

function readCompiled(path: string): Compiled {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { error: `it cannot be read: ${String(error)}` };
  }
  const read = readObject(bytes);
  if (read.kind === "error") return { error: read.message };
  const types = typeSection(read.object);
  if (types === undefined)
    return {
      error: "it does not tell the types of its functions (no section .BTF); compile it with clang -g",
    };
  const programs = read.object.symbols.filter(
    ({ kind, section }) =>
      kind === "function" && section !== undefined && nameOf(read.object, section) !== ".text",
  );
  return moduleWith(path, read.object, types, {
    programs: programs.map(({ name }) => name),
    code: bytes.toString("latin1"),
  });
}

function nameOf(object: BpfObject, section: number): string | undefined {
  return object.sections[section]?.name;
}

function typeSection(object: BpfObject): Uint8Array | undefined {
  return object.sections.find(({ name }) => name === ".BTF")?.bytes;
}

function moduleWith(
  path: string,
  object: BpfObject,
  typeBytes: Uint8Array,
  rest: Pick<CModule, "programs" | "code">,
): Compiled {
  const types = readCTypeInformation(typeBytes, basename(path));
  if (!types.ok) return { error: `its types cannot be read: ${types.error.message}` };
  const stack = stackOfFunctions(object);
  const functions = types.value.functions.map((each) => ({
    ...each,
    stackBytes: stack.get(each.prototype.name) ?? 0,
  }));
  const names = { defines: definedNames(object), needs: openNames(object) };
  return { path, functions, types: types.value.types, ...names, ...rest };
}

/** An empty type section: header only. */
const noTypes = Uint8Array.from([
  0x9f, 0xeb, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
]);

/** Functions that stand in a section of their own. */
function programsIn(ir: string): readonly string[] {
  return [...ir.matchAll(/^define [^@\n]*@([\w.]+)\([^\n]*? section "(?!\.text")/gm)].map(
    ([, name]) => name ?? "",
  );
}

/**
 * Debug information says which functions are global, and the kernel checks those by themselves, for all that they might be
 * called with. Linked into a script, all are parts of it.
 */
function privateToObject(ir: string): string {
  return ir.replaceAll("spFlags: DISPFlagDefinition", "spFlags: DISPFlagLocalToUnit | DISPFlagDefinition");
}
