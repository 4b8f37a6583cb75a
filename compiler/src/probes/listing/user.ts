/** Listings of probes in programs and libraries. */

import type { BinaryFacts, KernelFacts } from "../../kernel/facts.ts";
import { matcher } from "../attach-spec.ts";
import { entry, type ListEntry } from "./entry.ts";
import type { Parts } from "./kernel.ts";

/** A file, and the name it is listed by. */
interface ListedBinary {
  readonly facts: BinaryFacts;
  readonly shown: string;
}

/** @param binaries the files the pattern's path means */
export function listUprobes(
  probeType: string,
  binaries: readonly ListedBinary[],
  parts: Parts,
): readonly ListEntry[] {
  const demangle = parts.at(-2) === "cpp" && parts.length > 2;
  const pattern = parts.length > 1 ? (parts.at(-1) ?? "*") : "*";
  const matches = matcher(pattern);
  return binaries.flatMap(({ facts: binary, shown }) =>
    binary.symbols
      .filter(
        (symbol) =>
          symbol.kind === "function" && matches(demangle ? (symbol.demangled ?? symbol.name) : symbol.name),
      )
      .map((symbol) => {
        const name = demangle ? `cpp:"${symbol.demangled ?? symbol.name}"` : symbol.name;
        return entry(probeType, `${probeType}:${shown}:${name}`, () =>
          parametersOf(probeType, binary, symbol.name),
        );
      }),
  );
}

function parametersOf(probeType: string, binary: BinaryFacts, symbol: string): readonly string[] {
  const prototype = binary.parameters(symbol);
  if (prototype === undefined || prototype === "missing" || probeType === "uretprobe") return [];
  return prototype.parameters.map(({ cType, name }) => `${cType.replace(/ (?=\*)/g, "")} ${name}`);
}

export function listUsdt(binaries: readonly ListedBinary[], parts: Parts): readonly ListEntry[] {
  const matchesNamespace = matcher(parts.length > 2 ? (parts[1] ?? "*") : "*");
  const matchesName = matcher(parts.length > 1 ? (parts.at(-1) ?? "*") : "*");
  return binaries.flatMap(({ facts: binary, shown }) =>
    binary.usdt
      .filter(({ provider, name }) => matchesNamespace(provider) && matchesName(name))
      .map(({ provider, name }) => entry("usdt", `usdt:${shown}:${provider}:${name}`)),
  );
}

/** The files behind a path or pattern, or those of the process chosen with `-p`. */
export function binariesOf(
  facts: KernelFacts,
  path: string | undefined,
  pid: number | undefined,
): readonly ListedBinary[] {
  // A lone `*` means all mapped files of the process, or of all processes; listing every program there is helps nobody.
  if (path === undefined && pid === undefined) return [];
  const paths = facts.binaryPaths(path ?? "*");
  if (paths === "missing") return [];
  return paths.flatMap((each) => {
    const binary = facts.binary(each);
    return binary === undefined || binary === "missing" || "error" in binary
      ? []
      : [{ facts: binary, shown: each }];
  });
}
