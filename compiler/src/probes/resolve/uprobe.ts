/** Targets of uprobe and uretprobe. */

import {
  insideInstruction,
  noDebugInfo,
  symbolOffset,
  unknownBoundary,
} from "../../diagnostics/catalog/probes.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { BinaryFacts, BinarySymbol } from "../../kernel/facts.ts";
import type { StructDefinition, StructField } from "../../types/type.ts";
import { isPattern, matcher, type AttachSpec } from "../attach-spec.ts";
import { plainContext, REGISTER_ARGUMENTS, type ArgumentsContext, type ProbeContext } from "../context.ts";
import {
  featureUsable,
  type ProbeEnvironment,
  type Resolution,
  type ResolvedTarget,
} from "../environment.ts";
import type { ProbeType } from "../probe-type.ts";
import { findBinaries, type FoundBinary } from "./binaries.ts";
import { missingTarget } from "./missing.ts";

type UprobeSpec = Extract<AttachSpec, { kind: "uprobe" }>;

interface Location {
  readonly symbol: string;
  readonly offset: bigint;
  /** Tells a program that is attached at several places which of them was hit. */
  readonly cookie?: bigint;
}

/**
 * @param ownProgram each match must be a program of its own
 * @param withArguments the probe uses `args`, so debug information is wanted
 */
export function resolveUprobe(
  probeType: ProbeType,
  spec: UprobeSpec,
  place: Place,
  environment: ProbeEnvironment,
  uses: { readonly ownProgram: boolean; readonly withArguments: boolean },
): Resolution {
  if (environment.facts.source === "none") return unknownBinary(probeType, spec, environment);
  const found = findBinaries(spec.path, place, environment);
  const targets: ResolvedTarget[] = [];
  const diagnostics: Diagnostic[] = [...found.diagnostics];
  let pending = found.pending;
  for (const binary of found.binaries) {
    const located = locate(spec, binary.facts, place, environment);
    diagnostics.push(...located.diagnostics);
    const built = group(probeType, spec, binary, located.locations, environment, uses);
    if (built === "missing") pending = true;
    else targets.push(...built);
  }
  return { targets, diagnostics, pending };
}

/** No kernel, so no file is looked at: the attach point stands for itself. */
function unknownBinary(probeType: ProbeType, spec: UprobeSpec, environment: ProbeEnvironment): Resolution {
  const path = spec.path ?? `/proc/${(environment.pid ?? 0).toString()}/exe`;
  const context: ProbeContext = {
    ...plainContext(probeType),
    arguments: spec.side === "entry" ? { kind: "unknown" } : noReturnArguments,
  };
  const location = { symbol: spec.function, offset: spec.address ?? 0n };
  return {
    targets: [{ context, target: uprobeTarget(probeType, spec, { path, shown: path }, [location], false) }],
    diagnostics: [],
    pending: false,
  };
}

const noReturnArguments: ArgumentsContext = {
  kind: "none",
  reason: "the arguments are gone when a function returns",
};

function locate(
  spec: UprobeSpec,
  binary: BinaryFacts,
  place: Place,
  environment: ProbeEnvironment,
): { readonly locations: readonly Location[]; readonly diagnostics: readonly Diagnostic[] } {
  if (spec.source !== undefined) return locateLine(spec.source, binary, place);
  if (spec.address !== undefined)
    return refusedOr(
      problemsAt(spec.address + spec.offset, binary, place, environment),
      locateAddress(spec.address + spec.offset, binary),
    );
  const named = matchSymbols(spec, binary);
  if (named.length === 0) {
    // Of many files, those without the function are not meant.
    if (isPattern(spec.function) || isPattern(spec.path ?? "")) return { locations: [], diagnostics: [] };
    const candidates = binary.symbols.map((symbol) => symbol.demangled ?? symbol.name);
    const missing = { what: "function", name: spec.function, where: whereFunctionsAre(binary), candidates };
    return { locations: [], diagnostics: missingTarget(environment, place, missing).diagnostics };
  }
  const outside = named.find(
    (symbol) => spec.offset !== 0n && symbol.size > 0 && spec.offset >= BigInt(symbol.size),
  );
  if (outside !== undefined && !environment.unsafe) {
    const facts = { symbol: outside.name, offset: spec.offset.toString(), size: outside.size };
    return { locations: [], diagnostics: [symbolOffset(place, facts)] };
  }
  const problems = named.flatMap((symbol) =>
    symbol.size === 0 && !isPattern(spec.function)
      ? [
          unknownBoundary(
            place,
            { symbol: symbol.name },
            { severity: environment.unsafe ? "warning" : "error" },
          ),
        ]
      : breaksProgram(symbol, spec.offset, binary, place, environment),
  );
  return refusedOr(problems, fileLocations(named, spec.offset, binary));
}

