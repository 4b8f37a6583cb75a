/** `stack`: where the 512 bytes of each probe go. */

import { MAX_BPF_STACK, type FunctionStack, type Locator } from "@probewright/compiler";
import { compileIr, type CompiledFunction } from "@probewright/llvm-bindings";
import { generateProgram, type GeneratedProgram } from "../../host/build.ts";
import { compileOptions, programOption } from "../compile-options.ts";
import { instructionLines } from "../instruction-lines.ts";
import { has, valueOf } from "../options.ts";
import { openProgram } from "../open-program.ts";
import type { CommandIo, Verb } from "../verb.ts";

const BAR_WIDTH = 40;

export const stack: Verb = {
  name: "stack",
  usage: ["[--format text|json] [--measure] FILE [parameters]", "[options] -e PROGRAM [parameters]"],
  summary: "Shows how many of the 512 bytes of BPF stack each probe takes, by expression.",
  details:
    "The plan is computed without compiling anything; --measure adds the frames that LLVM makes.\nExit status 1 when a call chain does not fit.",
  options: [
    programOption,
    ...compileOptions,
    {
      name: "kernel",
      argument: "KERNEL",
      help: "live, default, none, or a captured profile (default: live)",
    },
    { name: "format", argument: "FORMAT", help: "text or json" },
    { name: "measure", help: "also compile, and show LLVM's real frames and the instructions of each line" },
  ],
  run: async (options, io) => {
    const opened = await openProgram("stack", options, io);
    if (!opened.ok) return opened.error;
    const generated = generateProgram(opened.value, "default");
    if (!generated.ok) {
      io.err(`probewright stack: ${generated.error}\n`);
      return 1;
    }
    const measured = has(options, "measure") ? measure(generated.value) : new Map<string, CompiledFunction>();
    if (typeof measured === "string") {
      io.err(`probewright stack: ${measured}\n`);
      return 1;
    }
    const { functions } = generated.value.stack;
    const show = valueOf(options, "format") === "json" ? showJson : showText;
    show(functions, measured, opened.value.locator, io);
    return functions.some(({ chainBytes }) => chainBytes > MAX_BPF_STACK) ? 1 : 0;
  },
};

/** What LLVM made of each function; frames above the limit are measured too. */
function measure({ ir, linked }: GeneratedProgram): ReadonlyMap<string, CompiledFunction> | string {
  const compiled = compileIr(ir, { stackSizeLimit: Number.POSITIVE_INFINITY, link: linked });
  if (compiled.kind === "error") return compiled.message;
  return new Map(compiled.functions.map((each) => [each.name, each]));
}

type Show = (
  functions: readonly FunctionStack[],
  measured: ReadonlyMap<string, CompiledFunction>,
  locator: Locator,
  io: CommandIo,
) => void;

const showText: Show = (functions, measured, locator, io) => {
  for (const each of functions) {
    const filled = Math.min(BAR_WIDTH, Math.ceil((each.chainBytes / MAX_BPF_STACK) * BAR_WIDTH));
    const compiled = measured.get(each.function);
    const frame = compiled === undefined ? "" : `, LLVM's frame ${compiled.stackBytes.toString()}`;
    const scratch = each.scratchBytes === 0 ? "" : `, ${each.scratchBytes.toString()} in scratch memory`;
    io.out(`${each.name}\n`);
    io.out(
      `  [${"#".repeat(filled).padEnd(BAR_WIDTH, ".")}] ${each.chainBytes.toString()}/${MAX_BPF_STACK.toString()} bytes`,
    );
    io.out(` (own frame ${each.predictedBytes.toString()}${frame}${scratch})\n`);
    if (compiled !== undefined) io.out(`  ${instructionText(compiled)}\n`);
    for (const object of each.objects) {
      const { startLine, startColumn } = locator.position(object.place);
      const where = `${(startLine + 1).toString()}:${(startColumn + 1).toString()}`;
      const place = object.placement === "scratch" ? "scratch" : `at ${(object.offset ?? 0).toString()}`;
      io.out(
        `  ${object.size.toString().padStart(6)}  ${place.padEnd(8)}  ${where.padEnd(8)} ${object.label}\n`,
      );
    }
  }
};

/** `42 instructions: line 1: 4, line 3: 38` */
function instructionText(compiled: CompiledFunction): string {
  const { instructions, lines } = instructionLines(compiled);
  const each = lines.map(
    ({ line, instructions: count }) => `line ${(line + 1).toString()}: ${count.toString()}`,
  );
  return `${instructions.toString()} instructions: ${each.join(", ")}`;
}

const showJson: Show = (functions, measured, locator, io) => {
  for (const each of functions) {
    const objects = each.objects.map(({ label, size, align, offset, placement, place }) => {
      const { startLine, startColumn, endLine, endColumn } = locator.position(place);
      const range = {
        start: { line: startLine, character: startColumn },
        end: { line: endLine, character: endColumn },
      };
      return { label, size, align, offset, placement, range };
    });
    const compiled = measured.get(each.function);
    const { name, predictedBytes, scratchBytes, chainBytes } = each;
    const real =
      compiled === undefined ? {} : { measuredBytes: compiled.stackBytes, ...instructionLines(compiled) };
    io.out(`${JSON.stringify({ name, predictedBytes, scratchBytes, chainBytes, objects, ...real })}\n`);
  }
};
