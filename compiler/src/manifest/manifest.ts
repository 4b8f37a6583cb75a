/**
 * What the runtime must know about an object to load, attach, decode and print it: plain data beside the ELF bytes.
 * Codegen writes it, the runtime reads it, `emit --object` stores it. Values that are `bigint` are encoded by
 * `manifest/encode.ts`; every field goes through its schema, so a field that is not stored does not compile.
 */

import type { CoreConfig, NamedParameter } from "../core/core.ts";
import type { ProbeTarget } from "../core/target.ts";
import type { EnumDefinition, StructDefinition, Type } from "../types/type.ts";

/** Position in the script, 0-based; columns in UTF-16 code units, end exclusive. */
export interface SourcePosition {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Manifest {
  readonly version: 1;
  readonly programs: readonly ProgramSpec[];
  readonly maps: readonly MapSpec[];
  readonly sites: readonly EventSite[];
  readonly counters: CounterSpec;
  /** Name of the ring buffer map in the object. */
  readonly ringBuffer: string;
  /** Name of the map that packets for capture files go through, where a program sends any. */
  readonly packets: string | undefined;
  /** It has the maps of unwind-tables.ts, which the runtime fills. */
  readonly unwinds: true | undefined;
  readonly globals: readonly GlobalSpec[];
  /**
   * Sections whose one value holds a part for each CPU: before loading, the runtime enlarges the value to `bytesPerCpu`
   * times one more than the `max-cpu-id`.
   */
  readonly perCpuData: readonly { readonly object: string; readonly bytesPerCpu: number }[];
  readonly config: CoreConfig;
  readonly namedParameters: readonly NamedParameter[];
  /** Formats of `strftime`; a timestamp value holds an index into it. */
  readonly timeFormats: readonly string[];
  /** Filters of `cgroup_path`; a cgroup path value holds an index into it. */
  readonly cgroupFilters: readonly string[];
  /** Every struct and enum that a printed type mentions, directly or not. */
  readonly structs: readonly StructDefinition[];
  readonly enums: readonly EnumDefinition[];
  /** Section map whose u64 is not 0 once a program has called `exit`: its lowest byte is then the exit code. */
  readonly exitWord: string | undefined;
  readonly architecture: "x86_64" | "arm64";
  /** Where the code expects what it reads of the kernel. */
  readonly layouts: readonly KernelLayout[];
  /** What the kernel must have for the object to load, by feature name. */
  readonly requiredFeatures: readonly string[];
}

/** A field whose place is a number in the code; sizes and offsets in bytes. */
export type KernelLayout =
  | {
      readonly kind: "type";
      /** As `StructType.name`. */
      readonly struct: string;
      readonly field: string;
      readonly offset: number;
      readonly size: number;
    }
  | {
      readonly kind: "tracepoint";
      readonly category: string;
      readonly event: string;
      readonly field: string;
      readonly offset: number;
      readonly size: number;
    };

export type BpfProgramType = "raw_tracepoint" | "xdp" | "kprobe" | "tracepoint" | "perf_event" | "tracing";
export type BpfAttachType =
  | "none"
  | "trace_raw_tp"
  | "trace_fentry"
  | "trace_fexit"
  | "trace_iter"
  | "kprobe_multi"
  | "kprobe_session"
  | "uprobe_multi";

export interface ProgramSpec {
  /** Name of the function in the object, unique. */
  readonly function: string;
  readonly section: string;
  readonly type: BpfProgramType;
  readonly attachType: BpfAttachType;
  /** BTF target for tracing programs. */
  readonly attachTarget:
    | { readonly function: string; readonly module: string; readonly bpfProgram?: number }
    | undefined;
  readonly sleepable: boolean;
  readonly probeType: string;
  /** The program is attached to each. */
  readonly targets: readonly ProbeTarget[];
  readonly position: SourcePosition;
}

export interface MapSpec {
  /** Index used in events that name a map. */
  readonly index: number;
  /** Without the sigil. */
  readonly name: string;
  /** Name of the BPF map in the object. */
  readonly object: string;
  /**
   * `hash`: one entry per key. `array`: a scalar map in an array with key u32 0 (`present` tells whether it was written);
   * a scalar hist or lhist has an entry for each bucket, the key its u32 number, and was written where not 0.
   * Per-CPU storage holds one value per possible CPU, each padded to 8 bytes.
   */
  readonly storage: "hash" | "array";
  readonly perCpu: boolean;
  readonly key: Type | undefined;
  /** What the script writes for each part of the key; empty where it writes different things, or a literal. */
  readonly writtenKeys: readonly string[];
  readonly value: Type;
  /** Bytes of the key in the kernel map; for hist-likes 8 bytes of bucket number follow the user's key. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  /**
   * Offset of a u64 in the value that is 0 where there is no entry for the script: a scalar map in an array that was never
   * written, or an entry of a hash that a program deleted and that waits for the same key to come again.
   */
  readonly presentOffset: number | undefined;
  readonly position: SourcePosition;
}

/** A field of an event after the 8-byte site id, at `offset` from the start of the event. */
export interface EventField {
  readonly type: Type;
  readonly offset: number;
}

/** Every event starts with the u64 index of its site in `Manifest.sites`. */
export interface EventSite {
  readonly index: number;
  readonly position: SourcePosition;
  /** Places of the macro calls around it, innermost first. */
  readonly expandedFrom: readonly SourcePosition[];
  readonly action: EventAction;
  readonly fields: readonly EventField[];
  /** Bytes of the whole event. */
  readonly size: number;
}

export type EventAction =
  /** The format is bytes, one character (0–255) each. */
  | { readonly kind: "printf" | "errorf" | "warnf" | "cat" | "system"; readonly format: string }
  | { readonly kind: "print-value" }
  /** `print(@m[k])` of a per-CPU value reduced by the program is `print-value`. */
  | { readonly kind: "print-map"; readonly map: number; readonly top: number; readonly divisor: number }
  | { readonly kind: "clear-map" | "zero-map"; readonly map: number }
  | { readonly kind: "time"; readonly format: string }
  | { readonly kind: "join"; readonly separator: string }
  /** One field: u8 exit code. */
  | { readonly kind: "exit" }
  /** `division-by-zero`, `index-out-of-bounds`, …: no field. */
  | { readonly kind: "runtime-error"; readonly error: string }
  /** One field: i64 return value of the helper. */
  | {
      readonly kind: "helper-error";
      readonly helper: string;
      readonly map: number | undefined;
      readonly onlyVerbose: boolean;
    }
  /** The event is a packet: a header (packet-header.ts) and its bytes, of which the file gets those from `offset` on. */
  | { readonly kind: "skb-output"; readonly file: string; readonly offset: number };

/**
 * Exact accounting per site, in a per-CPU array map: value index = site index.
 * Each value is {u64 produced, u64 lost}: produced counts attempts, lost failed reservations or failed updates.
 */
export interface CounterSpec {
  readonly object: string;
  readonly count: number;
  /** What each counter is about; the first `sites.length` belong to the event sites. */
  readonly sites: readonly {
    readonly kind: LossKind;
    readonly position: SourcePosition;
    readonly name: string;
  }[];
}

export type LossKind =
  | "event"
  | "map-update"
  | "string-truncated"
  | "stack-failed"
  /** A stack that ends before its first function did: nothing tells who called the last one shown. */
  | "stack-cut"
  | "scratch-exhausted"
  | "probe-read-failed";

/** A read-only or writable global whose initial value the runtime sets before loading. */
export interface GlobalSpec {
  readonly object: string;
  readonly offset: number;
  readonly size: number;
  readonly value:
    | { readonly kind: "cpu-count" }
    | { readonly kind: "max-cpu-id" }
    /** The process that people started; the loader is another one. */
    | { readonly kind: "tool-pid" }
    | { readonly kind: "child-pid" }
    | { readonly kind: "target-pid" }
    /** device and inode of the runtime's own pid namespace */
    | { readonly kind: "pid-namespace-device" }
    | { readonly kind: "pid-namespace-inode" }
    | { readonly kind: "start-time" }
    /** By how much the wall clock and the TAI clock are ahead of the boot clock. */
    | { readonly kind: "wall-offset" }
    | { readonly kind: "tai-offset" }
    | { readonly kind: "named-parameter"; readonly name: string };
}
