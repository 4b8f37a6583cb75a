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
  readonly file: FileId;
  readonly path: string;
}

/** The same file has the same, whatever it is called. The device is numbered as inside the kernel. */
export interface FileId {
  readonly device: number;
  readonly inode: bigint;
}

/** Bits of the minor number. Source: include/linux/kdev_t.h. */
const MINOR_BITS = 20;

export function fileIdOf(path: string): FileId | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    // As the C library has them: twelve bits of major around the low eight of minor, the rest above.
    const major = Number(((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn));
    const minor = Number((dev & 0xffn) | ((dev >> 12n) & 0xfff00n));
    return { device: major * 2 ** MINOR_BITS + minor, inode: ino };
  } catch {
    return undefined;
  }
}

/** By ascending address; nothing when the process is gone. */
export function executableMappings(pid: number): readonly ExecutableMapping[] {
  const text = readText(`/proc/${pid.toString()}/maps`);
  return text.ok ? parseExecutable(text.value) : [];
}

export function parseExecutable(text: string): readonly ExecutableMapping[] {
  return text.split("\n").flatMap((line) => {
    const match = /^([0-9a-f]+)-([0-9a-f]+) ..x. ([0-9a-f]+) ([0-9a-f]+):([0-9a-f]+) (\d+)\s+(\/.*)$/.exec(
      line,
    );
    const [, start, end, offset, major = "0", minor = "0", inode = "0", path] = match ?? [];
    if (start === undefined || end === undefined || path === undefined) return [];
    return [
      {
        start: BigInt(`0x${start}`),
        end: BigInt(`0x${end}`),
        offset: BigInt(`0x${offset ?? "0"}`),
        file: { device: Number(`0x${major}`) * 2 ** MINOR_BITS + Number(`0x${minor}`), inode: BigInt(inode) },
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
    ...(fileIdOf(inProcess)?.inode === mapping.file.inode ? [inProcess] : []),
    `${process}/map_files/${range}`,
    ...(fileIdOf(mapping.path)?.inode === mapping.file.inode ? [mapping.path] : []),
  ];
  for (const path of candidates) {
    const elf = openProgram(path);
    if (elf !== undefined) return elf;
  }
  return undefined;
}

/** Undefined also without the right to look there, and for what is gone meanwhile. */
export function openProgram(path: string): ElfFile | undefined {
  try {
    const elf = openElf(fileSource(path));
    return elf.ok ? elf.value : undefined;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
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

/** How far addresses of code are ahead of its place in the file; undefined when that is not the same for all of it. */
export function aheadOf({ segments }: ElfFile): bigint | undefined {
  const [first, ...others] = segments.filter(({ executable }) => executable);
  const ahead = first === undefined ? undefined : first.address - first.offset;
  return others.every(({ address, offset }) => address - offset === ahead) ? ahead : undefined;
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
