/** From a script's text to what LLVM makes of it, for tests and benchmarks that look at the object. */

import {
  check,
  compileCore,
  createLocator,
  defaultOptions,
  parseScript,
  stackFindings,
  type CodegenEnvironment,
  type CompiledCore,
  type CoreProgram,
  type Diagnostic,
  type KernelFacts,
  type Locator,
  type Manifest,
  type StackReport,
} from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import { compileIr, type CompiledFunction } from "@probewright/llvm-bindings";

const parser = nativeParser();

export interface Generated {
  readonly ir: string;
  readonly manifest: Manifest;
  readonly stack: StackReport;
  readonly diagnostics: readonly Diagnostic[];
  readonly locator: Locator;
}

interface Checked {
  readonly core: CoreProgram;
  readonly environment: CodegenEnvironment;
  readonly locator: Locator;
}

function checkScript(text: string, facts: KernelFacts, name: string): Checked | undefined {
  const parse = (source: string): ReturnType<typeof parseScript> => parseScript(source, parser);
  const script = parse(text);
  const options = { ...defaultOptions, unsafe: true, positional: ["1", "2", "3", "4"] };
  const analysis = check({ script, sourceName: name, facts, parse, options });
  if (analysis.core === undefined) return undefined;
  const locator = createLocator(analysis.files.map((file) => ({ ...file, text: file.text ?? text })));
  const environment: CodegenEnvironment = {
    file: name,
    locate: (place) => locator.position(place),
    sourceText: (file) => locator.text(file),
    architecture: facts.architecture,
    hasFeature: facts.hasFeature,
    warnings: "default",
  };
  return { core: analysis.core, environment, locator };
}

/** @returns undefined when the script has errors on that kernel */
export function generateScript(text: string, facts: KernelFacts, name = "script.bt"): Generated | undefined {
  const checked = checkScript(text, facts, name);
  if (checked === undefined) return undefined;
  return { ...compileCore(checked.core, checked.environment), locator: checked.locator };
}

/** The same for each probe by itself, in order. */
export function generateProbes(text: string, facts: KernelFacts): readonly CompiledCore[] {
  const { core, environment } = checkScript(text, facts, "script.bt") ?? {};
  if (core === undefined || environment === undefined) return [];
  return core.probes.map((probe) => compileCore(core, environment, [probe]));
}

/** What is said about the stack. @returns undefined when the script has errors on that kernel */
export function stackFindingsOf(
  text: string,
  facts: KernelFacts,
  share = 100,
): readonly Diagnostic[] | undefined {
  const checked = checkScript(text, facts, "script.bt");
  return checked === undefined ? undefined : stackFindings(checked.core, checked.environment, { share });
}

export interface Built extends Generated {
  readonly object: Uint8Array;
  readonly functions: readonly CompiledFunction[];
}

/** Compiles without judging the size of frames. @throws Error with LLVM's words when it refuses our IR */
export function buildGenerated(generated: Generated): Built {
  const compiled = compileIr(generated.ir, { stackSizeLimit: Number.POSITIVE_INFINITY });
  if (compiled.kind === "error") throw new Error(compiled.message);
  return { ...generated, object: compiled.object, functions: compiled.functions };
}
