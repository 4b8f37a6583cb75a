/**
 * Makes a profile of a kernel described in JSON: lists of functions, tracepoints, programs, symbols of binaries, and types as
 * `bpftool --json btf dump` prints them. For checking scripts against a machine that never was.
 */

import { err, ok, type Result } from "../../base/result.ts";
import type { BtfType } from "../btf/model.ts";
import { encodeBtf } from "../btf/writer.ts";
import type { KernelFacts, TracepointField } from "../facts.ts";
import { listedFunctions } from "../function-names.ts";
import type { NamedInModule } from "../named.ts";
import { noKernelFacts } from "../none.ts";
import { captureProfile } from "./capture.ts";
import type { ProfileCodec } from "./container.ts";
import type { ProfileBinary } from "./content.ts";
import { parseDumpedType } from "./dump.ts";
import { isObject, type JsonObject, strings } from "./validate.ts";

/** @returns the profile's bytes, or what is wrong with the description */
export function importMockKernel(description: unknown, codec: ProfileCodec): Result<Uint8Array, string> {
  if (!isObject(description)) return err("a kernel is described by a JSON object");
  const types = typesOf(description["btf_types"]);
  if (!types.ok) return types;
  return ok(
    captureProfile(
      {
        facts: mockFacts(description),
        types: types.value.length === 0 ? [] : [{ module: "vmlinux", bytes: encodeBtf(types.value) }],
        release: "described kernel",
        binaries: binariesOf(description),
        programs: programsOf(description["bpf_progs"]),
      },
      codec,
    ),
  );
}

function typesOf(dumped: unknown): Result<readonly BtfType[], string> {
  if (dumped === undefined) return ok([]);
  if (!Array.isArray(dumped)) return err("btf_types is no list");
  const types: BtfType[] = [];
  for (const [i, entry] of dumped.entries()) {
    const type = isObject(entry) && entry["id"] === i + 1 ? parseDumpedType(entry) : undefined;
    if (type === undefined) return err(`btf_types: entry ${i + 1} is not understood, or out of order`);
    types.push(type);
  }
  return ok(types);
}

/** Lists of names by module, as pairs. */
function namesByModule(value: unknown): readonly NamedInModule[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([module, names]) => strings(names).map((name) => ({ name, module })));
}

/** A kernel that has every feature; `--no-feature` takes away what a check is to do without. */
function mockFacts(description: JsonObject): KernelFacts {
  const functions = listedFunctions(namesByModule(description["traceable_functions"]));
  const raw = namesByModule(description["raw_tracepoints"]);
  const tracepoints = isObject(description["tracepoints"]) ? description["tracepoints"] : {};
  const formats = isObject(description["tracepoint_args"]) ? description["tracepoint_args"] : {};
  return {
    ...noKernelFacts(),
    source: "profile",
    hasFeature: () => true,
    traceableFunctions: () => functions,
    traceableFunctionsExact: () => true,
    modules: () => strings(description["modules"]),
    rawTracepoints: () => raw,
    tracepointCategories: () => Object.keys(tracepoints).sort(),
    tracepointEvents: (category) => [...strings(tracepoints[category])].sort(),
    tracepointFormat: (category, event) => {
      const format = formats[`${category}:${event}`];
      const fields = isObject(format) && Array.isArray(format["fields"]) ? format["fields"] : [];
      return { category, event, fields: fields.filter(isObject).flatMap(fieldOf) };
    },
  };
}

/** Types are given in C or by the language's own names of integers. */
function fieldOf({ name, type, offset, size }: JsonObject): readonly TracepointField[] {
  if (typeof name !== "string" || typeof type !== "string" || typeof offset !== "number") return [];
  const bits = /^u?int(8|16|32|64)$/.exec(type)?.[1];
  const bytes = typeof size === "number" ? size : bits === undefined ? 8 : Number(bits) / 8;
  return [{ name, cType: cNameOf(type), offset, size: bytes, signed: !type.startsWith("u"), common: false }];
}

const cNames: Readonly<Record<string, string>> = {
  int8: "signed char",
  int16: "short",
  int32: "int",
  int64: "long",
  uint8: "unsigned char",
  uint16: "unsigned short",
  uint32: "unsigned int",
  uint64: "unsigned long",
};

function cNameOf(type: string): string {
  return cNames[type] ?? type;
}

/** Where symbols of described binaries are, and how long each is, in bytes: they have no contents. */
const SYMBOL_ADDRESS = 12345;
const SYMBOL_BYTES = 4;

function binariesOf(description: JsonObject): readonly ProfileBinary[] {
  const symbols = isObject(description["user_symbols"]) ? description["user_symbols"] : {};
  const usdt = isObject(description["usdt"]) ? description["usdt"] : {};
  const paths = new Set([...Object.keys(symbols), ...Object.keys(usdt)]);
  return [...paths].map((path) => ({
    path,
    functions: strings(symbols[path]).map((name) => [name, SYMBOL_ADDRESS, SYMBOL_BYTES] as const),
    usdt: strings(usdt[path]),
  }));
}

function programsOf(value: unknown): readonly { readonly id: number; readonly name: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const pair: readonly unknown[] = Array.isArray(entry) ? entry : [];
    const [id, name] = pair;
    return typeof id === "number" && typeof name === "string" ? [{ id, name }] : [];
  });
}
