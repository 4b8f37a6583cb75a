/** The executable memory of a process, and the files that it is of. */

import { statSync } from "node:fs";

import { fileSource, findSection, openElf, sectionBytes, type ElfFile } from "../facts/elf.ts";
import { readText } from "../facts/read.ts";
import type { FrameSection } from "./frame-entries.ts";

export interface ExecutableMapping {
  readonly start: bigint;
  readonly end: bigint;
  /** In the file. */
  readonly offset: bigint;
  /** Device and inode: the same file has the same, whatever it is called. */
  readonly file: string;
  readonly inode: number;
  readonly path: string;
}

/** By ascending address; nothing when the process is gone. */
export function executableMappings(pid: number): readonly ExecutableMapping[] {
  const text = readText(`/proc/${pid.toString()}/maps`);
  return text.ok ? parseExecutable(text.value) : [];
}

export function parseExecutable(text: string): readonly ExecutableMapping[] {
  return text.split("\n").flatMap((line) => {
    const match = /^([0-9a-f]+)-([0-9a-f]+) ..x. ([0-9a-f]+) (\S+) (\d+)\s+(\/.*)$/.exec(line);
    const [, start, end, offset, device, inode, path] = match ?? [];
    if (start === undefined || end === undefined || path === undefined) return [];
    return [
      {
        start: BigInt(`0x${start}`),
        end: BigInt(`0x${end}`),
        offset: BigInt(`0x${offset ?? "0"}`),
        file: `${device ?? ""} ${inode ?? ""}`,
        inode: Number(inode),
        path: path.replace(/ \(deleted\)$/, ""),
      },
    ];
  });
}

/** The file of a mapping: as the process sees it, and when another is there now, the one that is mapped. */
export function openMapped(pid: number, mapping: ExecutableMapping): ElfFile | undefined {
  const process = `/proc/${pid.toString()}`;
  const inProcess = `${process}/root${mapping.path}`;
  const range = `${mapping.start.toString(16)}-${mapping.end.toString(16)}`;
  const candidates = [
    ...(inodeOf(inProcess) === mapping.inode ? [inProcess] : []),
    `${process}/map_files/${range}`,
    ...(inodeOf(mapping.path) === mapping.inode ? [mapping.path] : []),
  ];
  for (const path of candidates) {
    try {
      const elf = openElf(fileSource(path));
      if (elf.ok) return elf.value;
    } catch (error) {
      // Without the right to look there, or gone meanwhile: the next one may do.
      if (!(error instanceof Error && "syscall" in error)) throw error;
    }
  }
  return undefined;
}

function inodeOf(path: string): number | undefined {
  try {
    return statSync(path).ino;
  } catch {
    return undefined;
  }
}

/** Number of the machine in ELF: x86-64. */
const EM_X86_64 = 62;

export function frameSectionOf(elf: ElfFile): FrameSection | undefined {
  const section = findSection(elf, ".eh_frame");
  const bytes = elf.machine === EM_X86_64 ? sectionBytes(elf, ".eh_frame") : undefined;
  return section === undefined || bytes === undefined
    ? undefined
    : { bytes, address: Number(section.address) };
}

/** What is to be taken from an address in the mapping to have one in the file's own numbering. */
export function baseOf(elf: ElfFile, { start, offset }: ExecutableMapping): bigint | undefined {
  const segment = elf.segments.find(
    (each) => offset + PAGE > each.offset && offset < each.offset + each.fileSize && each.executable,
  );
  return segment === undefined ? undefined : start - (offset - segment.offset + segment.address);
}

/** Mappings begin at pages, segments anywhere in one. */
const PAGE = 4096n;
