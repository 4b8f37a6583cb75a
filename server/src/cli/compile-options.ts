/** Options that several verbs share: where the program comes from and what it is compiled for. */

import { accessSync, constants, readFileSync } from "node:fs";

import { err, ok, type Result } from "@probewright/compiler";
import { reasonOf } from "../host/output.ts";
import { has, valueOf, valuesOf, type OptionRow, type ParsedOptions } from "./options.ts";

export const programOption: OptionRow = {
  name: "expression",
  short: "e",
  argument: "PROGRAM",
  help: "the program itself instead of a file",
};

export const compileOptions: readonly OptionRow[] = [
  { name: "unsafe", help: "allow functions that change the system, and unchecked attach points" },
  { name: "pid", short: "p", argument: "PID", help: "only this process" },
  { name: "include-dir", short: "I", argument: "DIR", repeatable: true, help: "also look here for headers" },
  { name: "include", argument: "FILE", repeatable: true, help: "read this header first" },
  {
    name: "no-feature",
    argument: "LIST",
    repeatable: true,
    help: "do as if the kernel lacked these features",
  },
  { name: "traceable-functions", argument: "FILE", help: "list of kernel functions that may be traced" },
];

/** A program to compile. */
export interface ProgramSource {
  /** What messages call it; `stdin` for text that is in no file. */
  readonly name: string;
  readonly text: string;
  /** The file as it is, for what is no text: a compiled program. */
  readonly bytes?: Buffer;
  readonly parameters: readonly string[];
  /** Values of `--name=value` words after the script. */
  readonly namedParameters: ReadonlyMap<string, string | true>;
  /** Files by path, as an editor shows them: they may not be saved yet. */
  readonly openFiles?: ReadonlyMap<string, string>;
}

/** A script with what else an editor has open, as standard input of `run --open-files`. */
export interface EditorInput {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** One program: from `-e`, from a file, or from standard input as `-`; what follows are its parameters. */
export function readProgram(options: ParsedOptions): Result<ProgramSource, string> {
  const inline = valueOf(options, "expression");
  if (inline !== undefined) return ok({ name: "stdin", text: inline, ...splitParameters(options.operands) });
  const [file, ...rest] = options.operands;
  if (file === undefined) return err("name a script, or give a program with -e");
  const bytes = readBytes(file);
  if (!bytes.ok) return bytes;
  const name = file === "-" ? "stdin" : file;
  if (has(options, "open-files")) return readEditorInput(name, bytes.value, rest);
  return ok({ name, text: bytes.value.toString("utf8"), bytes: bytes.value, ...splitParameters(rest) });
}

function readEditorInput(
  name: string,
  bytes: Buffer,
  parameters: readonly string[],
): Result<ProgramSource, string> {
  let input: Partial<EditorInput> | null;
  try {
    input = JSON.parse(bytes.toString("utf8")) as Partial<EditorInput> | null; // its fields are looked at below
  } catch {
    input = null;
  }
  if (typeof input?.text !== "string") return err("--open-files takes JSON with a text and files");
  const openFiles = new Map(Object.entries(input.files ?? {}));
  return ok({ name, text: input.text, openFiles, ...splitParameters(parameters) });
}

export function readSource(file: string): Result<string, string> {
  const bytes = readBytes(file);
  return bytes.ok ? ok(bytes.value.toString("utf8")) : bytes;
}

function readBytes(file: string): Result<Buffer, string> {
  try {
    return ok(readFileSync(file === "-" ? 0 : file));
  } catch (error) {
    return err(cannotRead(file, error));
  }
}

function cannotRead(file: string, error: unknown): string {
  const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return `cannot read '${file}': ${missing ? "no such file" : reasonOf(error)}`;
}

function splitParameters(words: readonly string[]): Pick<ProgramSource, "parameters" | "namedParameters"> {
  const parameters: string[] = [];
  const namedParameters = new Map<string, string | true>();
  for (const word of words) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    if (match?.[1] === undefined) parameters.push(word);
    else namedParameters.set(match[1], match[2] ?? true);
  }
  return { parameters, namedParameters };
}

/** What compiling depends on beside the program and the kernel. */
export interface CompileSettings {
  readonly unsafe: boolean;
  readonly pid: number | undefined;
  readonly includeDirectories: readonly string[];
  readonly includes: readonly string[];
  readonly disabledFeatures: ReadonlySet<string>;
  readonly traceableFunctions: string | undefined;
}

export function readCompileSettings(options: ParsedOptions): Result<CompileSettings, string> {
  const pidText = valueOf(options, "pid");
  const pid = pidText === undefined ? undefined : Number(pidText);
  if (pid !== undefined && (!/^\d+$/.test(pidText ?? "") || pid > 4_194_304))
    return err(`'${pidText ?? ""}' is no process id`);
  const traceableFunctions = valueOf(options, "traceable-functions");
  const unread = traceableFunctions === undefined ? undefined : whyUnreadable(traceableFunctions);
  if (unread !== undefined) return err(unread);
  return ok({
    unsafe: has(options, "unsafe"),
    pid,
    includeDirectories: valuesOf(options, "include-dir"),
    includes: valuesOf(options, "include"),
    disabledFeatures: new Set(valuesOf(options, "no-feature").flatMap((list) => list.split(","))),
    traceableFunctions,
  });
}

/** Without the list every function counts as traceable, which is the opposite of what was asked for. */
function whyUnreadable(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return cannotRead(file, error);
  }
}
