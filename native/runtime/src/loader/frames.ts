/** The numbers of the loader's protocol. Mirrors `native/abi/frames.h`; a test compares the two. */

export const ABI_VERSION = 3;
export const FRAME_HEADER_BYTES = 8;

export const requestType = {
  HELLO: 0x0001,
  OBJECT: 0x0002,
  MAP_SETTINGS: 0x0003,
  GLOBAL_DATA: 0x0004,
  PROGRAM: 0x0005,
  LOAD: 0x0006,
  RUN: 0x0007,
  ATTACH: 0x0008,
  DETACH: 0x0009,
  DETACH_ALL: 0x000a,
  ITER_READ: 0x000b,
  START_EVENTS: 0x000c,
  STOP_EVENTS: 0x000d,
  MAP_READ: 0x000e,
  MAP_LOOKUP: 0x000f,
  MAP_UPDATE: 0x0010,
  MAP_DELETE: 0x0011,
  MAP_CLEAR: 0x0012,
  MAP_ZERO: 0x0013,
  ENABLE_STATS: 0x0014,
  PROGRAM_STATS: 0x0015,
  LINK_STATS: 0x0016,
  KERNEL_FILE: 0x0017,
  SEAL: 0x0018,
  SHUTDOWN: 0x0019,
  WATCH_MAPPINGS: 0x001a,
} as const;

export const replyType = {
  OK: 0x0100,
  ERROR: 0x0101,
  LOADED: 0x0102,
  LOAD_FAILED: 0x0103,
  PROGRAM_LOG: 0x0104,
  RAN: 0x0105,
  ATTACHED: 0x0106,
  ITER_DATA: 0x0107,
  EVENTS_STOPPED: 0x0108,
  MAP_DATA: 0x0109,
  PROGRAM_STATS: 0x010a,
  LINK_STATS: 0x010b,
  FILE_DATA: 0x010c,
} as const;

export const noticeType = {
  READY: 0x0200,
  EVENTS: 0x0201,
  LOG: 0x0202,
  EVENT_OVERSIZED: 0x0203,
  MAPPINGS: 0x0204,
} as const;

export const attachKind = {
  TRACEPOINT: 1,
  RAW_TRACEPOINT: 2,
  TRACING: 3,
  KPROBE: 4,
  KPROBE_MULTI: 5,
  UPROBE: 6,
  UPROBE_MULTI: 7,
  PERF_EVENT: 8,
  BREAKPOINT: 9,
  ITERATOR: 10,
} as const;

export const programFlag = { AUTOLOAD: 1, SLEEPABLE: 2 } as const;
export const probeFlag = { RETURN: 1, SESSION: 2 } as const;
export const perfFlag = { FREQUENCY: 1, INHERIT: 2, ALL_THREADS: 4 } as const;
export const CPU_ALL_ONLINE = -1;
export const CPU_FIRST_ONLINE = -2;
export const PID_ANY = -1;
export const iteratorTarget = { ALL: 0, THREAD: 1, PROCESS: 2 } as const;
export const STREAM_LAST = 1;
/** Kinds of KERNEL_FILE. */
export const kernelFile = { KALLSYMS: 1, EVENT_FORMAT: 2, AVAILABLE_EVENTS: 3, FILTER_FUNCTIONS: 4 } as const;
/** Kinds of records in MAPPINGS. */
export const mappingKind = { MAP: 1, FORK: 2, LOST: 3 } as const;
export const readyFlag = { MAY_PIN: 1, MAY_INTERFERE: 2 } as const;
