/** Turns what a source of facts knows into a profile: names and types, never addresses. */

import { createLookup } from "../btf/lookup.ts";
import { type Btf, nameOf, openBtf } from "../btf/reader.ts";
import { type KernelFacts, type KernelFeature, kernelFeatures } from "../facts.ts";
import { compactTypes, type StringMoves } from "./compact-types.ts";
import { packProfile, type ProfileCodec, type ProfileSection } from "./container.ts";
import {
  type ModuleFunctions,
  type ProfileBinary,
  type ProfileMeta,
  sectionNames,
  writeFunctions,
  writeJson,
  writeNames,
  writeTracepoints,
} from "./content.ts";

/** BTF as the kernel gives it. */
export interface CapturedTypes {
  /** `vmlinux` or a module's name; those of modules build on those of `vmlinux`. */
  readonly module: string;
  readonly bytes: Uint8Array;
}

export interface CaptureInput {
  /** Everything is asked at once: a source that answers `"missing"` gives a profile without what it lacks. */
  readonly facts: KernelFacts;
  readonly types: readonly CapturedTypes[];
  readonly release: string;
  /** Only for profiles that pretend a machine. */
  readonly binaries?: readonly ProfileBinary[];
  readonly programs?: readonly { readonly id: number; readonly name: string }[];
}

export function captureProfile(input: CaptureInput, codec: ProfileCodec): Uint8Array {
  const { facts, types } = input;
  const events = facts.tracepointCategories().flatMap((category) =>
    facts.tracepointEvents(category).map((event) => {
      const format = facts.tracepointFormat(category, event);
      return { category, event, format: format === "missing" ? undefined : format };
    }),
  );
  const { tracepoints, layouts } = writeTracepoints(events);
  const opened = openAll(types);
  const functions = functionsByModule(facts, opened);
  const sections: ProfileSection[] = [
    { name: sectionNames.meta, bytes: writeJson(metaOf(input)) },
    ...typeSections(opened),
    { name: sectionNames.functions, bytes: writeFunctions(functions) },
    { name: sectionNames.tracepoints, bytes: tracepoints },
    { name: sectionNames.layouts, bytes: layouts },
    { name: sectionNames.rawTracepoints, bytes: writeNames(facts.rawTracepoints()) },
  ];
  if (input.binaries !== undefined) {
    sections.push({ name: sectionNames.binaries, bytes: writeJson(input.binaries) });
  }
  if (input.programs !== undefined) {
    sections.push({ name: sectionNames.programs, bytes: writeJson(input.programs) });
  }
  return packProfile(sections, codec);
}

function metaOf({ facts, release }: CaptureInput): ProfileMeta {
  const features: Partial<Record<KernelFeature, boolean>> = {};
  for (const feature of kernelFeatures) {
    const known = facts.hasFeature(feature);
    if (known !== undefined) features[feature] = known;
  }
  const functions = facts.traceableFunctions() === undefined ? undefined : facts.traceableFunctionsExact();
  return {
    name: release,
    release,
    architecture: facts.architecture,
    cpuCount: facts.cpuCount,
    features,
    modules: facts.modules(),
    gaps: facts.gaps.filter((gap) => !gap.startsWith("kernel symbols:")),
    ...(functions === undefined ? {} : { functions: functions ? "exact" : "guessed" }),
  };
}

/** Most functions have a type, and a bit for each of those is far smaller than its name. */
function functionsByModule(facts: KernelFacts, opened: ReadonlyMap<string, Btf>): readonly ModuleFunctions[] {
  const wanted = new Map<string, Set<string>>();
  for (const { name, module } of facts.traceableFunctions() ?? []) {
    const names = wanted.get(module) ?? new Set<string>();
    wanted.set(module, names.add(name));
  }
  return [...wanted].map(([module, names]) => {
    const btf = opened.get(module);
    return btf === undefined
      ? { module, bits: new Uint8Array(), names: [...names].sort() }
      : withBits(module, names, btf);
  });
}

function withBits(module: string, names: ReadonlySet<string>, btf: Btf): ModuleFunctions {
  const typed = functionNames(btf);
  const bits = new Uint8Array(Math.ceil(typed.length / 8));
  typed.forEach((name, i) => {
    if (names.has(name)) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  });
  const known = new Set(typed);
  return { module, bits, names: [...names].filter((name) => !known.has(name)).sort() };
}

/** Names of the functions that have a type, by id: what the bits of a profile count. */
export function functionNames(btf: Btf): readonly string[] {
  return createLookup(btf)
    .withPrefix("", ["function"])
    .map((id) => nameOf(btf, id));
}

function typeSections(opened: ReadonlyMap<string, Btf>): readonly ProfileSection[] {
  const sections: ProfileSection[] = [];
  let moves: StringMoves = new Map();
  // The kernel's own types come first, and those of modules refer to their strings.
  for (const [module, btf] of opened) {
    const compact = compactTypes(btf, moves);
    if (module === "vmlinux") moves = compact.moves;
    sections.push({ name: sectionNames.types(module), bytes: compact.bytes });
  }
  return sections;
}

/** What cannot be read is left out; the kernel's own types first. */
function openAll(types: readonly CapturedTypes[]): ReadonlyMap<string, Btf> {
  const opened = new Map<string, Btf>();
  const core = types.find(({ module }) => module === "vmlinux");
  const vmlinux = core === undefined ? undefined : openBtf(core.bytes, { module: "vmlinux" });
  if (vmlinux?.ok !== true) return opened;
  opened.set("vmlinux", vmlinux.value);
  for (const { module, bytes } of types) {
    const btf = module === "vmlinux" ? undefined : openBtf(bytes, { module, base: vmlinux.value });
    if (btf?.ok === true) opened.set(module, btf.value);
  }
  return opened;
}
