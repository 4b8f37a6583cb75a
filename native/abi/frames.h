/*
 * frames.h: the one description of the frames that a host and probewright-loader exchange.
 * PROTOCOL.md says what each field means; the TypeScript side mirrors this file by hand.
 *
 * Everything is little-endian and encoded field by field: no C struct ever crosses the pipe.
 *   frame   = u32 payloadLength, u16 type, u16 flags (always 0), payload
 *   string  = u32 length, UTF-8 bytes without a NUL (a NUL inside is refused)
 *   bytes   = u32 length, bytes
 */
#ifndef PROBEWRIGHT_ABI_FRAMES_H
#define PROBEWRIGHT_ABI_FRAMES_H

#include <assert.h>
#include <stdint.h>

#define PROBEWRIGHT_ABI_VERSION 3u

#define FRAME_HEADER_BYTES 8u
#define FRAME_MAX_OBJECT_BYTES (64u << 20) /* payload of OBJECT */
#define FRAME_MAX_ATTACH_BYTES (8u << 20)  /* payload of ATTACH: it may list many functions */
#define FRAME_MAX_MAP_BYTES (16u << 20)    /* payload of MAP_UPDATE, and of a MAP_DATA with one big entry */
#define FRAME_MAX_BYTES (1u << 20)         /* payload of every other frame, both directions */
#define FRAME_CHUNK_BYTES (256u << 10)     /* replies that stream, and EVENTS, are cut at about this size */

#define FRAME_MAX_NAME_BYTES 255u  /* program, map, category, event, symbol names */
#define FRAME_MAX_PATH_BYTES 4095u /* paths */
#define FRAME_MAX_RINGS 8u         /* ring buffers that are pumped at a time */
#define FRAME_MAX_LOG_BYTES (16u << 20)

/* Host to loader. Every payload starts with u32 requestId (any number but 0). */
enum request_type {
  REQUEST_HELLO = 0x0001,
  REQUEST_OBJECT = 0x0002,
  REQUEST_MAP_SETTINGS = 0x0003,
  REQUEST_GLOBAL_DATA = 0x0004,
  REQUEST_PROGRAM = 0x0005,
  REQUEST_LOAD = 0x0006,
  REQUEST_RUN = 0x0007,
  REQUEST_ATTACH = 0x0008,
  REQUEST_DETACH = 0x0009,
  REQUEST_DETACH_ALL = 0x000a,
  REQUEST_ITER_READ = 0x000b,
  REQUEST_START_EVENTS = 0x000c,
  REQUEST_STOP_EVENTS = 0x000d,
  REQUEST_MAP_READ = 0x000e,
  REQUEST_MAP_LOOKUP = 0x000f,
  REQUEST_MAP_UPDATE = 0x0010,
  REQUEST_MAP_DELETE = 0x0011,
  REQUEST_MAP_CLEAR = 0x0012,
  REQUEST_MAP_ZERO = 0x0013,
  REQUEST_ENABLE_STATS = 0x0014,
  REQUEST_PROGRAM_STATS = 0x0015,
  REQUEST_LINK_STATS = 0x0016,
  REQUEST_KERNEL_FILE = 0x0017,
  REQUEST_SEAL = 0x0018,
  REQUEST_SHUTDOWN = 0x0019,
  REQUEST_WATCH_MAPPINGS = 0x001a,
};

/* Loader to host, as the answer to a request. Every payload starts with that request's u32 requestId. */
enum reply_type {
  REPLY_OK = 0x0100,
  REPLY_ERROR = 0x0101,
  REPLY_LOADED = 0x0102,
  REPLY_LOAD_FAILED = 0x0103,
  REPLY_PROGRAM_LOG = 0x0104, /* any number of them before LOADED or LOAD_FAILED */
  REPLY_RAN = 0x0105,
  REPLY_ATTACHED = 0x0106,
  REPLY_ITER_DATA = 0x0107,
  REPLY_EVENTS_STOPPED = 0x0108,
  REPLY_MAP_DATA = 0x0109,
  REPLY_PROGRAM_STATS = 0x010a,
  REPLY_LINK_STATS = 0x010b,
  REPLY_FILE_DATA = 0x010c,
};

/* Loader to host, unasked. */
enum notice_type {
  NOTICE_READY = 0x0200,
  NOTICE_EVENTS = 0x0201,
  NOTICE_LOG = 0x0202,
  NOTICE_EVENT_OVERSIZED = 0x0203,
  NOTICE_MAPPINGS = 0x0204,
};

