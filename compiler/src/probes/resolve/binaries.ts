/** The files a user probe means: a path, a program in PATH, a library, a pattern, or the chosen process. */

import { missingBinary, severalBinaries, unreadableBinary } from "../../diagnostics/catalog/probes.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { BinaryFacts } from "../../kernel/facts.ts";
import { isPattern } from "../attach-spec.ts";
import type { ProbeEnvironment } from "../environment.ts";

/** A file, and the name by which probes on it are shown: as the script has it, where that says which file is meant. */
export interface FoundBinary {
  readonly facts: BinaryFacts;
  readonly shown: string;
}

export interface FoundBinaries {
  readonly binaries: readonly FoundBinary[];
  readonly diagnostics: readonly Diagnostic[];
  readonly pending: boolean;
}

/** @param path as written; undefined for the executable of the process chosen with `-p` */
export function findBinaries(
  path: string | undefined,
  place: Place,
  environment: ProbeEnvironment,
): FoundBinaries {
  const wanted = path ?? `/proc/${(environment.pid ?? 0).toString()}/exe`;
  if (wanted.includes("/") && !isPattern(wanted)) return readBinaries([wanted], wanted, place, environment);
  const paths = environment.facts.binaryPaths(wanted);
  if (paths === "missing") return { binaries: [], diagnostics: [], pending: true };
  if (isPattern(wanted)) return readBinaries(paths, wanted, place, environment);
  const [first] = paths;
  if (first === undefined)
    return { binaries: [], diagnostics: [missingBinary(place, { path: wanted })], pending: false };
  const found = readBinaries([first], wanted, place, environment);
  if (paths.length === 1) return found;
  return { ...found, diagnostics: [...found.diagnostics, severalBinaries(place, { name: wanted, first })] };
}

/** Of the files of a pattern those that are no ELF files are passed over; a file named outright must be one. */
function readBinaries(
  paths: readonly string[],
  wanted: string,
  place: Place,
  environment: ProbeEnvironment,
): FoundBinaries {
  const binaries: FoundBinary[] = [];
  const diagnostics: Diagnostic[] = [];
  let pending = false;
  for (const path of paths) {
    const binary = environment.facts.binary(path);
    if (binary === "missing") pending = true;
    else if (binary !== undefined && !("error" in binary)) binaries.push({ facts: binary, shown: path });
    else if (isPattern(wanted)) continue;
    else if (binary === undefined) diagnostics.push(missingBinary(place, { path }));
    else diagnostics.push(unreadableBinary(place, { path, reason: binary.error }));
  }
  return { binaries, diagnostics, pending };
}
