/**
 * Reads the cases under test/ir. A file holds several modules, each headed by `; case: NAME`, its options
 * (`; option: cpu v4`) and what is claimed of the result (`; claim: ok`). The command line driver splits the same files for the
 * sanitizers.
 */

import { readdirSync, readFileSync } from "node:fs";

import { type CompileOptions } from "../index.ts";

export interface IrCase {
  readonly file: string;
  readonly name: string;
  readonly options: CompileOptions;
  readonly claims: readonly string[];
  /** The module, its line 1 being the `; case:` line. */
  readonly ir: string;
}

const folder = new URL("../../test/ir/", import.meta.url);

export function readCases(): readonly IrCase[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => splitCases(file, readFileSync(new URL(file, folder), "utf8")));
}

function splitCases(file: string, text: string): readonly IrCase[] {
  return text
    .split(/^(?=; case: )/m)
    .filter((part) => part.startsWith("; case: "))
    .map((ir) => ({
      file,
      name: heads(ir, "case")[0] ?? "",
      options: readOptions(heads(ir, "option")),
      claims: heads(ir, "claim"),
      ir,
    }));
}

function heads(ir: string, word: string): readonly string[] {
  return [...ir.matchAll(new RegExp(`^; ${word}: (.*)$`, "gm"))].map((match) => match[1] ?? "");
}

function readOptions(lines: readonly string[]): CompileOptions {
  const values = new Map(lines.map((line) => [line.split(" ")[0], line.split(" ")[1]]));
  const limit = values.get("stackSizeLimit");
  return {
    ...(values.get("cpu") === "v4" ? { cpu: "v4" } : {}),
    ...(values.get("optimize") === "false" ? { optimize: false } : {}),
    ...(limit === undefined ? {} : { stackSizeLimit: Number(limit) }),
  };
}
