/**
 * The tables by which `dw_ustack` walks: what the runtime writes into three maps and programs search. Numbers are
 * little-endian; `rows` and `rules` are arrays that grow to what the run needs, so their sizes here are one element's.
 */

/** Names of the maps in the object. */
export const unwindMaps = { processes: "unwind_processes", rows: "unwind_rows", rules: "unwind_rules" } as const;

/** Key: u32 process as the runtime numbers it. Value: a count (u64), then its mappings by ascending address. */
export const unwindProcess = { count: 0, mappings: 8, mostMappings: 1024 } as const;

/** Executable memory of a file: addresses (u64), what is taken from an address to have a row's (u64), its rows (u32). */
export const unwindMapping = { start: 0, end: 8, base: 16, firstRow: 24, rows: 28, bytes: 32 } as const;

export const UNWIND_PROCESS_BYTES = unwindProcess.mappings + unwindProcess.mostMappings * unwindMapping.bytes;

/** From this address (u32) on holds the rule (u32) with this number. Rows of a file are sorted and stand side by side. */
export const unwindRow = { address: 0, rule: 4, bytes: 8 } as const;

/** Rows of one element of their array. */
export const UNWIND_CHUNK_ROWS = 4096;
export const UNWIND_CHUNK_BYTES = UNWIND_CHUNK_ROWS * unwindRow.bytes;

/** More rows than this are not searched: 64 MiB. */
export const MOST_UNWIND_ROWS = 1 << 23;

/** How to come from a function to its caller: three kinds (u8), then numbers (i32). */
export const unwindRule = {
  frame: 0,
  pointer: 1,
  caller: 2,
  frameOffset: 4,
  frameAdd: 8,
  pointerOffset: 12,
  bytes: 16,
} as const;

/** Where the caller's stack begins (the canonical frame address): a register and an offset, perhaps read there, and more added. */
export const unwindFrame = {
  unknown: 0,
  stackPointer: 1,
  framePointer: 2,
  atStackPointer: 3,
  atFramePointer: 4,
  /** Nothing called this function. */
  outermost: 5,
} as const;

/** Where the caller's frame pointer is: still in its register, in memory, or nowhere. */
export const unwindPointer = { same: 0, atFrame: 1, atFramePointer: 2, atStackPointer: 3, unknown: 4 } as const;

/** The address to go on at: below the frame as a call leaves it, or in what the kernel saved for a signal. */
export const unwindCaller = { called: 0, interrupted: 1 } as const;

/** Of the return address, seen from the frame. */
export const RETURN_ADDRESS_OFFSET = -8;
/** Of the interrupted instruction, seen from the stack pointer of a signal's return. Source: struct ucontext, arch/x86. */
export const INTERRUPTED_OFFSET = 168;
