/** What a run is made from, and how it is to go. */

import type { Constant, Manifest } from "@probewright/compiler";
import type { PendingLoader } from "../loader/channel.ts";
import type { UserSymbols } from "../symbols/resolvers.ts";
import type { SessionEvent } from "./events.ts";

export interface RunOptions {
  readonly script: string;
  readonly object: Uint8Array;
  readonly manifest: Manifest;
  /** Started early, while the script is still being compiled. */
  readonly loader: PendingLoader;
  readonly pid: number | undefined;
  readonly command: string | undefined;
  /** More processes whose stacks `dw_ustack` can walk. */
  readonly unwindPids: readonly number[];
  readonly namedParameters: ReadonlyMap<string, Constant>;
  /** Attach user probes also where nothing tells that an instruction starts. */
  readonly unsafe: boolean;
  /** Report failed look-ups and reads too (`-k`). */
  readonly verboseErrors: boolean;
  /** Load and verify, attach nothing. */
  readonly dryRun: boolean;
  /** `test` and `bench` run only those probes and attach nothing. */
  readonly mode: "run" | "test" | "bench";
  /** What is said when a program is refused has the verifier's log, and libbpf's words. */
  readonly verifierLog: boolean;
  /** Programs that the verifier took come with its log too. */
  readonly acceptedLogs: boolean;
  /** The text of neighbouring `printf`s may come as one `output` event: for views that only pass it on. */
  readonly joinOutput: boolean;
  /** Emit the values of all maps this often, for a display; undefined for never. */
  readonly mapIntervalMs?: number | undefined;
  readonly emit: (event: SessionEvent) => void;
  readonly userSymbols: UserSymbols;
}
