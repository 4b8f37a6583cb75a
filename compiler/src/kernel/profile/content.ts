/** What is in a profile, and how each part of it is written. */

import type { BinaryFacts, KernelFacts, KernelFeature, TracepointField, TracepointFormat } from "../facts.ts";
import type { NamedInModule } from "../named.ts";
import { createReader, createWriter, textBytes, textOf } from "./bytes.ts";

/** The small facts, written as JSON so that a person can read them. */
export interface ProfileMeta {
  /** What diagnostics call this kernel. */
  readonly name: string;
  readonly release: string;
  readonly architecture: KernelFacts["architecture"];
  readonly cpuCount: number;
  readonly features: Readonly<Partial<Record<KernelFeature, boolean>>>;
  readonly modules: readonly string[];
  readonly gaps: readonly string[];
  /** Undefined when functions were not captured; false when they are only guessed from types. */
  readonly functions?: "exact" | "guessed";
}

export const sectionNames = {
  meta: "meta",
  types: (module: string): string => `types/${module}`,
  functions: "functions",
  tracepoints: "tracepoints",
  layouts: "layouts",
  rawTracepoints: "raw tracepoints",
  binaries: "binaries",
  programs: "programs",
} as const;

/** Traceable functions of one module: by number among the functions its types name, and by name. */
export interface ModuleFunctions {
  readonly module: string;
  /** Bit `i` stands for the function that is `i`-th by id. */
  readonly bits: Uint8Array;
  readonly names: readonly string[];
}

export function writeFunctions(modules: readonly ModuleFunctions[]): Uint8Array {
  const writer = createWriter();
  for (const { module, bits, names } of modules) {
    writer.text(module);
    writer.block(bits);
    writer.text(names.join("\n"));
  }
  return writer.bytes();
}

export function readFunctions(bytes: Uint8Array): readonly ModuleFunctions[] {
  const reader = createReader(bytes);
  const modules: ModuleFunctions[] = [];
  while (!reader.atEnd()) {
    const module = reader.text();
    const bits = reader.block();
    const names = reader.text();
    if (module === undefined || bits === undefined || names === undefined) break;
    modules.push({ module, bits, names: names === "" ? [] : names.split("\n") });
  }
  return modules;
}

/** Lines of `module name`. */
export function writeNames(names: readonly NamedInModule[]): Uint8Array {
  return textBytes(names.map(({ name, module }) => `${module} ${name}`).join("\n"));
}

export function readNames(bytes: Uint8Array): readonly NamedInModule[] {
  return linesOf(bytes).map((line) => {
    const [module = "", name = ""] = line.split(" ");
    return { name, module };
  });
}

function linesOf(bytes: Uint8Array): readonly string[] {
  const text = textOf(bytes);
  return text === "" ? [] : text.split("\n");
}

/** Events as lines of `category event layout`, layouts as lines of fields, each layout once. */
export function writeTracepoints(
  events: readonly {
    readonly category: string;
    readonly event: string;
    readonly format: TracepointFormat | undefined;
  }[],
): { readonly tracepoints: Uint8Array; readonly layouts: Uint8Array } {
  const layouts = new Map<string, number>();
  const lines = events.map(({ category, event, format }) => {
    if (format === undefined) return `${category} ${event}`;
    const layout = format.fields.map(writeField).join("\t");
    const number = layouts.get(layout) ?? layouts.size;
    layouts.set(layout, number);
    return `${category} ${event} ${number}`;
  });
  return { tracepoints: textBytes(lines.join("\n")), layouts: textBytes([...layouts.keys()].join("\n")) };
}

function writeField(field: TracepointField): string {
  const flags = `${field.signed ? "s" : "u"}${field.common ? "c" : ""}`;
  return `${field.name} ${field.offset} ${field.size} ${flags} ${field.cType}`;
}

export function readLayout(line: string): readonly TracepointField[] {
  return line
    .split("\t")
    .filter((text) => text !== "")
    .map((text) => {
      const [name = "", offset = "0", size = "0", flags = "", ...cType] = text.split(" ");
      return {
        name,
        cType: cType.join(" "),
        offset: Number(offset),
        size: Number(size),
        signed: flags.startsWith("s"),
        common: flags.endsWith("c"),
      };
    });
}

/** A binary in a profile that describes one, such as a pretended kernel for tests. */
export interface ProfileBinary {
  readonly path: string;
  /** Name, address, size in bytes. */
  readonly functions: readonly (readonly [string, number, number])[];
  /** As `provider:name`. */
  readonly usdt: readonly string[];
}

export function binaryFacts({ path, functions, usdt }: ProfileBinary): BinaryFacts {
  return {
    path,
    executable: true,
    positionIndependent: true,
    symbols: functions.map(([name, address, size]) => ({
      name,
      address: BigInt(address),
      size,
      kind: "function",
    })),
    usdt: usdt.map((key) => {
      const [provider = "", name = ""] = key.split(":");
      return { provider, name, sites: [{ address: 0n, semaphore: 0n, arguments: [] }] };
    }),
    hasDebugInfo: false,
    fileOffset: (address) => address,
    parameters: () => undefined,
    findStruct: () => undefined,
    findEnum: () => undefined,
    startsInstruction: () => undefined,
    addressesOfLine: () => undefined,
  };
}

/** JSON, as of a section; undefined when it is damaged. */
export function readJson(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return undefined;
  }
}

export function writeJson(value: unknown): Uint8Array {
  return textBytes(JSON.stringify(value));
}
