/**
 * Has the kernel say what a process has at an address: right from its first instruction, in its children, and after it has
 * loaded more. The kernel refuses where it cannot wait for its lock, and in an interrupt more than once.
 */

import type { FunctionBuilder } from "../../ir/builder.ts";
import type { MappingLayout, UnwindTables } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { unwindFile } from "../../manifest/unwind-tables.ts";
import { storeState, walkState } from "./unwind-state.ts";

const PAGE_SHIFT = constant("i64", 12n);
const DONE = constant("i64", 0n);

/** @returns address of the function that is called with the mapping; undefined where its fields are not known */
export function mappingLook(tables: UnwindTables): IrOperand | undefined {
  const { mapping } = tables;
  if (mapping === undefined) return undefined;
  return tables.mappingCallback("unwind_look", (build, area, frame) => {
    takeMapping(build, { area, frame, mapping, tables });
    build.return(DONE);
  });
}

export function lookAtMapping(
  build: FunctionBuilder,
  frame: IrOperand,
  look: IrOperand,
  address: IrOperand,
): void {
  const task = build.helper("get_current_task_btf", []);
  build.helper("find_vma", [task, address, look, frame, constant("i64", 0n)]);
}

interface Look {
  /** The kernel's struct. */
  readonly area: IrOperand;
  readonly frame: IrOperand;
  readonly mapping: MappingLayout;
  readonly tables: UnwindTables;
}

/** Puts the mapping into the state, if it is of a file that there are rows of. */
function takeMapping(build: FunctionBuilder, { area, frame, mapping, tables }: Look): void {
  const leave = (): void => {
    build.return(DONE);
  };
  const pointer = (base: IrOperand, offset: number): IrOperand =>
    build.load("ptr", build.offset(base, offset), 8);
  const number = (base: IrOperand, offset: number): IrOperand =>
    build.load("i64", build.offset(base, offset), 8);
  const file = pointer(area, mapping.file);
  build.when(build.isZero(file), leave);
  const inode = pointer(file, mapping.inode);
  const key = build.offset(frame, walkState.key);
  build.store(build.offset(key, unwindFile.inode), number(inode, mapping.number), 8);
  build.store(build.offset(key, unwindFile.size), number(inode, mapping.size), 8);
  const found = build.helper("map_lookup_elem", [tables.files, key]);
  build.when(build.isZero(found), leave);
  const start = number(area, mapping.start);
  const inFile = build.binary("shl", number(area, mapping.page), PAGE_SHIFT);
  const ahead = build.load("i64", build.offset(found, unwindFile.ahead), 8);
  storeState(build, frame, "start", start);
  storeState(build, frame, "end", number(area, mapping.end));
  storeState(build, frame, "base", build.binary("sub", build.binary("sub", start, inFile), ahead));
  for (const field of ["firstRow", "rows"] as const) {
    const value = build.load("i32", build.offset(found, unwindFile[field]), 4);
    storeState(build, frame, field, build.resize(value, "i64", false));
  }
}
