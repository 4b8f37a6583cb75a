/** `emit`: what the compiler makes of a script. */

import { writeFileSync } from "node:fs";

import { packProgram } from "@probewright/runtime";
import { buildProgram, generateProgram, type CheckedProgram } from "../../host/build.ts";
import { compileOptions, programOption } from "../compile-options.ts";
import { assembly } from "../debug-stages.ts";
import { openProgram } from "../open-program.ts";
import { has, valueOf, type ParsedOptions } from "../options.ts";
import { WRONG_USE, type CommandIo, type Verb } from "../verb.ts";

export const emit: Verb = {
  name: "emit",
  usage: [
    "--llvm|--object|--asm [-o OUT] FILE [parameters]",
    "--llvm|--object|--asm [-o OUT] -e PROGRAM [parameters]",
  ],
  summary: "Writes the LLVM IR, the BPF assembly, or an object that `run` executes elsewhere.",
  details:
    "The object holds all that running needs: `probewright run OUT` runs it on a machine without a compiler.",
  options: [
    programOption,
    ...compileOptions,
    {
      name: "kernel",
      argument: "KERNEL",
      help: "live, default, none, or a captured profile (default: live)",
    },
    { name: "llvm", help: "LLVM IR as text" },
    { name: "object", help: "one file with the object and what the runtime must know about it" },
    { name: "asm", help: "BPF assembly with source lines" },
    { name: "output", short: "o", argument: "OUT", help: "write to this file instead of standard output" },
  ],
  run: async (options, io) => {
    const forms = (["llvm", "object", "asm"] as const).filter((form) => has(options, form));
    const [form] = forms;
    if (form === undefined || forms.length > 1) {
      io.err("probewright emit: say one of --llvm, --object, --asm\n");
      return WRONG_USE;
    }
    const opened = await openProgram("emit", options, io);
    if (!opened.ok) return opened.error;
    const made = make(form, opened.value);
    if ("error" in made) {
      io.err(`probewright emit: ${made.error}\n`);
      return 1;
    }
    return write(made.bytes, options, io);
  },
};

function make(
  form: "llvm" | "object" | "asm",
  checked: CheckedProgram,
): { readonly bytes: string | Uint8Array } | { readonly error: string } {
  if (form === "object") {
    const built = buildProgram(checked, "default");
    if (!built.ok) return built;
    return {
      bytes: packProgram({
        script: checked.source.name,
        object: built.value.object,
        manifest: built.value.manifest,
      }),
    };
  }
  const generated = generateProgram(checked, "default");
  if (!generated.ok) return generated;
  if (form === "llvm") return { bytes: generated.value.ir };
  const text = assembly(generated.value);
  return text.ok ? { bytes: text.value } : text;
}

function write(bytes: string | Uint8Array, options: ParsedOptions, io: CommandIo): number {
  const file = valueOf(options, "output");
  if (file === undefined) {
    io.out(bytes);
    return 0;
  }
  try {
    writeFileSync(file, bytes);
    return 0;
  } catch (error) {
    io.err(
      `probewright emit: cannot write '${file}': ${error instanceof Error ? error.message : "unknown reason"}\n`,
    );
    return 1;
  }
}
