/** `check`: says what is wrong with scripts, before they run. */

import {
  diagnosticJson,
  kernelRemark,
  mergeFindings,
  renderDiagnostic,
  sarifLog,
  type Finding,
  type KernelFacts,
} from "@probewright/compiler";
import { checkProgram, stackDiagnostics } from "../../host/build.ts";
import { openKernel } from "../../host/kernels.ts";
import {
  compileOptions,
  programOption,
  readCompileSettings,
  readProgram,
  readSource,
  type CompileSettings,
  type ProgramSource,
} from "../compile-options.ts";
import { has, valueOf, valuesOf, type ParsedOptions } from "../options.ts";
import { VERSION } from "../../version.ts";
import { WRONG_USE, type CommandIo, type Verb } from "../verb.ts";
import { folderOf } from "./list.ts";

const formats = ["text", "json", "sarif"] as const;
type Format = (typeof formats)[number];

export const checkVerb: Verb = {
  name: "check",
  usage: ["[options] FILE…", "[options] -e PROGRAM [parameters]"],
  summary: "Checks scripts without running them: names, types, kernel fields, stack.",
  details:
    "Exit status 0 without errors, 1 with, 2 for wrong use. --kernel may be given several times: each script is then\n" +
    "checked against each kernel. `--kernel none` knows no kernel, so unknown targets and kernel types are no errors.",
  options: [
    programOption,
    ...compileOptions,
    {
      name: "kernel",
      argument: "KERNEL",
      repeatable: true,
      help: "live, default, none, or a captured profile (default: live)",
    },
    { name: "format", argument: "FORMAT", help: "text, json (one diagnostic a line) or sarif" },
    {
      name: "stack-share",
      argument: "PERCENT",
      help: "hint at probes that take more of the 512 bytes of stack (default: 75)",
    },
  ],
  rules: { scriptOperands: (values) => (values.has("expression") ? 0 : Number.POSITIVE_INFINITY) },
  run: async (options, io) => {
    const settings = readCompileSettings(options);
    const sources = settings.ok ? readSources(options) : settings.error;
    const output = readOutput(options);
    if (!settings.ok || typeof sources === "string" || typeof output === "string") {
      const problems = [sources, output].filter((each) => typeof each === "string");
      io.err(`probewright check: ${problems.join("; ")}\n`);
      return WRONG_USE;
    }
    const kernels = openKernels(options, settings.value, folderOf(sources[0]?.name ?? "stdin"), io);
    if (typeof kernels === "string") {
      io.err(`probewright check: ${kernels}\n`);
      return WRONG_USE;
    }
    return checkAll(sources, kernels, settings.value, output, io);
  },
};

interface Output {
  readonly format: Format;
  /** Percent of the stack that a probe may take without being pointed out. */
  readonly share: number;
}

/** @returns a sentence about what is wrong */
function readOutput(options: ParsedOptions): Output | string {
  const format = formats.find((each) => each === (valueOf(options, "format") ?? "text"));
  const share = Number(valueOf(options, "stack-share") ?? "75");
  if (format === undefined) return "the format must be text, json or sarif";
  return share >= 0 && share <= 100 ? { format, share } : "--stack-share takes a percentage";
}

function readSources(options: ParsedOptions): readonly ProgramSource[] | string {
  if (has(options, "expression")) {
    const program = readProgram(options);
    return program.ok ? [program.value] : program.error;
  }
  if (options.operands.length === 0) return "name at least one script, or give a program with -e";
  const sources: ProgramSource[] = [];
  for (const file of options.operands) {
    const text = readSource(file);
    if (!text.ok) return text.error;
    sources.push({
      name: file === "-" ? "stdin" : file,
      text: text.value,
      parameters: [],
      namedParameters: new Map(),
    });
  }
  return sources;
}

function openKernels(
  options: ParsedOptions,
  settings: CompileSettings,
  scriptFolder: string,
  io: CommandIo,
): readonly KernelFacts[] | string {
  const kernels: KernelFacts[] = [];
  const choices = valuesOf(options, "kernel");
  for (const choice of choices.length === 0 ? ["live"] : choices) {
    const kernel = openKernel(choice, {
      includeDirectories: settings.includeDirectories,
      traceableFunctions: settings.traceableFunctions,
      environment: io.env,
      scriptFolder,
      pid: settings.pid,
      debugDirectories: [],
    });
    if (!kernel.ok) return kernel.error;
    kernels.push(kernel.value);
  }
  return kernels;
}

async function checkAll(
  sources: readonly ProgramSource[],
  kernels: readonly KernelFacts[],
  settings: CompileSettings,
  { format, share }: Output,
  io: CommandIo,
): Promise<number> {
  const findings: Finding[] = [];
  for (const source of sources) {
    const checks = [];
    for (const facts of kernels) {
      const checked = await checkProgram(source, { ...settings, command: undefined }, facts, io.env);
      const diagnostics = [...checked.analysis.diagnostics, ...stackDiagnostics(checked, { share })];
      checks.push({ kernel: facts.name, diagnostics, locator: checked.locator });
    }
    findings.push(...mergeFindings(checks));
  }
  show(findings, format, io);
  const refused = findings.filter(({ diagnostic }) => diagnostic.severity === "error");
  // What a kernel does not tell may be the reason for an error.
  if (refused.length > 0)
    for (const { name, gaps } of kernels) for (const gap of gaps) io.err(`note: ${name}: ${gap}\n`);
  return refused.length > 0 ? 1 : 0;
}

function show(findings: readonly Finding[], format: Format, io: CommandIo): void {
  switch (format) {
    case "json":
      for (const { diagnostic, locator, kernels } of findings)
        io.out(`${diagnosticJson(diagnostic, locator, kernels)}\n`);
      break;
    case "sarif":
      io.out(`${sarifLog(findings, VERSION)}\n`);
      break;
    case "text":
      for (const finding of findings) {
        const options = { color: io.color, remark: kernelRemark(finding) };
        io.out(renderDiagnostic(finding.diagnostic, finding.locator, options));
      }
      break;
  }
}
