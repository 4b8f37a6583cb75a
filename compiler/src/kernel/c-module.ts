/** C files that a script imports, compiled for BPF: what their own type information says of the functions in them. */

import { ok, type Result } from "../base/result.ts";
import type { StructTable } from "../types/type.ts";
import { createKernelTypes } from "./btf/kernel-types.ts";
import { typeAt } from "./btf/model.ts";
import { type BtfError, openBtf } from "./btf/reader.ts";
import type { CFunction, Missing } from "./facts.ts";

/** What the type information of one file tells. */
export interface CTypeInformation {
  readonly functions: readonly Omit<CFunction, "stackBytes">[];
  readonly types: StructTable;
}

/** @param bytes the section `.BTF` of the file's object */
export function readCTypeInformation(bytes: Uint8Array, name: string): Result<CTypeInformation, BtfError> {
  const opened = openBtf(bytes, { module: name });
  if (!opened.ok) return opened;
  const btf = opened.value;
  const known = createKernelTypes({ vmlinux: undefined, opened: () => [btf], open: () => btf });
  const functions = [];
  for (let id = btf.firstId; id < btf.endId; id += 1) {
    const type = typeAt(btf, id);
    if (type.kind !== "function" || type.linkage === DECLARED_ONLY) continue;
    const [prototype] = known.findFunctions(type.name);
    if (prototype !== undefined) functions.push({ prototype, isStatic: type.linkage === STATIC });
  }
  return ok({
    functions,
    types: {
      findStruct: (struct) => present(known.findStruct(struct)),
      findEnum: (name) => present(known.findEnum(name)),
      findTypedef: (name) => present(known.findTypedef(name)),
      findEnumConstant: known.findEnumConstant,
    },
  });
}

const STATIC = 0;
const DECLARED_ONLY = 2;

function present<T>(value: T | undefined | Missing): T | undefined {
  return value === "missing" ? undefined : value;
}
