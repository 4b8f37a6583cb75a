/** Makes the tables of `dw_ustack` for the processes of a run, and hands them to the loader. */

import {
  ok,
  UNWIND_CHUNK_ROWS,
  UNWIND_PROCESS_BYTES,
  unwindMapping,
  unwindMaps,
  unwindProcess,
  type Result,
} from "@probewright/compiler";
import type { LoaderChannel, LoaderError } from "../loader/channel.ts";
import { requestType } from "../loader/frames.ts";
import { send } from "../loader/requests.ts";
import {
  baseOf,
  executableMappings,
  frameSectionOf,
  openMapped,
  type ExecutableMapping,
} from "./process-memory.ts";
import { ruleBytes, RowStore, type FileRows } from "./row-store.ts";

type Channel = Pick<LoaderChannel, "request">;

/** A mapping with the rows of its file. */
interface Placed {
  readonly start: bigint;
  readonly end: bigint;
  readonly base: bigint;
  readonly rows: FileRows;
}

interface KnownFile {
  readonly rows: FileRows;
  readonly base: (mapping: ExecutableMapping) => bigint | undefined;
}

export class UnwindTableSet {
  private readonly store = new RowStore();
  private readonly files = new Map<string, KnownFile | undefined>();
  private readonly processes = new Map<number, readonly Placed[]>();

  /** Reads what the process has mapped now. */
  read(pid: number): void {
    const placed = executableMappings(pid).flatMap((mapping) => this.place(pid, mapping));
    this.processes.set(pid, placed.slice(0, unwindProcess.mostMappings));
  }

  /** Sizes of the maps, before the kernel makes them. */
  announce(channel: Channel): readonly Promise<Result<undefined, LoaderError>>[] {
    const size = (map: string, elements: number): Promise<Result<undefined, LoaderError>> =>
      send(channel, requestType.MAP_SETTINGS, (writer) =>
        writer.string(map).u32(Math.max(1, elements)).u32(0).u32(0).i32(-1),
      );
    return [
      size(unwindMaps.processes, this.processes.size),
      size(unwindMaps.rows, Math.ceil(this.store.rows / UNWIND_CHUNK_ROWS)),
      size(unwindMaps.rules, this.store.rules.length),
    ];
  }

  /** Writes everything; the processes last, as they lead to the rest. */
  async fill(channel: Channel): Promise<Result<undefined, LoaderError>> {
    const { store } = this;
    const sent: Promise<Result<undefined, LoaderError>>[] = [];
    for (let chunk = 0; chunk * UNWIND_CHUNK_ROWS < store.rows; chunk += 1) {
      const bytes = store.rowBytes(chunk * UNWIND_CHUNK_ROWS, UNWIND_CHUNK_ROWS);
      sent.push(update(channel, unwindMaps.rows, chunk, bytes));
    }
    store.rules.forEach((rule, number) => {
      sent.push(update(channel, unwindMaps.rules, number, ruleBytes(rule)));
    });
    for (const [pid, placed] of this.processes) {
      sent.push(update(channel, unwindMaps.processes, pid, processBytes(placed)));
    }
    const results = await Promise.all(sent);
    return results.find((result) => !result.ok) ?? ok(undefined);
  }

  private place(pid: number, mapping: ExecutableMapping): readonly Placed[] {
    if (!this.files.has(mapping.file)) this.files.set(mapping.file, this.readFile(pid, mapping));
    const file = this.files.get(mapping.file);
    const base = file?.base(mapping);
    if (file === undefined || base === undefined) return [];
    return [{ start: mapping.start, end: mapping.end, base, rows: file.rows }];
  }

  private readFile(pid: number, mapping: ExecutableMapping): KnownFile | undefined {
    const elf = openMapped(pid, mapping);
    const section = elf === undefined ? undefined : frameSectionOf(elf);
    const rows = section === undefined ? undefined : this.store.add(section);
    return elf === undefined || rows === undefined
      ? undefined
      : { rows, base: (each) => baseOf(elf, each) };
  }
}

function update(
  channel: Channel,
  map: string,
  key: number,
  value: Uint8Array,
): Promise<Result<undefined, LoaderError>> {
  const number = Buffer.alloc(4);
  number.writeUInt32LE(key);
  return send(channel, requestType.MAP_UPDATE, (writer) =>
    writer.string(map).u64(0n).bytes(number).bytes(value),
  );
}

function processBytes(mappings: readonly Placed[]): Uint8Array {
  const bytes = Buffer.alloc(UNWIND_PROCESS_BYTES);
  bytes.writeUInt32LE(mappings.length, unwindProcess.count);
  mappings.forEach(({ start, end, base, rows }, index) => {
    const at = unwindProcess.mappings + index * unwindMapping.bytes;
    bytes.writeBigUInt64LE(start, at + unwindMapping.start);
    bytes.writeBigUInt64LE(end, at + unwindMapping.end);
    bytes.writeBigUInt64LE(BigInt.asUintN(64, base), at + unwindMapping.base);
    bytes.writeUInt32LE(rows.first, at + unwindMapping.firstRow);
    bytes.writeUInt32LE(rows.count, at + unwindMapping.rows);
  });
  return bytes;
}
