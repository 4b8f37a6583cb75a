/** Makes the tables of `dw_ustack` for the files and processes of a run, and hands them to the loader. */

import {
  MOST_UNWIND_ROWS,
  ok,
  UNWIND_CHUNK_ROWS,
  UNWIND_PROCESS_BYTES,
  unwindFile,
  unwindMapping,
  unwindMaps,
  unwindProcess,
  type Result,
} from "@probewright/compiler";
import type { ElfFile } from "../facts/elf.ts";
import type { LoaderChannel, LoaderError } from "../loader/channel.ts";
import { requestType } from "../loader/frames.ts";
import { send } from "../loader/requests.ts";
import {
  aheadOf,
  baseOf,
  executableMappings,
  frameSectionOf,
  openMapped,
  type ExecutableMapping,
  type FileId,
} from "./process-memory.ts";
import { RowStore, type FileRows } from "./row-store.ts";
import { ruleBytes } from "./rule.ts";

type Channel = Pick<LoaderChannel, "request">;
type Sent = Promise<Result<undefined, LoaderError>>;

/** A mapping with the rows of its file. */
interface Placed {
  readonly start: bigint;
  readonly end: bigint;
  readonly base: bigint;
  readonly rows: FileRows;
}

interface KnownFile {
  readonly id: FileId;
  readonly elf: ElfFile;
  readonly rows: FileRows;
}

/** Room for what is loaded later: 4 MiB of rows, and files and rules enough for it. */
const SPARE_CHUNKS = 128;
const SPARE_RULES = 8192;
const SPARE_FILES = 2048;
const SPARE_PROCESSES = 32;
/** Process 0 stands for all that have no entry. */
const OTHERS = 0;

export class UnwindTableSet {
  private readonly store = new RowStore(MOST_UNWIND_ROWS);
  private readonly files = new Map<string, KnownFile | undefined>();
  private readonly processes = new Map<number, readonly Placed[]>([[OTHERS, []]]);
  private readonly mostProcesses: number;
  private waitingFiles: KnownFile[] = [];
  private waitingProcesses = new Set([OTHERS]);
  private sentRows = 0;
  private sentRules = 0;
  private mostRules = Infinity;
  private mostFiles = Infinity;

  /** @param pids how many processes are there; of those that they start some find room too */
  constructor(pids: number) {
    this.mostProcesses = 1 + pids + SPARE_PROCESSES;
  }

  /** Takes what the process has mapped now. */
  take(pid: number, mappings: readonly ExecutableMapping[] = executableMappings(pid)): void {
    const placed = mappings.flatMap((mapping): readonly Placed[] => {
      const { start, end, file } = mapping;
      const known = this.takeFile(file, () => openMapped(pid, mapping));
      const base = known === undefined ? undefined : baseOf(known.elf, mapping);
      return known === undefined || base === undefined ? [] : [{ start, end, base, rows: known.rows }];
    });
    if (!this.processes.has(pid) && this.processes.size >= this.mostProcesses) return;
    this.processes.set(pid, placed.slice(0, unwindProcess.mostMappings));
    this.waitingProcesses.add(pid);
  }

  /** @param open is called for a file that is not known yet */
  takeFile(id: FileId | undefined, open: () => ElfFile | undefined): KnownFile | undefined {
    if (id === undefined) return undefined;
    const key = `${id.device} ${id.inode}`;
    if (this.files.has(key)) return this.files.get(key);
    const known = this.files.size < this.mostFiles ? this.readFile(id, open()) : undefined;
    this.files.set(key, known);
    if (known !== undefined) this.waitingFiles.push(known);
    return known;
  }

  /** Sizes of the maps, before the kernel makes them. */
  announce(channel: Channel): readonly Sent[] {
    const chunks = Math.ceil(this.store.rows / UNWIND_CHUNK_ROWS) + SPARE_CHUNKS;
    this.store.most = Math.min(MOST_UNWIND_ROWS, chunks * UNWIND_CHUNK_ROWS);
    this.mostRules = this.store.rules.length + SPARE_RULES;
    this.mostFiles = this.files.size + SPARE_FILES;
    const size = (map: string, elements: number): Sent =>
      send(channel, requestType.MAP_SETTINGS, (writer) =>
        writer.string(map).u32(elements).u32(0).u32(0).i32(-1),
      );
    return [
      size(unwindMaps.processes, this.mostProcesses),
      size(unwindMaps.files, this.mostFiles),
      size(unwindMaps.rows, chunks),
      size(unwindMaps.rules, this.mostRules),
    ];
  }

  /** Writes what is new; last what leads to the rest. */
  async flush(channel: Channel): Sent {
    const sent = [...this.sendRows(channel), ...this.sendRules(channel)];
    for (const file of this.waitingFiles) {
      const bytes = fileBytes(file);
      if (bytes !== undefined) sent.push(update(channel, unwindMaps.files, fileKey(file), bytes));
    }
    for (const pid of this.waitingProcesses) {
      const bytes = processBytes(this.processes.get(pid) ?? []);
      sent.push(update(channel, unwindMaps.processes, number(pid), bytes));
    }
    this.waitingFiles = [];
    this.waitingProcesses = new Set();
    const results = await Promise.all(sent);
    return results.find((result) => !result.ok) ?? ok(undefined);
  }

  private *sendRows(channel: Channel): Generator<Sent> {
    const { store } = this;
    const first = Math.floor(this.sentRows / UNWIND_CHUNK_ROWS);
    for (let chunk = first; chunk * UNWIND_CHUNK_ROWS < store.rows; chunk += 1) {
      const bytes = store.rowBytes(chunk * UNWIND_CHUNK_ROWS, UNWIND_CHUNK_ROWS);
      yield update(channel, unwindMaps.rows, number(chunk), bytes);
    }
    this.sentRows = store.rows;
  }

  /** Rules beyond what there is room for are not there: a walk that meets one ends. */
  private *sendRules(channel: Channel): Generator<Sent> {
    const { rules } = this.store;
    const end = Math.min(rules.length, this.mostRules);
    for (const rule of rules.slice(this.sentRules, end)) {
      yield update(channel, unwindMaps.rules, number(this.sentRules), ruleBytes(rule));
      this.sentRules += 1;
    }
  }

  private readFile(id: FileId, elf: ElfFile | undefined): KnownFile | undefined {
    const section = elf === undefined ? undefined : frameSectionOf(elf);
    const rows = section === undefined ? undefined : this.store.add(section);
    return elf === undefined || rows === undefined ? undefined : { id, elf, rows };
  }
}

function update(channel: Channel, map: string, key: Uint8Array, value: Uint8Array): Sent {
  return send(channel, requestType.MAP_UPDATE, (writer) =>
    writer.string(map).u64(0n).bytes(key).bytes(value),
  );
}

function number(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function fileKey({ id, elf }: KnownFile): Uint8Array {
  const bytes = Buffer.alloc(unwindFile.keyBytes);
  bytes.writeBigUInt64LE(id.inode, unwindFile.inode);
  bytes.writeBigUInt64LE(BigInt(elf.source.size), unwindFile.size);
  return bytes;
}

/** Undefined where there is no one number for the whole file. */
function fileBytes({ elf, rows }: KnownFile): Uint8Array | undefined {
  const ahead = aheadOf(elf);
  if (ahead === undefined) return undefined;
  const bytes = Buffer.alloc(unwindFile.bytes);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, ahead), unwindFile.ahead);
  bytes.writeUInt32LE(rows.first, unwindFile.firstRow);
  bytes.writeUInt32LE(rows.count, unwindFile.rows);
  return bytes;
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
