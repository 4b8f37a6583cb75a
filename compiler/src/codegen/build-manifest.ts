/** The manifest that goes with the generated object. */

import { kernelFeatures, type KernelFeature } from "../kernel/facts.ts";
import type { Manifest, ProgramSpec } from "../manifest/manifest.ts";
import type { EnumDefinition, StructDefinition, Type } from "../types/type.ts";
import { SCRATCH_SECTION, type ScratchLayout } from "../plan/scratch.ts";
import { EXIT_SECTION } from "./program/exits.ts";
import { kernelLayouts } from "./program/kernel-layouts.ts";
import { describeMap } from "./program/map-storage.ts";
import { COUNTERS, PACKETS, RING_BUFFER, type Program } from "./program/program.ts";
import { writtenKeys } from "./program/written-keys.ts";

export function buildManifest(
  program: Program,
  programs: readonly ProgramSpec[],
  { bytesPerCpu }: Pick<ScratchLayout, "bytesPerCpu">,
): Manifest {
  const { core } = program;
  const keys = writtenKeys(core);
  const maps = program
    .storedMaps()
    .map((storage) => describeMap(storage, keys.get(storage.map) ?? [], program.position(storage.map.place)));
  const printed = [
    ...program.sites.flatMap(({ fields }) => fields.map(({ type }) => type)),
    ...maps.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value])),
  ];
  const sites = program.counters();
  return {
    version: 1,
    programs,
    maps,
    sites: program.sites,
    counters: { object: COUNTERS, count: sites.length, sites },
    ringBuffer: RING_BUFFER,
    packets: program.sendsPackets ? PACKETS : undefined,
    unwinds: program.unwinds ? true : undefined,
    globals: program.globalSpecs(),
    perCpuData: bytesPerCpu === 0 ? [] : [{ object: SCRATCH_SECTION, bytesPerCpu }],
    config: core.config,
    namedParameters: core.namedParameters,
    timeFormats: program.timeFormats,
    cgroupFilters: program.cgroupFilters,
    ...namedTypes(printed, program),
    architecture: program.environment.architecture,
    layouts: kernelLayouts(program),
    exitWord: program.exits.possible ? EXIT_SECTION : undefined,
    requiredFeatures: [...new Set([...program.requiredFeatures, ...linkFeatures(programs)])].sort(),
  };
}

/** What the programs' links stand on, by the kinds of links that have names of their own. */
function linkFeatures(programs: readonly ProgramSpec[]): readonly KernelFeature[] {
  return kernelFeatures.filter((feature) => programs.some(({ attachType }) => attachType === feature));
}

/** Structs and enums that the types mention, and those that these mention. */
function namedTypes(
  types: readonly Type[],
  { core: { structs } }: Program,
): { readonly structs: readonly StructDefinition[]; readonly enums: readonly EnumDefinition[] } {
  const foundStructs = new Map<string, StructDefinition>();
  const foundEnums = new Map<string, EnumDefinition>();
  const visit = (type: Type): void => {
    switch (type.kind) {
      case "integer": {
        const definition = type.enumName === undefined ? undefined : structs.findEnum(type.enumName);
        if (definition !== undefined) foundEnums.set(definition.name, definition);
        return;
      }
      case "array":
        visit(type.element);
        return;
      case "tuple":
        type.elements.forEach(visit);
        return;
      case "record":
        for (const field of type.fields) visit(field.type);
        return;
      case "struct": {
        const definition = structs.findStruct(type.name);
        if (definition === undefined || foundStructs.has(type.name)) return;
        foundStructs.set(type.name, definition);
        for (const field of definition.fields) visit(field.type);
        return;
      }
      default:
    }
  };
  types.forEach(visit);
  return { structs: [...foundStructs.values()], enums: [...foundEnums.values()] };
}
