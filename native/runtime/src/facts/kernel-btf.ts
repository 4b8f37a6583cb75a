/** Opening the types of the running kernel and of its modules. */

import { release } from "node:os";

import {
  type Btf,
  err,
  type KernelFacts,
  membersInFirstTypes,
  ok,
  openBtf,
  type TypeSource,
} from "@probewright/compiler";

import { fileSource, openElf, sectionBytes } from "./elf.ts";
import { isElf, readBytes, withParts } from "./read.ts";

export interface HostTypes {
  readonly source: TypeSource;
  /** Undefined when there are types; else why not. */
  readonly gap: string | undefined;
  /** Opens a module's types at once; undefined when it has none. */
  readonly load: (module: string) => Btf | undefined;
  readonly isLoaded: (module: string) => boolean;
  /** As long as the kernel's types have not been opened; then they tell. */
  readonly findMembers: NonNullable<KernelFacts["findMembers"]>;
}

export interface HostTypesOptions {
  readonly systemRoot: string;
  /** A file used instead of the kernel's own; no module types then, as they build on those. */
  readonly file: string | undefined;
}

/** @param open answers the compiler when it asks for a module's types: at once, or after fetching */
export function openHostTypes(options: HostTypesOptions, open: TypeSource["open"]): HostTypes {
  const folder = `${options.systemRoot}/sys/kernel/btf`;
  let own: Opened | undefined;
  // Read when first asked for: many scripts do without.
  const kernel = (): Opened => (own ??= openVmlinux(`${folder}/vmlinux`, options.file));
  const modules = new Map<string, Btf | undefined>();
  const opened = (): readonly Btf[] =>
    [...modules.keys()]
      .sort()
      .map((module) => modules.get(module))
      .filter((btf) => btf !== undefined);
  return {
    get gap() {
      return kernel().gap;
    },
    source: {
      get vmlinux() {
        return kernel().vmlinux;
      },
      opened,
      open,
    },
    isLoaded: (module) => modules.has(module),
    findMembers: (struct, members) =>
      own !== undefined || options.file !== undefined
        ? undefined
        : withParts(`${folder}/vmlinux`, (read) => membersInFirstTypes(read, struct, members)),
    load: (module) => {
      const { vmlinux } = kernel();
      if (!modules.has(module) && vmlinux !== undefined && options.file === undefined) {
        const bytes = /^[\w-]+$/.test(module) ? readBytes(`${folder}/${module}`) : undefined;
        const btf = bytes?.ok === true ? openBtf(bytes.value, { module, base: vmlinux }) : undefined;
        modules.set(module, btf?.ok === true ? btf.value : undefined);
      }
      return modules.get(module);
    },
  };
}

interface Opened {
  readonly vmlinux: Btf | undefined;
  readonly gap: string | undefined;
}

/** A file given is the one used; else the kernel's own, then images of it that distributions install. */
function openVmlinux(own: string, given: string | undefined): Opened {
  const first = openFile(given ?? own);
  if (first.vmlinux !== undefined || given !== undefined) return first;
  for (const path of imagePaths(release())) {
    const image = openFile(path);
    if (image.vmlinux !== undefined) return image;
  }
  return first;
}

/** Images of this very kernel with its types in them. */
function imagePaths(kernel: string): readonly string[] {
  return [
    `/boot/vmlinux-${kernel}`,
    `/lib/modules/${kernel}/vmlinux-${kernel}`,
    `/lib/modules/${kernel}/build/vmlinux`,
    `/usr/lib/modules/${kernel}/kernel/vmlinux`,
    `/usr/lib/debug/boot/vmlinux-${kernel}`,
    `/usr/lib/debug/boot/vmlinux-${kernel}.debug`,
    `/usr/lib/debug/lib/modules/${kernel}/vmlinux`,
  ];
}

/** Types alone, as the kernel gives them, or the section of an ELF file. */
function openFile(file: string): Opened {
  const bytes = typesIn(file);
  if (!bytes.ok) {
    const why = bytes.error === "absent" ? "the kernel was built without BTF" : "it cannot be read";
    return { vmlinux: undefined, gap: `kernel types: no ${file} (${why})` };
  }
  const opened = openBtf(bytes.value, { module: "vmlinux" });
  if (opened.ok) return { vmlinux: opened.value, gap: undefined };
  return { vmlinux: undefined, gap: `kernel types: ${file}: ${opened.error.message}` };
}

function typesIn(file: string): ReturnType<typeof readBytes> {
  if (!isElf(file)) return readBytes(file);
  const elf = openElf(fileSource(file));
  const section = elf.ok ? sectionBytes(elf.value, ".BTF") : undefined;
  return section === undefined ? err("unreadable") : ok(section);
}
