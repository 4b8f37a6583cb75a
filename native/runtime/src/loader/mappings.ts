/** What the loader tells of processes and the files that they run code from. */

import { mappingKind } from "./frames.ts";
import type { FrameReader } from "./wire.ts";

/** Times are of the monotonic clock, in nanoseconds. */
export type MappingRecord =
  | ({ readonly kind: "map"; readonly pid: number } & ToldMapping)
  /** The new process has what its parent had at that time. */
  | { readonly kind: "fork"; readonly pid: number; readonly parent: number; readonly time: bigint }
  /** Records before this time are missing. */
  | { readonly kind: "lost"; readonly time: bigint };

export interface ToldMapping {
  readonly time: bigint;
  readonly start: bigint;
  readonly length: bigint;
  /** Of the file, where the mapping starts. */
  readonly offset: bigint;
  readonly path: string;
  /** In hexadecimal digits; empty when the kernel does not know it. */
  readonly buildId: string;
}

/** Source: MAPPINGS in `native/abi/PROTOCOL.md`. */
export function readMappings(reader: FrameReader): readonly MappingRecord[] {
  const records: MappingRecord[] = [];
  while (reader.remaining() > 0) {
    const kind = reader.u16();
    const time = reader.u64();
    const pid = reader.u32();
    if (kind === mappingKind.FORK) records.push({ kind: "fork", pid, parent: reader.u32(), time });
    else if (kind === mappingKind.MAP) records.push({ kind: "map", pid, time, ...readMapping(reader) });
    else records.push({ kind: "lost", time });
  }
  return records;
}

function readMapping(reader: FrameReader): Omit<ToldMapping, "time"> {
  return {
    start: reader.u64(),
    length: reader.u64(),
    offset: reader.u64(),
    path: reader.string(),
    buildId: reader.bytes().toString("hex"),
  };
}
