/**
 * The tables by which `dw_ustack` walks: what the runtime writes into three maps and programs search. Numbers are
 * little-endian; `rows` and `rules` are arrays that grow to what the run needs, so their sizes here are one element's.
 */

/** Names of the maps in the object. */
export const unwindMaps = {
  processes: "unwind_processes",
  files: "unwind_files",
  rows: "unwind_rows",
  rules: "unwind_rules",
} as const;

/**
 * What is known of mappings ahead: programs cannot always look at them themselves.
 * Key: u32 process as the runtime numbers it. Value: a count (u64), a zero that the verifier does not know to be one (u64),
 * then its mappings by ascending address. Process 0 has none, and is there for those that have no entry.
 */
export const unwindProcess = { count: 0, zero: 8, mappings: 16, mostMappings: 1024 } as const;

/** Executable memory of a file: addresses (u64), what is taken from an address to have a row's (u64), its rows (u32). */
export const unwindMapping = { start: 0, end: 8, base: 16, firstRow: 24, rows: 28, bytes: 32 } as const;

/**
 * Key: inode and size (u64) of the file, which tell it from the others of a run; devices do not, as an overlay has another
 * than the file beneath, which is what is mapped. Value: what an address is ahead of its place in the file (u64), its rows (u32).
 */
export const unwindFile = {
  inode: 0,
  size: 8,
  keyBytes: 16,
  ahead: 0,
  firstRow: 8,
  rows: 12,
  bytes: 16,
} as const;

export const UNWIND_PROCESS_BYTES = unwindProcess.mappings + unwindProcess.mostMappings * unwindMapping.bytes;

/** From this address (u32) on holds the rule (u32) with this number. Rows of a file are sorted and stand side by side. */
export const unwindRow = { address: 0, rule: 4, bytes: 8 } as const;

/** Rows of one element of their array. */
export const UNWIND_CHUNK_ROWS = 4096;
export const UNWIND_CHUNK_BYTES = UNWIND_CHUNK_ROWS * unwindRow.bytes;

/** More rows than this are not searched: 64 MiB. */
export const MOST_UNWIND_ROWS = 1 << 23;

/**
 * How to come from a function to its caller, as sums: of each register or address (u8 0 or 1, how often it is taken) and an
 * offset (i32). Kinds would be ways through the program, which the verifier had to follow one by one.
 */
export const unwindRule = {
  /** u8, one of `unwindKind`. */
  kind: 0,
  /** The caller's stack begins (the canonical frame address) so far from the stack pointer and the frame pointer. */
  frameOfStack: 1,
  frameOfPointer: 2,
  /** Or where a word there says, plus `frameAdd`. */
  frameRead: 3,
  /** The caller's frame pointer, where `pointerRead`, is saved so far from these; else it is what it was. */
  pointerOfFrame: 4,
  pointerOfStack: 5,
  pointerOfPointer: 6,
  pointerRead: 7,
  /** Nobody knows the caller's frame pointer. */
  pointerLost: 8,
  /** 0 where the kernel had interrupted the caller for a signal. Then it goes on where the saved registers say. */
  called: 9,
  frameOffset: 12,
  frameAdd: 16,
  pointerOffset: 20,
  /** Of the address to go on at, from the frame; or from the stack pointer of a signal's return. */
  callerOffset: 24,
  bytes: 28,
} as const;

export const unwindKind = { unknown: 0, known: 1, outermost: 2 } as const;
