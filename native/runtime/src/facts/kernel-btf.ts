/** Opening the types of the running kernel and of its modules. */

import { type Btf, openBtf, type TypeSource } from "@probewright/compiler";

import { readBytes } from "./read.ts";

export interface HostTypes {
  readonly source: TypeSource;
  /** Undefined when there are types; else why not. */
  readonly gap: string | undefined;
  /** Opens a module's types at once; undefined when it has none. */
  readonly load: (module: string) => Btf | undefined;
  readonly isLoaded: (module: string) => boolean;
}

export interface HostTypesOptions {
  readonly systemRoot: string;
  /** A file used instead of the kernel's own; no module types then, as they build on those. */
  readonly file: string | undefined;
}

/** @param open answers the compiler when it asks for a module's types: at once, or after fetching */
export function openHostTypes(options: HostTypesOptions, open: TypeSource["open"]): HostTypes {
  const folder = `${options.systemRoot}/sys/kernel/btf`;
  const { vmlinux, gap } = openVmlinux(options.file ?? `${folder}/vmlinux`);
  const modules = new Map<string, Btf | undefined>();
  const opened = (): readonly Btf[] =>
    [...modules.keys()]
      .sort()
      .map((module) => modules.get(module))
      .filter((btf) => btf !== undefined);
  return {
    gap,
    source: { vmlinux, opened, open },
    isLoaded: (module) => modules.has(module),
    load: (module) => {
      if (!modules.has(module) && vmlinux !== undefined && options.file === undefined) {
        const bytes = /^[\w-]+$/.test(module) ? readBytes(`${folder}/${module}`) : undefined;
        const btf = bytes?.ok === true ? openBtf(bytes.value, { module, base: vmlinux }) : undefined;
        modules.set(module, btf?.ok === true ? btf.value : undefined);
      }
      return modules.get(module);
    },
  };
}

function openVmlinux(file: string): { readonly vmlinux: Btf | undefined; readonly gap: string | undefined } {
  const bytes = readBytes(file);
  if (!bytes.ok) {
    const why = bytes.error === "absent" ? "the kernel was built without BTF" : "it cannot be read";
    return { vmlinux: undefined, gap: `kernel types: no ${file} (${why})` };
  }
  const opened = openBtf(bytes.value, { module: "vmlinux" });
  if (opened.ok) return { vmlinux: opened.value, gap: undefined };
  return { vmlinux: undefined, gap: `kernel types: ${file}: ${opened.error.message}` };
}
