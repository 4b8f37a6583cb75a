/** Statically defined probes of programs, from the notes that `sys/sdt.h` leaves. */

import type { UsdtProbe } from "@probewright/compiler";

import { type ElfFile, type ElfNote, findSection, notesIn, sectionBytes, stringIn } from "./elf.ts";

const NT_STAPSDT = 3;
const ADDRESS_BYTES = 24;

interface Site {
  readonly provider: string;
  readonly name: string;
  readonly site: UsdtProbe["sites"][number];
}

/** Probes sorted by provider and name, their sites by the order of the notes. */
export function usdtProbes(elf: ElfFile): readonly UsdtProbe[] {
  const notes = sectionBytes(elf, ".note.stapsdt");
  if (notes === undefined) return [];
  const linkedBase = findSection(elf, ".stapsdt.base")?.address;
  const probes = new Map<
    string,
    { readonly provider: string; readonly name: string; sites: Site["site"][] }
  >();
  for (const note of notesIn(notes)) {
    const read = siteOf(note, linkedBase);
    if (read === undefined) continue;
    const key = `${read.provider}\0${read.name}`;
    const probe = probes.get(key) ?? { provider: read.provider, name: read.name, sites: [] };
    probe.sites.push(read.site);
    probes.set(key, probe);
  }
  return [...probes.keys()].sort().flatMap((key) => probes.get(key) ?? []);
}

/**
 * Addresses in a note are as they were when it was assembled, together with where the base section was then; prelinking
 * may have moved both since.
 */
function siteOf(note: ElfNote, linkedBase: bigint | undefined): Site | undefined {
  const { owner, type, description } = note;
  if (owner !== "stapsdt" || type !== NT_STAPSDT || description.length < ADDRESS_BYTES) return undefined;
  const base = description.readBigUInt64LE(8);
  const moved = linkedBase === undefined ? 0n : linkedBase - base;
  const semaphore = description.readBigUInt64LE(16);
  const provider = stringIn(description, ADDRESS_BYTES);
  const name = stringIn(description, ADDRESS_BYTES + provider.length + 1);
  const specifications = stringIn(description, ADDRESS_BYTES + provider.length + name.length + 2);
  return {
    provider,
    name,
    site: {
      address: BigInt.asUintN(64, description.readBigUInt64LE(0) + moved),
      semaphore: semaphore === 0n ? 0n : BigInt.asUintN(64, semaphore + moved),
      arguments: splitArguments(specifications),
    },
  };
}

/** `-4@%edi 8@[sp, 12]`: a specification may itself contain a space, the next one starts with its size. */
export function splitArguments(specifications: string): readonly string[] {
  return specifications
    .trim()
    .split(/\s+(?=-?\d+f?@)/)
    .filter((specification) => specification !== "");
}
