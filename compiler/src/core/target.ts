/** Where a program is attached. */

/** Where one program is attached: plain data the runtime turns into an attach request. */
export type ProbeTarget = { readonly name: string } & (
  | { readonly kind: "begin" | "end" }
  | { readonly kind: "self"; readonly signal: "SIGUSR1" }
  | { readonly kind: "test" | "bench"; readonly title: string }
  | { readonly kind: "tracepoint"; readonly category: string; readonly event: string }
  | { readonly kind: "rawtracepoint"; readonly event: string; readonly module: string }
  | {
      readonly kind: "kprobe";
      readonly functions: readonly string[];
      readonly module: string | undefined;
      readonly address: bigint | undefined;
      readonly offset: bigint;
      readonly returns: boolean;
      readonly multi: boolean;
      readonly session: boolean;
    }
  | {
      readonly kind: "fentry";
      readonly function: string;
      readonly module: string;
      readonly returns: boolean;
      readonly bpfProgram?: number;
    }
  | {
      readonly kind: "uprobe";
      readonly path: string;
      /** File offsets with the symbol each was resolved from. */
      readonly locations: readonly {
        readonly symbol: string;
        readonly offset: bigint;
        readonly semaphoreOffset?: bigint;
        readonly cookie?: bigint;
        /** USDT: the stapsdt specification of each argument at this site, e.g. `-4@%edi`. */
        readonly arguments?: readonly string[];
      }[];
      readonly returns: boolean;
      readonly multi: boolean;
      readonly usdt: boolean;
    }
  | { readonly kind: "iter"; readonly iterator: string; readonly pin: string | undefined }
  | {
      readonly kind: "profile" | "interval";
      /** The period in the words of the script, for messages; programs see the name. */
      readonly written: string;
      readonly period: { readonly nanoseconds: bigint } | { readonly hertz: bigint };
    }
  | {
      readonly kind: "perf-event";
      readonly eventType: "software" | "hardware";
      readonly config: number;
      readonly event: string;
      readonly samplePeriod: bigint;
    }
  | { readonly kind: "watchpoint"; readonly address: bigint; readonly length: number; readonly mode: string }
);

/** What messages call it: as the script does. */
export function spokenName(target: ProbeTarget): string {
  return "written" in target ? `${target.kind}:${target.written}` : target.name;
}
