/**
 * Finds the rule for an address: its mapping among those of the process, then its row among those of the file. The kernel
 * runs the rounds of each search, so that the verifier follows one of them only.
 */

import type { FunctionBuilder } from "../../ir/builder.ts";
import type { Emitter, UnwindTables } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import {
  MOST_UNWIND_ROWS,
  UNWIND_CHUNK_ROWS,
  unwindMapping,
  unwindProcess,
  unwindRow,
} from "../../manifest/unwind-tables.ts";
import { lookAtMapping, mappingLook } from "./unwind-mapping.ts";
import { loadState, storeState, walkState, type WalkEnds } from "./unwind-state.ts";

const ONE = constant("i64", 1n);
const MOST_ADDRESS = constant("i64", 0xffffffffn);
const GO_ON = constant("i64", 0n);
const STOP = constant("i64", 1n);

/** Addresses of the functions that do a round. */
export interface Searches {
  readonly mapping: IrOperand;
  readonly row: IrOperand;
  /** Looks at a mapping of the kernel's. */
  readonly look: IrOperand | undefined;
}

export function searchesFor(emitter: Emitter, tables: UnwindTables): Searches {
  const title = "dw_ustack()";
  return {
    look: mappingLook(tables),
    mapping: emitter.repeated({
      name: "unwind_find_mapping",
      title,
      body: (build, _index, frame) => {
        halve(build, frame, (middle) => {
          const mapping = mappingAt(build, loadProcess(build, frame), middle);
          const start = build.load("i64", build.offset(mapping, unwindMapping.start), 8);
          return build.compare("ule", start, loadState(build, frame, "wanted"));
        });
      },
    }),
    row: emitter.repeated({
      name: "unwind_find_row",
      title,
      body: (build, _index, frame) => {
        const stop = (): void => {
          build.return(STOP);
        };
        halve(build, frame, (middle) => {
          const row = rowAt(build, { frame, tables, stop }, middle);
          const from = build.load("i32", build.offset(row, unwindRow.address), 4);
          return build.compare("ule", build.resize(from, "i64", false), loadState(build, frame, "wanted"));
        });
      },
    }),
  };
}

/** One round: what is wanted is the last element at or before `wanted`, and between `low` and `high`. */
function halve(build: FunctionBuilder, frame: IrOperand, isBefore: (middle: IrOperand) => IrOperand): void {
  const [low, high] = [loadState(build, frame, "low"), loadState(build, frame, "high")];
  build.when(build.compare("uge", low, high), () => {
    build.return(STOP);
  });
  const middle = build.binary("lshr", build.binary("add", low, high), ONE);
  build.either(
    isBefore(middle),
    () => {
      storeState(build, frame, "low", anyNumber(build, frame, build.binary("add", middle, ONE)));
    },
    () => {
      storeState(build, frame, "high", anyNumber(build, frame, middle));
    },
  );
  build.return(GO_ON);
}

/** The same number, of which the verifier knows nothing: with what it learns in each round it would follow all of them. */
function anyNumber(build: FunctionBuilder, frame: IrOperand, value: IrOperand): IrOperand {
  const zero = build.load("i64", build.offset(loadProcess(build, frame), unwindProcess.zero), 8);
  return build.binary("xor", value, zero);
}

interface Search {
  readonly frame: IrOperand;
  readonly body: IrOperand;
  readonly most: number;
  readonly wanted: IrOperand;
  readonly low: IrOperand;
  readonly high: IrOperand;
  readonly ends: WalkEnds;
}

/** @returns number of the element, which there is */
function search(build: FunctionBuilder, { frame, body, most, wanted, low, high, ends }: Search): IrOperand {
  storeState(build, frame, "wanted", wanted);
  storeState(build, frame, "low", anyNumber(build, frame, low));
  storeState(build, frame, "high", anyNumber(build, frame, high));
  const rounds = constant("i64", Math.ceil(Math.log2(most)) + 1);
  build.helper("loop", [rounds, body, frame, constant("i64", 0n)]);
  const after = loadState(build, frame, "low");
  build.when(build.compare("ule", after, low), ends.cut);
  return build.binary("sub", after, ONE);
}

