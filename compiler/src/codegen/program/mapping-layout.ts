/** Where the kernel keeps what a process has mapped, for programs that look there themselves. */

import type { CoreProgram } from "../../core/core.ts";
import type { MappingLayout } from "../../ir/emitter.ts";
import type { KernelLayout } from "../../manifest/manifest.ts";
import { sizeOf } from "../../types/layout.ts";

interface Wanted {
  readonly struct: string;
  readonly field: string;
  readonly size: number;
}

/** Each number of `MappingLayout`, and the field that it is the offset of. */
const wanted: Readonly<Record<keyof MappingLayout, Wanted>> = {
  start: { struct: "struct vm_area_struct", field: "vm_start", size: 8 },
  end: { struct: "struct vm_area_struct", field: "vm_end", size: 8 },
  page: { struct: "struct vm_area_struct", field: "vm_pgoff", size: 8 },
  file: { struct: "struct vm_area_struct", field: "vm_file", size: 8 },
  inode: { struct: "struct file", field: "f_inode", size: 8 },
  number: { struct: "struct inode", field: "i_ino", size: 8 },
  size: { struct: "struct inode", field: "i_size", size: 8 },
};

const names = Object.keys(wanted) as readonly (keyof MappingLayout)[];

/** @returns undefined when the kernel's types are not known to be as expected */
export function findMappingLayout({ structs }: CoreProgram): MappingLayout | undefined {
  const offsets: Partial<Record<keyof MappingLayout, number>> = {};
  for (const name of names) {
    const { struct, field, size } = wanted[name];
    const definition = structs.findStruct(struct);
    const found = definition?.fields.find((each) => each.name === field);
    if (definition?.origin !== "kernel" || found === undefined || sizeOf(found.type, structs) !== size)
      return undefined;
    offsets[name] = found.offset;
  }
  // Each name has been given its offset.
  return offsets as MappingLayout;
}

export function layoutsOfMappings(layout: MappingLayout): readonly KernelLayout[] {
  return names.map((name) => ({ kind: "type", ...wanted[name], offset: layout[name] }));
}