type Found = ReturnType<typeof locate>;

function refusedOr(diagnostics: readonly Diagnostic[], locations: readonly Location[]): Found {
  const refused = diagnostics.some(({ severity }) => severity === "error");
  return { locations: refused ? [] : locations, diagnostics };
}

function problemsAt(
  address: bigint,
  binary: BinaryFacts,
  place: Place,
  environment: ProbeEnvironment,
): readonly Diagnostic[] {
  const inside = functionAt(address, binary);
  // In no function nothing can be said; attaching there takes --unsafe.
  return inside === undefined
    ? []
    : breaksProgram(inside, address - inside.address, binary, place, environment);
}

/** A probe in the middle of an instruction makes the program run other instructions than it has. */
function breaksProgram(
  symbol: BinarySymbol,
  offset: bigint,
  binary: BinaryFacts,
  place: Place,
  { unsafe }: ProbeEnvironment,
): readonly Diagnostic[] {
  if (offset === 0n || binary.startsInstruction(symbol, offset) !== false) return [];
  const facts = { symbol: symbol.demangled ?? symbol.name, offset: offset.toString() };
  return [insideInstruction(place, facts, { severity: unsafe ? "warning" : "error" })];
}

function locateLine(
  source: NonNullable<UprobeSpec["source"]>,
  binary: BinaryFacts,
  place: Place,
): { readonly locations: readonly Location[]; readonly diagnostics: readonly Diagnostic[] } {
  const addresses = binary.addressesOfLine(source.file, source.line, source.column ?? 0);
  const where = `${source.file}:${source.line.toString()}`;
  if (addresses === undefined || addresses.length === 0) {
    const what =
      addresses === undefined ? "source lines are not known" : `${where} is not among its source lines`;
    return { locations: [], diagnostics: [noDebugInfo(place, { path: binary.path, what })] };
  }
  const locations = addresses.flatMap((address) => locateAddress(address, binary));
  return { locations, diagnostics: [] };
}

function functionAt(address: bigint, binary: BinaryFacts): BinarySymbol | undefined {
  return binary.symbols.find(
    (symbol) =>
      symbol.kind === "function" &&
      symbol.address <= address &&
      address < symbol.address + BigInt(symbol.size),
  );
}

function locateAddress(address: bigint, binary: BinaryFacts): readonly Location[] {
  const offset = binary.fileOffset(address);
  return offset === undefined ? [] : [{ symbol: functionAt(address, binary)?.name ?? "", offset }];
}

/** Fewer named functions than that, without debug information, and the file's own names were most likely taken out. */
const FEW_FUNCTIONS = 100;

function whereFunctionsAre({ path, symbols, hasDebugInfo }: BinaryFacts): string {
  const functions = symbols.filter(({ kind }) => kind === "function").length;
  if (hasDebugInfo || functions >= FEW_FUNCTIONS) return `'${path}'`;
  return `'${path}', which names ${functions === 0 ? "none" : functions.toString()}: it may be stripped`;
}

function matchSymbols(spec: UprobeSpec, binary: BinaryFacts): readonly BinarySymbol[] {
  const functions = binary.symbols.filter((symbol) => symbol.kind === "function");
  if (!spec.demangle) {
    const matches = isPattern(spec.function)
      ? matcher(spec.function)
      : (name: string): boolean => name === spec.function;
    return functions.filter((symbol) => matches(symbol.name));
  }
  const matches = matcher(spec.function);
  const withParameters = spec.function.includes("(");
  return functions.filter((symbol) => {
    const name = symbol.demangled ?? symbol.name;
    return matches(withParameters ? name : withoutParameters(name));
  });
}

