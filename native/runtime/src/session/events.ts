/**
 * The event stream of a run session, one JSON object a line. Terminal text, bpftrace-shaped JSON and the editor's panel
 * are views of it; nobody reads the loader's frames but the session.
 */

import type { LossKind, MapSpec, Rejection, SourcePosition } from "@probewright/compiler";
import type { Value } from "../values/value.ts";

/** Grows when a consumer could misread a new shape; new kinds and new optional fields do not count. */
export const EVENT_STREAM_VERSION = 1;

export type SessionEvent =
  | {
      readonly kind: "started";
      readonly version: typeof EVENT_STREAM_VERSION;
      readonly script: string;
      readonly pid: number;
    }
  /** Slow parts of the start, for a progress display. */
  | {
      readonly kind: "progress";
      readonly message: string;
      /** Of interest only to who wants to know each step. */
      readonly detail: boolean;
    }
  | { readonly kind: "attached"; readonly probes: number; readonly programs: number }
  /** A probe was left out under `missing_probes = "warn"` or could not be watched on one CPU. */
  | {
      readonly kind: "notice";
      readonly severity: "info" | "warning";
      readonly message: string;
      readonly position?: SourcePosition;
    }
  /**
   * Bytes as the program captured them: they need not be UTF-8. Valid during the call only. `site` is -1
   * for text of several sites that was joined.
   */
  | { readonly kind: "output"; readonly type: OutputType; readonly bytes: Uint8Array; readonly site: number }
  /** `print(value)` */
  | { readonly kind: "value"; readonly value: Value; readonly site: number }
  /** `print(@m)` or the dump at the end. */
  | {
      readonly kind: "map";
      readonly map: MapSnapshot;
      readonly spec: MapSpec;
      readonly divisor: number;
      readonly final: boolean;
    }
  /** A map as it is now, for displays that asked for it; entries beyond a limit are left out and counted. */
  | {
      readonly kind: "map-values";
      readonly map: MapSnapshot;
      readonly spec: MapSpec;
      readonly omitted: number;
    }
  | {
      readonly kind: "message";
      readonly severity: "error" | "warning";
      readonly text: string;
      readonly position: SourcePosition;
      readonly expandedFrom: readonly SourcePosition[];
    }
  | {
      readonly kind: "runtime-error";
      readonly error: string;
      readonly message: string;
      readonly position: SourcePosition;
      readonly expandedFrom: readonly SourcePosition[];
      /** `meaning` is the C library's word for the error, where there is no better one. */
      readonly helper?: { readonly name: string; readonly returned: number; readonly meaning: string };
      /** It was told before, and came this often since. */
      readonly repeats?: number;
    }
  /** Losses since the last report, by site. */
  | { readonly kind: "loss"; readonly losses: readonly SiteLoss[] }
  /** The kernel took all programs: how far the verifier had to go for each. */
  | { readonly kind: "loaded"; readonly programs: readonly VerifiedProgram[] }
  /** The kernel's verifier refused a program. */
  | {
      readonly kind: "verifier";
      readonly program: string;
      readonly log: string;
      readonly message: string;
      /** Where it fell, or else the probe whose program it was. */
      readonly position?: SourcePosition;
      readonly rejection: Rejection;
    }
  | { readonly kind: "tests-started"; readonly count: number }
  /** Output from here to the result belongs to this test. */
  | { readonly kind: "test-started"; readonly name: string }
  | {
      readonly kind: "test-result";
      readonly name: string;
      readonly passed: boolean;
      readonly durationNs: number;
    }
  | { readonly kind: "tests-ended"; readonly count: number; readonly failed: number }
  | {
      readonly kind: "bench-results";
      readonly results: readonly {
        readonly name: string;
        readonly averageNs: number;
        readonly iterations: number;
      }[];
    }
  /** The run could not start or could not go on. */
  | {
      readonly kind: "failed";
      readonly stage: string;
      readonly message: string;
      readonly advice: readonly string[];
      readonly position?: SourcePosition;
    }
  | {
      readonly kind: "ended";
      readonly exitCode: number;
      readonly reason: EndReason;
      readonly summary: RunSummary;
    };

export interface VerifiedProgram {
  /** The probe, by the name people know. */
  readonly name: string;
  /** Instructions that the verifier followed, all ways together. */
  readonly verified: number;
  /** Of how many. */
  readonly limit: number;
  readonly instructions: number;
  /** The verifier's, where it was asked for. */
  readonly log?: string;
}

/** What produced a piece of text; the names of bpftrace's JSON output. */
export type OutputType = "printf" | "time" | "cat" | "join" | "syscall";

export type EndReason =
  | "exit"
  | "interrupted"
  | "child-exited"
  | "process-gone"
  | "nothing-left"
  | "failed"
  | "output-closed"
  | "loader-died";

export interface SiteLoss {
  readonly site: string;
  readonly lossKind: LossKind;
  readonly position: SourcePosition;
  readonly produced: bigint;
  /** Since the last report, and in all. */
  readonly lost: bigint;
  readonly lostTotal: bigint;
}

/** The accounting of a run: `produced = delivered + lost` holds when nothing was lost unreported. */
export interface RunSummary {
  /** Counted by the programs when they had something to send. */
  readonly produced: bigint;
  /** Counted here when it arrived. */
  readonly delivered: bigint;
  /** Counted by the programs when it found no room. */
  readonly lost: bigint;
  /** Program runs the kernel skipped, by probe. */
  readonly missedRuns: readonly { readonly probe: string; readonly count: bigint }[];
  readonly losses: readonly SiteLoss[];
}

/** A map as read at one time; entries in printing order. */
export interface MapSnapshot {
  readonly name: string;
  readonly scalar: boolean;
  readonly shape: "plain" | "stats" | "histogram" | "time-series";
  readonly entries: readonly MapEntry[];
  /** Nothing was ever written; a scalar map then has one entry all the same, its zero. */
  readonly empty: boolean;
}

export interface MapEntry {
  /** Undefined for a scalar map. */
  readonly key: Value | undefined;
  readonly value: Value;
}
