/** From a program's text to a checked program, and from that to an object ready to load. */

import {
  check,
  compileCore,
  createLocator,
  err,
  InvariantError,
  ok,
  hasFunction,
  parseScript,
  renderDiagnostic,
  stackFindings,
  type Check,
  type CodegenEnvironment,
  type Diagnostic,
  type KernelFacts,
  type Locator,
  type Manifest,
  type Result,
  type Script,
  type StackLimits,
  type StackReport,
} from "@probewright/compiler";
import { compileIr } from "@probewright/llvm-bindings";
import type { CompileSettings, ProgramSource } from "../cli/compile-options.ts";
import type { ObjectCache } from "./object-cache.ts";
import { openParser } from "./parser.ts";

export interface CheckedProgram {
  readonly source: ProgramSource;
  readonly script: Script;
  readonly analysis: Check;
  readonly locator: Locator;
  readonly facts: KernelFacts;
  /** Features switched off with `--no-feature`. */
  readonly disabledFeatures: ReadonlySet<string>;
  /** For tests: a scalar map whose value `tseries()` takes for the time. */
  readonly timeMap: string | undefined;
}

export async function checkProgram(
  source: ProgramSource,
  settings: CompileSettings & { readonly command: boolean | undefined },
  facts: KernelFacts,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CheckedProgram> {
  const parser = await openParser();
  const script = parseScript(source.text, parser);
  const analysis = check({
    script,
    sourceName: source.name,
    facts,
    parse: (text) => parseScript(text, parser),
    options: {
      unsafe: settings.unsafe,
      pid: settings.pid,
      command: settings.command,
      positional: source.parameters,
      disabledFeatures: settings.disabledFeatures,
      environment: environmentSettings(environment),
      includes: settings.includes,
    },
  });
  const files = analysis.files.map((file) => ({ ...file, text: file.text ?? source.text }));
  const locator = createLocator(files);
  return {
    source,
    script,
    analysis,
    locator,
    facts,
    disabledFeatures: settings.disabledFeatures,
    timeMap: environment["BPFTRACE_DUMMY_TS_MAP"],
  };
}

function environmentSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export interface GeneratedProgram {
  readonly ir: string;
  /** Code of C files that it calls functions of, as modules have it. */
  readonly linked: readonly string[];
  readonly manifest: Manifest;
  readonly stack: StackReport;
  /** What only code generation can find: programs whose stack does not fit. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface BuiltProgram extends GeneratedProgram {
  readonly object: Uint8Array;
}

/** What helpers are checked for. */
export type WarningLevel = "none" | "default" | "all";

function codegenEnvironment(
  { source, locator, facts, timeMap }: CheckedProgram,
  warnings: WarningLevel,
): CodegenEnvironment {
  return {
    file: source.name,
    locate: (place) => locator.position(place),
    sourceText: (file) => locator.text(file),
    architecture: facts.architecture,
    hasFeature: facts.hasFeature,
    findMembers: facts.findMembers,
    warnings,
    ...(timeMap === undefined ? {} : { timeMap }),
  };
}

/** What there is to say about the stack of a program without errors; nothing of one that code cannot be generated for. */
export function stackDiagnostics(checked: CheckedProgram, limits: StackLimits): readonly Diagnostic[] {
  const { core } = checked.analysis;
  if (core === undefined) return [];
  try {
    return stackFindings(core, codegenEnvironment(checked, "default"), limits);
  } catch (error) {
    if (error instanceof InvariantError) return [];
    throw error;
  }
}

type SessionFacts = ReturnType<NonNullable<CodegenEnvironment["session"]>>;

/** Undefined where the kernel has no kprobe.session, or it is not to be used. */
function sessionFacts({ facts, disabledFeatures }: CheckedProgram): SessionFacts {
  const features = ["kprobe_multi", "kprobe_session"] as const;
  if (features.some((name) => disabledFeatures.has(name) || facts.hasFeature(name) !== true))
    return undefined;
  const [prototype] = facts.findFunctions("bpf_session_is_return", "vmlinux");
  if (prototype === undefined || !facts.traceableFunctionsExact()) return undefined;
  const traceable = facts.traceableFunctions();
  return {
    takesContext: prototype.parameters.length > 0,
    isTraceable: (name) => traceable !== undefined && hasFunction(traceable, name),
  };
}

/** @returns a sentence when the program cannot be generated although it was checked: our mistake */
export function generateProgram(
  checked: CheckedProgram,
  warnings: WarningLevel,
): Result<GeneratedProgram, string> {
  const { core, incomplete } = checked.analysis;
  if (core === undefined)
    return err(
      incomplete ? "it cannot be compiled here, for the reason given above" : "the program has errors",
    );
  try {
    const environment = codegenEnvironment(checked, warnings);
    // Its text and manifest too are made here, where mistakes of ours are told as such.
    return ok({ ...compileCore(core, { ...environment, session: () => sessionFacts(checked) }) });
  } catch (error) {
    if (error instanceof InvariantError) return err(`this program cannot be compiled yet: ${error.message}`);
    throw error;
  }
}

/** @param cache where objects are kept; without one LLVM works each time */
export function buildProgram(
  checked: CheckedProgram,
  warnings: WarningLevel,
  cache?: ObjectCache,
): Result<BuiltProgram, string> {
  const generated = generateProgram(checked, warnings);
  if (!generated.ok) return generated;
  const errors = generated.value.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    return err(errors.map((error) => renderDiagnostic(error, checked.locator, { color: false })).join(""));
  }
  const { ir, linked } = generated.value;
  const source = [ir, ...linked].join("\n");
  const known = cache?.find(source);
  if (known !== undefined) return ok({ ...generated.value, object: known });
  const compiled = compileIr(ir, { emit: "bytes", link: linked });
  if (compiled.kind === "error") {
    const where = compiled.function === undefined ? "" : ` in ${compiled.function}`;
    return err(`the code generator refused this program${where}: ${compiled.message}`);
  }
  cache?.keep(source, compiled.object);
  return ok({ ...generated.value, object: compiled.object });
}