/** `(anonymous namespace)::f(int (*)(char)) const` without its parameters. */
function withoutParameters(name: string): string {
  return name.replace(/\((?:[^()]|\([^()]*\))*\)[^():]*$/s, "");
}

/** Aliases of one function are one place: the kernel would call the program once for each. */
function fileLocations(
  symbols: readonly BinarySymbol[],
  offset: bigint,
  binary: BinaryFacts,
): readonly Location[] {
  const locations = new Map<bigint, Location>();
  for (const symbol of symbols) {
    const file = binary.fileOffset(symbol.address + offset);
    if (file !== undefined && !locations.has(file))
      locations.set(file, { symbol: symbol.name, offset: file, cookie: file });
  }
  return [...locations.values()];
}

function group(
  probeType: ProbeType,
  spec: UprobeSpec,
  { facts: binary, shown }: FoundBinary,
  locations: readonly Location[],
  environment: ProbeEnvironment,
  uses: { readonly ownProgram: boolean; readonly withArguments: boolean },
): readonly ResolvedTarget[] | "missing" {
  if (locations.length === 0) return [];
  const multi = featureUsable(environment, "uprobe_multi");
  if (!uses.withArguments) {
    const context: ProbeContext = {
      ...plainContext(probeType),
      arguments: spec.side === "entry" ? { kind: "unknown" } : noReturnArguments,
    };
    const groups = multi && !uses.ownProgram ? [locations] : locations.map((location) => [location]);
    return groups.map((each) => ({
      context,
      target: uprobeTarget(probeType, spec, { path: binary.path, shown }, each, multi),
    }));
  }
  const targets: ResolvedTarget[] = [];
  for (const location of locations) {
    const args = spec.side === "entry" ? debugArguments(binary, location.symbol) : noReturnArguments;
    if (args === "missing") return "missing";
    const context: ProbeContext = { ...plainContext(probeType), arguments: args };
    targets.push({
      context,
      target: uprobeTarget(probeType, spec, { path: binary.path, shown }, [location], multi),
    });
  }
  return targets;
}

/** Offsets of the argument registers in `struct pt_regs`, in order. Source: the x86_64 calling convention and asm/ptrace.h. */
const argumentRegisterOffsets: readonly number[] = [112, 104, 96, 88, 72, 64];

function debugArguments(binary: BinaryFacts, symbol: string): ArgumentsContext | "missing" {
  const prototype = binary.parameters(symbol);
  if (prototype === "missing") return "missing";
  if (prototype === undefined) {
    return {
      kind: "none",
      reason: `'${binary.path}' has no debug information that tells the arguments of ${symbol}`,
    };
  }
  if (prototype.parameters.length > REGISTER_ARGUMENTS) {
    return { kind: "none", reason: `${symbol} takes arguments on the stack, which cannot be read by name` };
  }
  const fields = prototype.parameters.map(
    (parameter, index): StructField => ({
      name: parameter.name,
      type: parameter.type,
      offset: argumentRegisterOffsets[index] ?? 0,
      cType: parameter.cType,
    }),
  );
  const name = `args uprobe:${binary.path}:${symbol}`;
  const definition: StructDefinition = { name, size: 168, align: 8, fields, origin: "probe-arguments" };
  return { kind: "struct", definition };
}

function uprobeTarget(
  probeType: ProbeType,
  spec: UprobeSpec,
  { path, shown }: { readonly path: string; readonly shown: string },
  locations: readonly Location[],
  multi: boolean,
): ResolvedTarget["target"] {
  const [only] = locations;
  const single = locations.length === 1 && only !== undefined && only.symbol !== "";
  const offset = spec.offset === 0n ? "" : `+${spec.offset.toString()}`;
  const what = single ? only.symbol : spec.function === "" ? (only?.offset.toString() ?? "") : spec.function;
  const name = [probeType.name, shown, spec.demangle ? "cpp" : undefined, `${what}${offset}`]
    .filter((part) => part !== undefined)
    .join(":");
  return { kind: "uprobe", name, path, locations, returns: spec.side === "return", multi, usdt: false };
}
