/** Values as they come out of the kernel: decoded, addresses resolved, still typed; plain data that JSON can carry. */

export type Value =
  | { readonly kind: "none" }
  | {
      readonly kind: "integer";
      readonly value: bigint;
      readonly signed: boolean /** bytes */;
      readonly size: number;
    }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** `name` is undefined when no member has this value. */
  | { readonly kind: "enum"; readonly value: bigint; readonly name: string | undefined }
  | { readonly kind: "pointer"; readonly value: bigint }
  /** Raw bytes up to the NUL; `truncated` when the buffer had none. */
  | { readonly kind: "string"; readonly bytes: Uint8Array; readonly truncated: boolean }
  | { readonly kind: "buffer"; readonly bytes: Uint8Array }
  | { readonly kind: "array"; readonly elements: readonly Value[] }
  | { readonly kind: "tuple"; readonly elements: readonly Value[] }
  | { readonly kind: "record"; readonly fields: readonly { readonly name: string; readonly value: Value }[] }
  /** Resolved text: symbols, users, addresses, times, cgroup paths. */
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "stack";
      readonly mode: "bpftrace" | "perf" | "raw" | "build_id";
      readonly frames: readonly StackFrame[];
    }
  | {
      readonly kind: "stats";
      readonly count: bigint;
      readonly average: bigint;
      readonly total: bigint;
      readonly signed: boolean;
    }
  | { readonly kind: "average"; readonly average: bigint; readonly count: bigint }
  | { readonly kind: "histogram"; readonly buckets: readonly HistogramBucket[] }
  | {
      readonly kind: "time-series";
      readonly intervalNs: bigint;
      readonly points: readonly TimeSeriesPoint[];
    };

export interface StackFrame {
  readonly address: bigint;
  readonly symbol: string | undefined;
  readonly offset: bigint;
  readonly module: string | undefined;
  readonly source?: { readonly file: string; readonly line: number };
  readonly inlined?: boolean;
  readonly buildId?: string;
}

/** From the first to the last bucket that is not empty; `low` and `high` are undefined where the bucket is open. */
export interface HistogramBucket {
  readonly low: bigint | undefined;
  /** Exclusive. */
  readonly high: bigint | undefined;
  readonly count: bigint;
}

export interface TimeSeriesPoint {
  /** Nanoseconds since the epoch. */
  readonly startNs: bigint;
  readonly value: bigint | undefined;
}