/** @returns address of the rule */
export function findRule(
  build: FunctionBuilder,
  frame: IrOperand,
  { tables, searches }: { readonly tables: UnwindTables; readonly searches: Searches },
  ends: WalkEnds,
): IrOperand {
  const state = (field: keyof typeof walkState): IrOperand => loadState(build, frame, field);
  const address = build.binary("sub", state("instruction"), state("back"));
  const inside = (): IrOperand =>
    build.compare(
      "ult",
      build.binary("sub", address, state("start")),
      build.binary("sub", state("end"), state("start")),
    );
  build.when(build.not(inside()), () => {
    if (searches.look !== undefined) lookAtMapping(build, frame, searches.look, address);
    build.when(build.not(inside()), () => {
      findMapping(build, { frame, body: searches.mapping, wanted: address, ends });
      build.when(build.not(inside()), ends.cut);
    });
  });
  const inFile = build.binary("sub", address, state("base"));
  build.when(build.compare("ugt", inFile, MOST_ADDRESS), ends.cut);
  const low = state("firstRow");
  const number = search(build, {
    frame,
    body: searches.row,
    most: MOST_UNWIND_ROWS,
    wanted: inFile,
    low,
    high: build.binary("add", low, state("rows")),
    ends,
  });
  const row = rowAt(build, { frame, tables, stop: ends.cut }, number);
  const rule = build.load("i32", build.offset(row, unwindRow.rule), 4);
  return lookUp(build, { frame, map: tables.rules, stop: ends.cut }, rule);
}

/** Puts the last mapping that begins at or before the address into the state. */
function findMapping(
  build: FunctionBuilder,
  { frame, ...wanted }: Pick<Search, "frame" | "body" | "wanted" | "ends">,
): void {
  const process = loadProcess(build, frame);
  const number = search(build, {
    frame,
    ...wanted,
    most: unwindProcess.mostMappings,
    low: constant("i64", 0n),
    high: build.load("i64", build.offset(process, unwindProcess.count), 8),
  });
  const mapping = mappingAt(build, process, number);
  for (const field of ["start", "end", "base"] as const)
    storeState(build, frame, field, build.load("i64", build.offset(mapping, unwindMapping[field]), 8));
  for (const field of ["firstRow", "rows"] as const) {
    const value = build.load("i32", build.offset(mapping, unwindMapping[field]), 4);
    storeState(build, frame, field, build.resize(value, "i64", false));
  }
}

function loadProcess(build: FunctionBuilder, frame: IrOperand): IrOperand {
  return build.load("ptr", build.offset(frame, walkState.process), 8);
}

function mappingAt(build: FunctionBuilder, process: IrOperand, number: IrOperand): IrOperand {
  // In a form that the verifier can follow.
  const known = build.binary("and", build.opaque(number), constant("i64", unwindProcess.mostMappings - 1));
  const offset = build.binary("mul", known, constant("i64", unwindMapping.bytes));
  return build.offset(build.offset(process, offset), unwindProcess.mappings);
}

interface Place {
  readonly frame: IrOperand;
  /** For what is not in the table, which the verifier does not know to be impossible. */
  readonly stop: () => void;
}

function rowAt(
  build: FunctionBuilder,
  { tables, ...place }: Place & { readonly tables: UnwindTables },
  number: IrOperand,
): IrOperand {
  const chunk = build.binary("lshr", number, constant("i64", Math.log2(UNWIND_CHUNK_ROWS)));
  const rows = lookUp(build, { ...place, map: tables.rows }, build.resize(chunk, "i32", false));
  const inChunk = build.binary("and", build.opaque(number), constant("i64", UNWIND_CHUNK_ROWS - 1));
  return build.offset(rows, build.binary("mul", inChunk, constant("i64", unwindRow.bytes)));
}

function lookUp(
  build: FunctionBuilder,
  { frame, stop, map }: Place & { readonly map: IrOperand },
  key: IrOperand,
): IrOperand {
  const place = build.offset(frame, walkState.key);
  build.store(place, key, 4);
  const found = build.helper("map_lookup_elem", [map, place]);
  build.when(build.isZero(found), stop);
  return found;
}