/* HELLO.logLevel and LOG.level. */
enum frame_log_level { FRAME_LOG_NONE = 0, FRAME_LOG_WARNING = 1, FRAME_LOG_INFO = 2, FRAME_LOG_DEBUG = 3 };

/* PROGRAM.flags */
enum program_flag {
  PROGRAM_AUTOLOAD = 1u << 0, /* without it the program is left out of the load */
  PROGRAM_SLEEPABLE = 1u << 1,
};
#define PROGRAM_FLAGS_ALL 3u

/* ATTACH.kind, and what follows it in the payload. */
enum attach_kind {
  ATTACH_TRACEPOINT = 1,
  ATTACH_RAW_TRACEPOINT = 2,
  ATTACH_TRACING = 3, /* BTF raw tracepoint, fentry, fexit, lsm: the target was fixed by PROGRAM */
  ATTACH_KPROBE = 4,
  ATTACH_KPROBE_MULTI = 5,
  ATTACH_UPROBE = 6,
  ATTACH_UPROBE_MULTI = 7,
  ATTACH_PERF_EVENT = 8,
  ATTACH_BREAKPOINT = 9,
  ATTACH_ITERATOR = 10,
};

/* flags of KPROBE, KPROBE_MULTI, UPROBE, UPROBE_MULTI */
enum probe_flag {
  PROBE_RETURN = 1u << 0,
  PROBE_SESSION = 1u << 1, /* the _MULTI kinds only; the program's attach type must be the session one */
};

/* flags of PERF_EVENT and BREAKPOINT */
enum perf_flag {
  PERF_FREQUENCY = 1u << 0,   /* PERF_EVENT: sampleValue is Hz, not a period */
  PERF_INHERIT = 1u << 1,     /* children of the traced task too; needs a pid */
  PERF_ALL_THREADS = 1u << 2, /* one event for each thread that the process `pid` has now */
};
#define PERF_CPU_ALL_ONLINE (-1)
#define PERF_CPU_FIRST_ONLINE (-2)
#define PERF_PID_ANY (-1)

/* ITERATOR.target */
enum iterator_target { ITERATOR_ALL = 0, ITERATOR_THREAD = 1, ITERATOR_PROCESS = 2 };

/* flags of the streamed replies LOADED, ITER_DATA, MAP_DATA, PROGRAM_STATS, LINK_STATS, FILE_DATA */
enum stream_flag { STREAM_LAST = 1u << 0 };

/* KERNEL_FILE.kind */
enum kernel_file {
  KERNEL_FILE_KALLSYMS = 1,
  KERNEL_FILE_EVENT_FORMAT = 2, /* tracefs events/CATEGORY/EVENT/format */
  KERNEL_FILE_AVAILABLE_EVENTS = 3,
  KERNEL_FILE_FILTER_FUNCTIONS = 4,
};

/* What each record of MAPPINGS begins with. */
enum mapping_kind { MAPPING_MAP = 1, MAPPING_FORK = 2, MAPPING_LOST = 3 };

/* READY.flags */
enum ready_flag {
  READY_MAY_PIN = 1u << 0,       /* real uid 0: iterators may be pinned */
  READY_MAY_INTERFERE = 1u << 1, /* real uid 0: helpers that write, signal and override are let through */
};

static_assert(FRAME_HEADER_BYTES == sizeof(uint32_t) + 2 * sizeof(uint16_t), "a frame header is u32 u16 u16");
static_assert(FRAME_MAX_BYTES <= FRAME_MAX_ATTACH_BYTES && FRAME_MAX_ATTACH_BYTES <= FRAME_MAX_OBJECT_BYTES &&
                  FRAME_MAX_MAP_BYTES <= FRAME_MAX_OBJECT_BYTES,
              "limits grow with the need");
static_assert(FRAME_CHUNK_BYTES < FRAME_MAX_BYTES, "a chunk leaves room for its fixed fields");
static_assert((uint64_t)FRAME_MAX_OBJECT_BYTES + FRAME_HEADER_BYTES <= UINT32_MAX, "lengths fit in u32");
static_assert(REQUEST_WATCH_MAPPINGS + 0 < REPLY_OK + 0 && REPLY_FILE_DATA + 0 < NOTICE_READY + 0,
              "three ranges");
static_assert(sizeof(enum request_type) <= sizeof(uint32_t), "types are encoded as u16");

#endif
